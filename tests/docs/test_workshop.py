"""The ninety minutes are the same in the guide, in the page and in the printed script, and all name what is there."""

import re
from pathlib import Path

import pytest

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.loading import load_scenario
from simulation.scenario.register import sources_words
from simulation.workshop.script import PARTS, build_script

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/how-to/workshop.md").read_text(encoding="utf-8")
PAGE = (ROOT / "simulation/page/page.html.j2").read_text(encoding="utf-8")
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "simulation/page/script").glob("*.js")))

ROW = r"<tr><td>(\d+–\d+)</td><td>(.*?)</td>"
LINE = r"^\| (\d+–\d+) \| (.*?) \|"


def names_of(parts):
    """Minutes with the name of the part; what is done there may be said in other words."""
    return [(minutes, name.partition(".")[0].lower()) for minutes, name in parts]


def test_the_guide_the_page_and_the_printed_script_have_the_same_parts_and_minutes():
    printed = names_of((part.minutes, part.doing) for part in PARTS)
    assert names_of(re.findall(ROW, PAGE)) == printed
    assert names_of(re.findall(LINE, GUIDE, re.MULTILINE)) == printed


def test_the_guide_counts_the_numbers_that_name_a_source_as_the_printed_script_does():
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    welcome = build_script(place).parts[0].saying
    assert welcome.strip("“”") in GUIDE
    assert sources_words(place) in welcome


def test_the_steps_are_called_as_in_the_story():
    story = re.search(r"export const TITLES = \[(.*?)\]", SCRIPTS, re.DOTALL)[1]
    steps = [
        name.partition(": ")[2] for _, name in names_of((part.minutes, part.doing) for part in PARTS) if ":" in name
    ]
    assert steps == [title.lower() for title in re.findall(r'"(.*?)"', story)]


def test_the_guide_names_controls_as_the_page_does():
    labels = {lever.label for lever in Lever} | {parameter.label for parameter in TABLE}
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", GUIDE))
    assert len(named) > 15
    unknown = {each for each in named - labels if each.lower() not in (SCRIPTS + PAGE).lower()}
    assert unknown == set()


def test_the_fifth_step_asks_for_any_of_its_three_findings():
    """Levers may close less together than one by one, about the same, or more."""
    rows = {
        "printed": next(part.saying for part in PARTS if part.doing.startswith("Step 5")),
        "page": re.search(r"<td>Step 5: .*?</td><td>(.*?)</td>", PAGE)[1],
        "guide": re.search(r"^\| 45–55 \| .*? \| (.*?) \|$", GUIDE, re.MULTILINE)[1],
    }
    for name, words in rows.items():
        assert all(each in words for each in ("less", "about the same", "more?")), name
