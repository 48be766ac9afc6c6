"""What needs more memory than there is, is refused before anything is run."""

import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation import memory
from simulation.cli._console import report_error
from simulation.execution import memory_needed
from simulation.execution.comparison import run_comparison
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest
from simulation.experiment.decide import Decision, LeverWays
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Distribution, Experiment, Factor, Variant
from simulation.levers import Lever
from simulation.memory import TooLargeError, check_memory, memory_of_machine
from simulation.model.run import run_designs, run_ensemble, run_with_parameters
from simulation.results.axes import axes_of
from simulation.results.ensemble import Keep
from simulation.results.size import bytes_of_replicate
from simulation.scenario.entries import Setting
from tests.places import random_place, scenario

pytestmark = pytest.mark.unit

PLACES = [scenario(random_place(seed)) for seed in (3, 11)]
MANY = 1_000_000


def test_what_fits_is_begun_and_what_does_not_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 24e9)
    check_memory(24e9, "buy more")
    with pytest.raises(TooLargeError) as refused:
        check_memory(40e9, "buy more")
    assert str(refused.value) == "this needs about 40.0 GB of memory, this machine has 24.0 GB; buy more"


def test_the_smallest_of_the_limits_holds(monkeypatch, tmp_path):
    (tmp_path / "memory.max").write_text("123456789\n")
    monkeypatch.setattr(memory, "_LIMITS", (str(tmp_path / "memory.max"), str(tmp_path / "absent")))
    assert memory_of_machine() == 123456789
    (tmp_path / "memory.max").write_text("max\n")
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 0 < memory_of_machine() <= physical


def test_a_limit_of_the_process_counts():
    words = "from simulation.memory import memory_of_machine; print(memory_of_machine())"
    limited = subprocess.run(
        [sys.executable, "-c", words],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(limited.stdout) <= 2**32


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("detail", [(), ("relationships",), ("organisations", "opportunities", "relationships")])
def test_the_size_of_an_ensemble_is_known_to_the_byte_before_it_is_run(place, detail):
    ensemble = run_ensemble(place, replicates=5, seed=1, engine="mesa", detail=detail)
    arrays = [value for value in vars(ensemble).values() if isinstance(value, np.ndarray)]
    size = sum(each.nbytes for each in arrays) - ensemble.replicates.nbytes
    assert size == 5 * bytes_of_replicate(axes_of(place), Keep.of(place.months, detail))


@pytest.mark.parametrize(
    "run",
    [
        lambda place: run_ensemble(place, replicates=MANY, seed=1),
        lambda place: next(iter(run_designs([place], replicates=MANY, seed=1))),
        lambda place: run_with_parameters(place, [place.resolve_parameters()] * 1000, seed=1),
        lambda place: run_comparison({"as it is": place}, replicates=MANY, seed=1),
    ],
    ids=["ensemble", "designs", "parameters", "comparison"],
)
def test_no_function_begins_what_does_not_fit(run, monkeypatch):
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 1e6)
    with pytest.raises(TooLargeError, match=r"this machine has 1\.0 MB; run fewer replicates"):
        run(PLACES[0])


def test_a_batch_that_could_not_be_read_back_is_not_begun(monkeypatch):
    experiment = _of_place(PLACES[0], 100_000)
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 25e9)
    memory_needed.check_batches([plan_batch(experiment)])
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 4.2e8)
    with pytest.raises(TooLargeError, match=r"this machine has 420\.0 MB; ask for fewer replicates"):
        memory_needed.check_batches([plan_batch(experiment)])


def _of_place(place, replicates):
    return Experiment(
        name="a", title="A", seed=1, replicates=replicates, variants=(Variant(name="as it is", scenario=place),)
    )


@pytest.mark.parametrize("replicates", [MANY + 1, 2_000_000_000, 10**30])
def test_more_than_a_million_replicates_are_refused(replicates):
    with pytest.raises(ValueError, match="replicates must be from 1 to 1000000"):
        run_ensemble(PLACES[0], replicates=replicates, seed=1)


def request_of(replicates, **more):
    return RunRequest(name="a", scenario=PLACES[0], replicates=replicates, seed=1, **more)


def test_a_run_with_charts_or_monthly_tables_needs_more():
    plain = memory_needed.memory_of_run(request_of(100_000, for_charts=False))
    assert memory_needed.memory_of_run(request_of(100_000)) > 1.2 * plain
    assert memory_needed.memory_of_run(request_of(100_000, for_charts=False, tables=["relationships"])) > 2 * plain
    least, twice = (memory_needed.memory_of_run(request_of(count, for_charts=False)) for count in (1, 200_000))
    assert least < 6e8
    assert twice - least == pytest.approx(2 * (plain - least), rel=0.01)


