"""The page at work in Firefox, from a file: what people see there, and that its numbers are Python's."""

import csv
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from simulation import columns
from simulation.execution.assumptions import sample_assumptions
from simulation.formatting import parts_of_hundred, pounds
from simulation.model.run import run_designs, run_ensemble
from simulation.page.document import sealed
from simulation.page.write import write_data
from simulation.scenario.loading import load_scenario
from tests.browser import needs_firefox
from tests.page.made import DAY, ROOT, whole_page

pytestmark = [pytest.mark.e2e, needs_firefox]

PLACE = "mid-south-essex-partnership"
FILE = ROOT / f"scenarios/{PLACE}.yaml"
GAP = columns.SYSTEM._fields.index("gap")
CHECKED = "Checked to the bit: the model gives the same numbers here as where this file was made."
KEYS = {"#lever-gain_share": ["Home", "ArrowRight", "ArrowRight"], "#lever-coaching": ["End", "ArrowLeft"]}
SET = "#set=coaching:0.95,gain_share:0.1"
SAVED = {
    "Save as a scenario (YAML)": "changed.yaml",
    "Settings (JSON)": "changed.json",
    "Data (CSV)": "gap.csv",
    "Picture (SVG)": "gap.svg",
    "Picture (PNG)": "gap.png",
}
NO_SIMD_NOR_WORKERS = "WebAssembly.validate = () => false; delete window.Worker"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("page") / "place.html"
    written.write_bytes(whole_page(PLACE))
    return written


@pytest.fixture
def visit(firefox, path):
    """Visit the page, and fail if anything went wrong in it or if it asked for anything."""

    def visited(name, address="", *, before="", **given):
        found, asked, wrong = firefox.visit(name, path.as_uri() + address, before=before, **given)
        assert wrong == []
        assert [each for each in asked if not each.startswith(("data:", "blob:"))] == []
        return found

    return visited


def last_gaps(subject):
    return run_ensemble(subject, replicates=256, seed=1).system[:, -1, GAP]


def median_words(subject):
    return pounds(float(np.median(last_gaps(subject))))


def test_the_page_of_the_reference_place_checks_itself_and_says_what_python_says(visit):
    seen = visit("look")
    assert seen["check"] == CHECKED
    assert seen["headline"] == f"As it stands {median_words(load_scenario(FILE))} is left"


def test_a_request_would_be_noticed(firefox, tmp_path):
    unguarded = tmp_path / "unguarded.html"
    unguarded.write_text("<!DOCTYPE html><title>No policy</title>", encoding="utf-8")
    _, asked, _ = firefox.visit("ask", unguarded.as_uri(), picture="http://127.0.0.1:54321/picture.png")
    assert "http://127.0.0.1:54321/picture.png" in asked


def test_levers_moved_by_keyboard_change_what_is_seen_and_reload_and_back_keep_it(visit):
    found = visit("move", keys=KEYS)
    before, after = found["before"], found["after"]
    assert after["coaching"] == ["0.95", "0.95, from December 2015"]
    assert after["focus"] == "lever-coaching"
    assert after["headline"] != before["headline"]
    assert after["gap"] != before["gap"]
    assert all(one != other for one, other in zip(before["slots"], after["slots"], strict=True))
    for each in ("headline", "verdict", "size", "gap", "slots", "coaching", "address"):
        assert found["reloaded"][each] == after[each]
    assert found["back"]["coaching"] == ["1", "1, from December 2015"]  # Each key that is released is a step.


def test_a_picture_is_drawn_again_while_a_slider_is_dragged(visit):
    found = visit("drag", control="#lever-coaching", stops=[0.3, 0.8])
    assert len({each["gap"] for each in found["pictures"]}) == 2
    assert all("128 simulated runs" in each["size"] for each in found["pictures"])
    assert "256 simulated runs" in found["last"]["size"]


def test_the_story_opens_and_draws_a_guess(visit):
    found = visit("guess", amounts="20 30 60")
    assert found["heading"].startswith("Step 1 of 5")
    assert found["focus"] == found["heading"]
    assert "middle of 3 guesses was £30m" in found["answer"]
    assert "3 guesses, the middle one £30m" in found["picture"]
    assert found["next"].startswith("Step 2 of 5")


