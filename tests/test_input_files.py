"""Only regular files are read, and standard input; anything else is refused at once, in one line."""

import io
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation import load_scenario
from simulation.cli.main import app
from simulation.experiment.loading import load_experiment
from simulation.input_files import UnfitFileError, read_input, read_standard_input
from simulation.limits import MOST_BYTES
from simulation.results.ensemble_file import load_ensemble
from simulation.results.sealed import RecordError, read_limited
from simulation.scenario.problems import ScenarioError
from simulation.survey.cells import read_cells

pytestmark = [pytest.mark.unit, pytest.mark.skipif(os.name == "nt", reason="Windows has none of these files")]

PLACE = Path(__file__).parents[1] / "scenarios/two-trusts.yaml"
EXPERIMENT = f"title: x\nscenario: {PLACE}\ncompare: {{a: {{}}}}\n"
UNFIT = {
    "folder": "is a folder, not a file",
    "pipe": "is a pipe, not a file",
    "socket": "is a socket, not a file",
    "device": "is a device, not a file",
    "large": "is larger than 20 MB",
}


@pytest.fixture
def unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with what is no regular file, or too large, under names of every kind of file."""
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as bound:
        for end in (".yaml", ".xlsx", ".csv", ".npz"):
            Path(f"folder{end}").mkdir()
            os.mkfifo(f"pipe{end}")
            Path(f"device{end}").symlink_to("/dev/zero")
            with Path(f"large{end}").open("wb") as file:
                file.truncate(MOST_BYTES + 1)
            Path(f"loop{end}").symlink_to(f"loop{end}")
        bound.bind("socket")
        for end in (".yaml", ".xlsx", ".csv", ".npz"):
            Path(f"socket{end}").symlink_to("socket")
        yield tmp_path


@pytest.mark.parametrize("end", [".yaml", ".xlsx", ".csv"])
@pytest.mark.parametrize("kind", UNFIT)
@pytest.mark.usefixtures("unfit")
def test_what_is_no_regular_file_is_refused_by_all_that_read_one(kind, end):
    readers = {".yaml": (load_scenario, load_experiment), ".xlsx": (load_scenario, read_cells), ".csv": (read_cells,)}
    for read in readers[end]:
        with pytest.raises(ScenarioError) as error:
            read(f"{kind}{end}")
        assert str(error.value).partition("; ")[0] == f"{kind}{end}: {UNFIT[kind]}"
        assert len(error.value.problems) == 1


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
@pytest.mark.usefixtures("unfit")
def test_records_and_saved_ensembles_are_regular_files_too(kind):
    with pytest.raises(RecordError, match=r"is not a regular file|is a folder"):
        read_limited(Path(f"{kind}.yaml"))
    with pytest.raises(ValueError, match="is no regular file"):
        load_ensemble(Path(f"{kind}.npz"))


@pytest.mark.parametrize("kind", UNFIT)
@pytest.mark.parametrize("field", ["extends", "scenario"])
@pytest.mark.usefixtures("unfit")
def test_what_a_file_starts_from_is_a_regular_file(kind, field):
    Path("a.yaml").write_text(f"{field}: {kind}.yaml\ntitle: x\n")
    with pytest.raises(ScenarioError) as error:
        (load_scenario if field == "extends" else load_experiment)("a.yaml")
    said = "is a folder, not a scenario file" if kind == "folder" else UNFIT[kind]
    (found,) = [each for each in error.value.problems if said in each.what]
    assert found.location.file == ("large.yaml" if kind == "large" and field == "extends" else "a.yaml")


@pytest.mark.parametrize("words", [["validate"], ["show"], ["run"], ["plan"], ["survey", "x"]])
@pytest.mark.usefixtures("unfit")
def test_links_in_a_loop_are_refused_in_one_line(words):
    end = ".csv" if words[0] == "survey" else ".yaml"
    name = f"loop{end}"
    given = ["survey", name, str(PLACE)] if words[0] == "survey" else [*words, name]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{name}: ")
    assert line.lower().endswith("too many levels of symbolic links")


def test_a_file_that_grows_while_it_is_read_is_not_read_on(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_input(path, most=5) == b"12345"
    with pytest.raises(UnfitFileError, match="is larger than 0 MB"):
        read_input("/proc/self/status" if Path("/proc/self/status").exists() else path, most=4)


def _send(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_is_read_once_and_looked_at_several_times(monkeypatch):
    _send(monkeypatch, PLACE.read_bytes())
    assert load_scenario("-") == load_scenario("-") == load_scenario(PLACE)
    _send(monkeypatch, EXPERIMENT.encode())
    assert load_experiment("-").name == "standard-input"
    _send(monkeypatch, b"x" * 11)
    with pytest.raises(UnfitFileError, match="is larger than 0 MB"):
        read_standard_input(most=10)


def test_commands_read_standard_input(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["validate", "-"], input=PLACE.read_text())
    assert (done.exit_code, done.stdout) == (0, "-: ok\n")
    done = CliRunner().invoke(app, ["validate", "-"], input="title: 1\n")
    assert done.exit_code == 2
    assert "-:1:8: title: must be text; put it in quotes (given: 1)" in done.stderr
    words = ["run", "-", "--replicates", "2", "--no-charts"]
    done = CliRunner().invoke(app, words, input=PLACE.read_text())
    assert done.exit_code == 0, done.output
    assert [path.name for path in Path("results").iterdir()] == ["standard-input"]