def in_six_gigabytes(folder, *words):
    """Run a command in a folder with no more memory than that."""
    return subprocess.run(
        [sys.executable, "-m", "simulation", *words],
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, 6 * 2**30)),
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )


def test_a_command_says_how_much_every_run_needs_and_writes_nothing(tmp_path):
    for name in ("one", "other"):
        text = f"extends: {Path(__file__).parents[1] / 'scenarios/two-trusts.yaml'}\ntitle: {name}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    done = in_six_gigabytes(tmp_path, "run", "one.yaml", "other.yaml", "--replicates", "1000000")
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if "warning" not in line]
    assert [line.partition(":")[0] for line in said] == ["one", "other"]
    assert all("of memory, this machine has 6.4 GB; run fewer replicates, or `trustsim batch`" in line for line in said)
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("error", [MemoryError(), TooLargeError("this needs more")])
def test_a_lack_of_memory_is_told_in_a_line(error, capsys):
    """Where an estimate was too low, or none was made."""
    code = report_error(error)
    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (1 if isinstance(error, MemoryError) else 2, "", 1)


def _decision(points, replicates=4):
    place = PLACES[0]
    lever = LeverWays(lever=Lever.COACHING, settings=(Setting(strength=1.0),))
    decision = Decision(place=place, levers=(lever,), points=points, replicates=replicates)
    return replace(_of_place(place, 100), decision=decision)


def test_the_memory_of_a_search_grows_with_its_points_and_with_what_compares_its_options():
    search = [memory_needed.memory_of_decision(_decision(points), is_compared=False) for points in (1000, 2000, 3000)]
    assert search[2] - search[1] == pytest.approx(search[1] - search[0])
    rows = 4 * 1000 * bytes_of_replicate(axes_of(PLACES[0]), Keep())
    assert search[1] - search[0] > rows
    small = _decision(16, 1)
    compared = memory_needed.memory_of_decision(small)
    assert compared > memory_needed.memory_of_decision(small, is_compared=False)
    more = replace(small, assumptions=AssumptionSample(points=4096, replicates=8))
    assert memory_needed.memory_of_decision(more) > compared


def test_what_matters_needs_memory_for_each_set_of_parameters():
    at = [memory_needed.memory_of_what_matters(PLACES[0], points) for points in (0, 1000, 2000)]
    assert at[2] - at[1] == at[1] - at[0] > 32_000 * 5000


def test_a_batch_is_known_before_it_is_planned_as_after():
    experiment = replace(
        _of_place(PLACES[0], 3),
        factors=(Factor(address="parameters.loss_ratio", values=Distribution(distribution="uniform", low=1, high=3)),),
        design="random",
        points=50,
    )
    needed = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_needed, "check_memory", lambda bytes_needed, _: needed.append(bytes_needed))
        memory_needed.check_experiments([experiment])
        memory_needed.check_batches([plan_batch(experiment)])
    assert needed[0] == needed[1] > memory_needed.memory_of_batches([])


@pytest.mark.parametrize(
    ("command", "way_out"),
    [
        (("show", "a.yaml", "--what-matters", "--points", "100000"), "ask for fewer --points"),
        (
            ("sensitivity", "a.yaml", "--method", "pawn", "--points", "100000", "--replicates", "1000"),
            "ask for fewer replicates, points or scenarios",
        ),
        (("decide", "b.yaml"), "lower points or replicates, of decide, of assumptions or of the experiment"),
        (("decide", "c.yaml"), "lower points or replicates, of decide, of assumptions or of the experiment"),
    ],
)
def test_a_command_says_what_it_needs_before_it_begins(tmp_path, command, way_out):
    place = Path(__file__).parents[1] / "scenarios/two-trusts.yaml"
    (tmp_path / "a.yaml").write_text(f"extends: {place}\n")
    asked = f"title: B\nscenario: {place}\ndecide:\n  levers: {{coaching: {{cost: 1}}}}\n"
    (tmp_path / "b.yaml").write_text(f"{asked}  points: 250000\n  replicates: 4\n")
    (tmp_path / "c.yaml").write_text(f"{asked}replicates: 1000000\nassumptions: {{}}\n")
    done = in_six_gigabytes(tmp_path, *command)
    assert done.returncode == 2, done.stderr
    (said,) = (line for line in done.stderr.splitlines() if "warning" not in line)
    assert said.startswith(f"{command[1]}: this needs about ")
    assert said.endswith(f" of memory, this machine has 6.4 GB; {way_out}")
    assert done.stdout == ""
    assert not (tmp_path / "results").exists()