@pytest.fixture(scope="module")
def saved(firefox, path):
    """What the page shows with two levers set, and the files that are saved there."""
    files = {words: firefox.downloads / f"{PLACE}-{name}" for words, name in SAVED.items()}
    given = {words: str(file) for words, file in files.items()}
    shown, _, wrong = firefox.visit("save", path.as_uri() + SET, files=given)
    assert wrong == []
    return shown, {SAVED[words]: file.read_bytes() for words, file in files.items()}


@pytest.fixture(scope="module")
def changed(saved, tmp_path_factory):
    """The scenario that was saved, as Python reads it."""
    folder = tmp_path_factory.mktemp("scenario")
    for name in (FILE.name, "mid-south-essex.yaml"):
        (folder / name).write_bytes(FILE.with_name(name).read_bytes())
    (folder / "changed.yaml").write_bytes(saved[1]["changed.yaml"])
    return load_scenario(folder / "changed.yaml")


def test_the_numbers_of_moved_levers_are_those_of_python(saved, changed):
    shown, files = saved
    place = load_scenario(FILE)
    assert shown["verdict"].startswith(
        f"What is set here leaves {median_words(changed)} if our central assumptions hold, "
        f"the place as it stands {median_words(place)}. Allowing for uncertain assumptions, "
    )
    rows = sample_assumptions(1024, 1)
    one, other = (
        np.array(
            [
                each.system[0, -1, GAP]
                for each in run_designs(rows, replicates=1, points=range(1024), seed=1, place=subject)
            ]
        )
        for subject in (changed, place)
    )
    less, more = int((one - other < -1).sum()), int((one - other > 1).sum())
    parts = parts_of_hundred((less, 1024 - less - more, more))
    assert re.search(
        rf"less than the place as it stands in {parts[0]} of 100 cases.*, more in {parts[2]};", shown["verdict"]
    )
    heads, *_, last, _ = csv.reader(files["gap.csv"].decode().splitlines())
    assert float(last[heads.index("What is set here, £m a year")]) == float(np.median(last_gaps(changed)))


def test_what_is_saved_is_what_was_set(saved, changed):
    uses = {lever: [use.strength for use in each] for lever, each in changed.levers.items()}
    assert uses["coaching"] == [0.95]
    assert uses["gain_share"] == [0.1]
    files = saved[1]
    assert b'"strength": 0.95' in files["changed.json"]
    assert ET.fromstring(files["gap.svg"]).tag.endswith("svg")
    assert files["gap.png"].startswith(b"\x89PNG")


def test_without_workers_and_simd_it_shows_the_same(saved, visit):
    less = visit("look", SET, before=NO_SIMD_NOR_WORKERS)
    assert less["check"] == CHECKED
    assert {**less, "focus": ""} == {**saved[0], "focus": ""}


def test_the_data_of_another_place_are_checked_before_they_are_shown(visit, tmp_path):
    other = ROOT / "scenarios/two-trusts.yaml"
    subject = load_scenario(other)
    data = write_data(subject, other, made=DAY, seed=1)
    file, flipped = tmp_path / "two-trusts.json", tmp_path / "flipped.json"
    file.write_bytes(data)
    digest = re.search(rb'"digest":"([0-9a-f]{64})"', data)[1]
    numbers = data[: data.rindex(b',"sha256":"')] + b"}"
    flipped.write_bytes(sealed(numbers.replace(digest, (b"1" if digest[:1] == b"0" else b"0") + digest[1:])))
    refused = visit("open", file=str(flipped))
    assert "flipped.json does not come to the numbers that it says Python gave" in refused["problem"]
    assert refused["after"] == {**refused["before"], "focus": refused["after"]["focus"]}
    shown = visit("open", file=str(file))
    assert shown["problem"] is None
    assert shown["title"] == subject.title
    assert shown["after"]["check"] == CHECKED
    assert shown["after"]["headline"] == f"As it stands {median_words(subject)} is left"
