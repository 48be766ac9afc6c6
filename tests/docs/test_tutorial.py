"""The tutorial is what a reader gets who types its cells and runs its commands, and nothing else."""

import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from simulation.parameters import TABLE
from simulation.scenario.loading import load_scenario
from simulation.scenario.register import assumptions_register
from tests.docs.tutorial import ROOT, cells, text_of_tutorial
from tests.docs.tutorial_pictures import MOST_BYTES, run_tutorial

pytestmark = pytest.mark.e2e

MOST_ASSUMED = 25
WHAT_MATTERS = "show westmarsh.xlsx --what-matters"


def trajectory_of(folder: Path) -> str:
    (words,) = folder.glob("results/westmarsh/*/charts/trajectory.txt")
    return words.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("tutorial")
    return folder, run_tutorial(folder)


def test_the_workbook_is_right_at_once_and_the_text_file_is_the_same_place(tried):
    folder, printed = tried
    assert printed["validate"] == "westmarsh.xlsx: ok\n"
    assert assumptions_register(load_scenario(folder / "westmarsh.yaml")) == assumptions_register(
        load_scenario(folder / "westmarsh.xlsx")
    )


def test_few_numbers_are_assumed_and_the_tutorial_counts_them(tried):
    register = assumptions_register(load_scenario(tried[0] / "westmarsh.xlsx"))
    typed = [row.where for row in register if row.status == "assumed" and not row.where.startswith("parameters.")]
    assert len(typed) <= MOST_ASSUMED
    kinds = Counter(re.sub(r"saves\..*", "saves", where).rsplit(".", 1)[-1] for where in typed)
    assert kinds == {"benefit": 7, "saves": 4, "strength": 4, "cost": 4}
    assert f"That leaves {len(typed)} numbers assumed" in text_of_tutorial()
    assert f"| {len(typed) - kinds['strength']} | first table, status assumed |" in text_of_tutorial()


def test_what_is_left_at_its_default_is_listed_with_its_worth(tried):
    first, second = tried[1][WHAT_MATTERS].split("The model's assumptions, by worth")
    left_out = len(re.findall(r" default +[+−£]", first))
    assert f"| Skills that were left at their default | {left_out} |" in text_of_tutorial()
    (unread,) = re.findall(r"^(\d+) assumptions of the model have no worth and no row", second, re.MULTILINE)
    read = len(TABLE) - int(unread)
    assert len(re.findall(r"  parameters\.", second)) == read
    assert f"| Assumptions of the model at their defaults | {read} | second table |" in text_of_tutorial()
    assert f"| Those that no rule reads in Westmarsh | {unread} | nowhere: " in text_of_tutorial()


def test_the_list_of_numbers_has_the_defaults_too(tried):
    assert re.search(r"23 skills of 7 organisations +0\.5 +0 to 1 +default +left out: icb, ", tried[1]["show"])


def test_what_the_tutorial_quotes_is_printed(tried):
    (quoted,) = re.findall(r"\n\n```\n( .*?)```", text_of_tutorial(), re.DOTALL)
    for line in quoted.splitlines():
        assert line in tried[1]["run"]
    first = r"Find out these five numbers first( \([^\n]*\))?:\n1\. Care at home for frail people: benefit"
    assert re.search(first, tried[1][WHAT_MATTERS])
    for figure in re.findall(r"£\d+m", "".join(re.findall(r"!\[(Line chart.*?)\]", text_of_tutorial()))):
        assert figure in trajectory_of(tried[0])


def test_the_files_that_it_names_are_written(tried):
    folder = tried[0]
    (results,) = (folder / "results/westmarsh").iterdir()
    assert {"board-paper.docx", "results.xlsx"} <= {path.name for path in results.iterdir()}
    assert (folder / "westmarsh.html").exists()
    assert openpyxl.load_workbook(results / "results.xlsx").sheetnames


def test_the_charts_that_it_names_are_written_and_the_commands_that_install_exist(tried):
    (results,) = (tried[0] / "results/westmarsh").iterdir()
    named = re.findall(r"`(charts/[\w.]+)`", text_of_tutorial())
    assert "charts/trajectory.png" in named
    for chart in named:
        assert (results / chart).is_file()
    assert f"results/westmarsh/{results.name}/charts" in tried[1]["run"]
    targets = set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    made = set(re.findall(r"`make (\w+)`", text_of_tutorial()))
    assert "setup" in made
    assert made <= targets


def test_the_readme_has_the_whole_path_in_six_lines(tried):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [each for each in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "--xlsx" in each]
    lines = [line.split("#")[0].split()[1:] for line in block.strip().splitlines()]
    assert len(lines) == 6
    in_tutorial = re.findall(r"^trustsim (.*)$", text_of_tutorial(), re.MULTILINE)
    for line in lines:
        assert " ".join(line).replace("my-place", "westmarsh") in in_tutorial


def test_pictures_are_small_and_described():
    """They are taken by `python -m tests.docs.tutorial_pictures`."""
    shown = re.findall(r"!\[([^\]]+)\]\((pictures/tutorial-[\w-]+\.png)\)", text_of_tutorial())
    assert 3 <= len(shown) <= 5
    for words, file in shown:
        path = ROOT / "docs" / file
        assert len(words) > 80
        assert path.stat().st_size < MOST_BYTES
        assert Image.open(path).width >= 800


def test_every_table_of_the_tutorial_is_typed():
    tables = re.findall(r"^\|[ :-]*---", text_of_tutorial(), re.MULTILINE)
    assert len(cells()) == len(tables) - 1  # one table counts what was assumed
