"""The search for a decision: answers that are known, limits, and a store from which a stopped search goes on."""

import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from simulation.execution.deciding import decide as decide_module
from simulation.execution.deciding import stages as stages_module
from simulation.execution.deciding.decide import decide
from simulation.execution.deciding.genetic import is_enumerated, search
from simulation.execution.deciding.outcomes import Evaluator, Outcome
from simulation.execution.deciding.stages import Stages, find_candidates
from simulation.execution.deciding.store import OtherSearchError, SearchStore, remove_search
from simulation.experiment.loading import load_experiment
from simulation.levers import Lever

pytestmark = pytest.mark.unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEVERS = list(Lever)
PRICES = (3.1, 1.3, 2.2, 0.4, 1.7, 2.9, 0.8, 1.1, 0.6, 2.4, 1.9)
WORTHS = (9.0, 4.1, 7.3, 1.0, 6.2, 8.1, 2.1, 3.9, 2.6, 5.5, 4.4)
LATER = (1.0, 0.9, 0.75, 0.4)
"""The part of a lever's worth that is left at each start month."""


def experiment_with(folder: Path, block: str, place: str = "mid-south-essex"):
    path = folder / "trial.yaml"
    path.write_text(f"title: A trial\nscenario: {SCENARIOS / place}.yaml\ndecide:\n{block}")
    return load_experiment(path)


def knapsack(folder: Path, rest: str, months: str = "2015-12", some: int = 11):
    """An experiment of independent levers with those prices over the run: 40 months, so 0.3 of each a year."""
    lines = [
        f"    {lever}: {{cost: {0.3 * price:.6f}, from: {months}}}\n"
        for lever, price in zip(LEVERS[:some], PRICES, strict=False)
    ]
    return experiment_with(folder, f"  levers:\n{''.join(lines)}{rest}")


class MadeUp(Evaluator):
    """Outcomes that are known: the worths of levers add up, and each lever costs one organisation something."""

    organisations = ("one", "other")

    def run(self, candidates, _rows, *, by_point=False, **_options):
        for candidate in candidates:
            worth = worth_of(self.decision, candidate)
            loss = -sum(0.1 * (place + 1) for place, way in enumerate(candidate) if way)
            point = (worth,) * self.decision.points if by_point else ()
            yield Outcome(
                gains=(worth, worth, worth),
                gain_half_widths=(0.0,) * 3,
                organisations=(worth, loss),
                organisation_half_widths=(0.0, 0.0),
                by_point=point,
            )


def worth_of(decision, candidate) -> float:
    found = 0.0
    for each, way in zip(decision.levers, candidate, strict=True):
        if way:
            found += WORTHS[LEVERS.index(each.lever)] * LATER[way - 1]
    return found


def compared(folder: Path, experiment, **changes):
    decision = replace(experiment.decision, points=16, replicates=1, **changes)
    folder = folder / "found"
    folder.mkdir(exist_ok=True)
    store = SearchStore(folder, replace(experiment, decision=decision))
    return decision, find_candidates(Stages(MadeUp(decision, 1), store))


def best_of(decision, found, budget=np.inf) -> float:
    return max(
        outcome.gains[0]
        for candidate, outcome in zip(found.candidates, found.outcomes, strict=True)
        if decision.cost(candidate) <= budget + 1e-9
    )


def best_by_hand(decision, some: int = 11) -> float:
    """The most that any set of levers within the limits is worth, by trying all of them."""
    return max(
        worth_of(decision, candidate)
        for candidate in product(*(range(len(each.settings) + 1) for each in decision.levers))
        if decision.within_limits(candidate)
    )


@pytest.mark.parametrize("budget", [2, 7.5, 11])
def test_a_knapsack_is_solved_exactly_where_all_candidates_are_run(budget, tmp_path):
    decision, found = compared(tmp_path, knapsack(tmp_path, f"  budget: {budget}\n"))
    assert is_enumerated(decision)
    assert best_of(decision, found) == pytest.approx(best_by_hand(decision))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_knapsack_is_solved_exactly_by_the_search(seed, tmp_path):
    """Of 48,828,125 candidates, 4,000 are run; the best start is the first, so that the answer is known."""
    rest = f"  budget: 9\n  seed: {seed}\n  objectives: [gap]\n"
    experiment = knapsack(tmp_path, rest, months="[2015-12, 2016-01, 2016-02, 2016-03]")
    decision, found = compared(tmp_path, experiment)
    assert not is_enumerated(decision)
    first = knapsack(tmp_path, rest).decision
    assert best_of(decision, found, 9) == pytest.approx(best_by_hand(replace(first, budget=9.0)))
    for budget in (3, 6):  # along the front, where an optimum is one of many sets, within a twentieth of it
        by_hand = best_by_hand(replace(first, budget=float(budget)))
        assert best_of(decision, found, budget) >= 0.95 * by_hand


def test_the_front_of_a_knapsack_is_known(tmp_path):
    decision, found = compared(tmp_path, knapsack(tmp_path, "  objectives: [gap]\n", some=5))
    everything = [(decision.cost(each), worth_of(decision, each)) for each in product(range(2), repeat=5)]
    on_front = {
        each
        for each in everything
        if not any(other[0] <= each[0] and other[1] >= each[1] and other != each for other in everything)
    }
    assert on_front <= {
        (decision.cost(each), outcome.gains[0]) for each, outcome in zip(found.candidates, found.outcomes, strict=True)
    }


def test_a_budget_by_year_binds(tmp_path):
    """£7.5m over the run, but only £0.5m in the first four months: fewer levers can start at once."""
    free, in_all = compared(tmp_path, knapsack(tmp_path, "  budget: 7.5\n"))
    (tmp_path / "second").mkdir()
    bound, by_year = compared(
        tmp_path / "second", knapsack(tmp_path, "  budget: 7.5\n  budget_by_year: {2015/16: 0.5}\n")
    )
    assert best_of(bound, by_year) == pytest.approx(best_by_hand(bound))
    assert best_of(bound, by_year) < best_of(free, in_all)
    assert all(bound.costs_by_year(each)[0] <= 0.5 + 1e-9 for each in by_year.candidates)


def test_levers_that_exclude_each_other_and_at_most_so_many(tmp_path):
    first, second, *_ = LEVERS
    rest = f"  most_levers: 3\n  exclude: [[{first}, {second}, {LEVERS[2]}]]\n"
    decision, found = compared(tmp_path, knapsack(tmp_path, rest))
    assert best_of(decision, found) == pytest.approx(best_by_hand(decision))
    for candidate in found.candidates:
        pulled = [each.lever for each, way in zip(decision.levers, candidate, strict=True) if way]
        assert len(pulled) <= 3
        assert len({*pulled} & {*LEVERS[:3]}) <= 1


def test_an_organisation_that_must_not_be_worse_off(tmp_path):
    """Every lever costs the second organisation something, so only pulling none keeps the limit."""
    _, free = compared(tmp_path, knapsack(tmp_path, ""))
    assert len(free.candidates) > 1
    (tmp_path / "second").mkdir()
    decision, found = compared(tmp_path / "second", knapsack(tmp_path, ""), not_worse_off=("other",))
    assert found.candidates == (decision.nothing,)
    (tmp_path / "third").mkdir()
    _, gains = compared(tmp_path / "third", knapsack(tmp_path, ""), not_worse_off=("one",))
    assert len(gains.candidates) == len(free.candidates)


@pytest.mark.parametrize(("protected", "excluded"), [("other", 31), ("one", 0)])
def test_the_candidates_that_a_limit_on_organisations_excluded_are_counted(protected, excluded, tmp_path):
    """Of 32 sets of five levers only that which pulls none costs the second organisation nothing."""
    experiment = knapsack(tmp_path, "", some=5)
    decision = replace(experiment.decision, points=16, replicates=1, not_worse_off=(protected,))
    stages = Stages(MadeUp(decision, 1), SearchStore(tmp_path, replace(experiment, decision=decision)))
    find_candidates(stages)
    assert (len(stages.tried), len(stages.excluded)) == (32, excluded)


def test_the_search_never_runs_a_candidate_twice_or_more_than_it_may(tmp_path):
    experiment = knapsack(tmp_path, "  budget: 9\n  evaluations: 700\n", months="[2015-12, 2016-04, 2017-04]")
    decision, asked = experiment.decision, []

    def evaluate(candidates):
        asked.extend(candidates)
        return [(decision.cost(each), -worth_of(decision, each), 0.0, 0.0) for each in candidates]

    assert search(decision, evaluate) == asked
    assert len(asked) == len(set(asked)) == 700
    assert all(map(decision.within_limits, asked))


SMALL = (
    "  levers:\n    coaching: {cost: 1, from: [2024-04, 2025-04]}\n"
    "    gain_share: {cost: 0.5, from: [2024-04, 2025-04]}\n"
    "    menu_framing: {cost: 0.7, from: [2024-04, 2024-10]}\n"
    "    top_down_instruction: {cost: 0, from: [2024-04, 2024-10]}\n"
    "  budget: 4\n  points: 16\n  replicates: 1\n  evaluations: {evaluations}\n"
)


def small(folder: Path, evaluations: int = 100):
    return experiment_with(folder, SMALL.replace("{evaluations}", str(evaluations)), "two-trusts")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "search").iterdir())}


class StoppedError(Exception):
    """A kill at one step."""


@pytest.mark.parametrize("evaluations", [100, 40])
def test_a_search_that_was_stopped_goes_on_to_the_same_bytes(evaluations, tmp_path, monkeypatch):
    """Stopped after each chunk in turn, all evaluated at once or by the search, and started again every time."""
    monkeypatch.setattr(stages_module, "_CHUNK", 10)
    experiment = small(tmp_path, evaluations)
    whole = decide(experiment, tmp_path / "whole", engine="compiled")
    written = SearchStore.write

    def write_one(self, *given):
        written(self, *given)
        raise StoppedError

    stops = 0
    with monkeypatch.context() as stopping:
        stopping.setattr(SearchStore, "write", write_one)
        while True:
            try:
                again = decide(experiment, tmp_path / "stopped", engine="compiled")
                break
            except StoppedError:
                stops += 1
    assert stops > 5
    assert files_in(tmp_path / "stopped") == files_in(tmp_path / "whole")
    assert again.rules == whole.rules
    assert again.money == whole.money


def test_what_was_changed_on_disk_is_run_again(tmp_path):
    experiment = small(tmp_path, 40)
    decide(experiment, tmp_path / "found", engine="compiled")
    before = files_in(tmp_path / "found")
    path = tmp_path / "found/search/third-0000.json"
    path.write_text(path.read_text().replace('"stage": "third"', '"stage": "thirt"'))
    cut = tmp_path / "found/search/first-0000.json"
    cut.write_bytes(cut.read_bytes()[:100])
    decide(experiment, tmp_path / "found", engine="compiled")
    assert files_in(tmp_path / "found") == before


@pytest.mark.parametrize("what", ["seed", "place", "stage"])
def test_a_chunk_of_another_search_or_stage_is_run_again(what, tmp_path):
    """Folders of two searches that were copied into one: the chunks are whole, and have the same candidates."""
    experiment = small(tmp_path, 40)
    decide(experiment, tmp_path / "found", engine="compiled")
    before, search = files_in(tmp_path / "found"), tmp_path / "found/search"
    if what == "stage":
        shutil.copy(search / "stretched-2-0000.json", search / "stretched-0.5-0000.json")
    else:
        other = replace(experiment, seed=2)
        if what == "place":
            place = experiment.decision.place
            dearer = place.model_copy(update={"do_nothing": {place.start: 400.0}})
            other = replace(experiment, decision=replace(experiment.decision, place=dearer))
        decide(other, tmp_path / "other", engine="compiled")
        chunks = [path for path in (tmp_path / "other/search").glob("*.json") if path.name != "search.json"]
        assert any(path.read_bytes() != (search / path.name).read_bytes() for path in chunks)
        for path in chunks:
            shutil.copy(path, search)
    decide(experiment, tmp_path / "found", engine="compiled")
    after = files_in(tmp_path / "found")
    assert {name: after[name] for name in before} == before


def test_another_decision_is_refused_and_can_start_afresh(tmp_path):
    experiment = small(tmp_path, 40)
    decide(experiment, tmp_path / "found", engine="compiled")
    other = replace(experiment, seed=2)
    with pytest.raises(OtherSearchError, match=r"holds the search of another decision.*--fresh"):
        decide(other, tmp_path / "found", engine="compiled")
    decide(other, tmp_path / "found", engine="compiled", fresh=True)
    decide(other, tmp_path / "elsewhere", engine="compiled")
    assert files_in(tmp_path / "found") == files_in(tmp_path / "elsewhere")


def test_what_is_left_of_a_search_that_was_being_removed_is_not_believed(tmp_path, monkeypatch):
    """With another seed candidates are the same, so chunks that stayed would look as if they belonged there."""
    experiment = small(tmp_path, 40)
    decide(experiment, tmp_path / "found", engine="compiled")
    other = replace(experiment, seed=2)
    decide(other, tmp_path / "elsewhere", engine="compiled")
    expected, unlink = files_in(tmp_path / "elsewhere"), Path.unlink
    for number in range(len(files_in(tmp_path / "found"))):
        folder, left = tmp_path / f"stopped-{number}", iter(range(number))
        shutil.copytree(tmp_path / "found", folder)

        def stopped(path, left=left, **options):
            if next(left, None) is None:
                raise KeyboardInterrupt
            unlink(path, **options)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", stopped)
            with pytest.raises(KeyboardInterrupt):
                remove_search(folder)
        with pytest.raises(OtherSearchError):
            SearchStore(folder, other)
        decide(other, folder, engine="compiled", fresh=True)
        assert files_in(folder) == expected


def test_chunks_without_their_record_are_not_believed_and_other_files_stay(tmp_path):
    experiment = small(tmp_path, 40)
    decide(experiment, tmp_path / "found", engine="compiled")
    (tmp_path / "found/search/search.json").unlink()
    (tmp_path / "found/search/mine.json").write_text("mine")
    other = replace(experiment, seed=2)
    decide(other, tmp_path / "found", engine="compiled")
    decide(other, tmp_path / "elsewhere", engine="compiled")
    (tmp_path / "elsewhere/search/mine.json").write_text("mine")
    assert files_in(tmp_path / "found") == files_in(tmp_path / "elsewhere")


def test_candidates_are_compared_with_the_place_under_the_same_random_events(tmp_path):
    """What a candidate gains is the difference of two ordinary runs, replicate by replicate."""
    from simulation.model.run import run_with_parameters

    decision = small(tmp_path).decision
    evaluator = Evaluator(decision, 3, engine="compiled")
    candidate = (1, 0, 2, 1)
    (outcome,) = evaluator.run([candidate], 16, by_point=True)
    with_levers, without = (
        run_with_parameters(each, evaluator.rows, seed=3, engine="compiled")
        for each in (decision.scenario_of(candidate), decision.place)
    )
    closed = without.gap[:, -1] - with_levers.gap[:, -1]
    assert outcome.by_point == pytest.approx(tuple(closed))
    assert outcome.gains[0] == pytest.approx(closed.mean())
    assert outcome.gains[1] == pytest.approx((with_levers.position - without.position).sum(axis=1).mean())
    changes = (with_levers.outturns - without.outturns).sum(axis=1).mean(axis=0)
    assert outcome.organisations == pytest.approx(tuple(changes))
    assert outcome.value("worst_off") == pytest.approx(changes.min())
    assert evaluator.organisations == without.axes.organisations


def test_replicates_of_a_point_are_averaged(tmp_path):
    decision = replace(small(tmp_path).decision, replicates=3)
    evaluator = Evaluator(decision, 3, engine="compiled")
    (outcome,) = evaluator.run([(1, 0, 0, 0)], 48, by_point=True)
    assert len(outcome.by_point) == 16
    assert evaluator.rows[0] == evaluator.rows[16] == evaluator.rows[32]
    assert outcome.gains[0] == pytest.approx(np.mean(outcome.by_point))


def test_pulling_nothing_changes_nothing(tmp_path):
    evaluator = Evaluator(small(tmp_path).decision, 3, engine="compiled")
    (outcome,) = evaluator.run([(0, 0, 0, 0)], 16, by_point=True)
    assert {*outcome.gains, *outcome.organisations, *outcome.by_point} == {0.0}


def test_the_recommended_option_and_its_delays_are_of_the_search(tmp_path):
    found = decide(small(tmp_path, 100), tmp_path / "found", engine="compiled")
    assert found.is_exhaustive
    assert found.candidates == 3**4 - sum(
        1 for each in product(range(3), repeat=4) if not found.decision.within_limits(each)
    )
    assert found.recommended in found.agreed or not found.agreed
    for delay in found.delays:
        assert delay.lever in found.options[found.recommended].settings
    assert [each.stretch for each in found.stretches] == [0.5, 1.0, 1.5, 2.0]
    assert len(found.named) <= 7


def test_waiting_is_tried_with_every_lever_of_the_recommended_option(tmp_path):
    """Nine levers, each of which may start at two dates: none is left out without a word."""
    levers = "".join(f"    {lever}: {{cost: 0.01, from: [2015-12, 2017-12]}}\n" for lever in LEVERS[:9])
    rest = "  budget: 9\n  evaluations: 100\n  points: 16\n  replicates: 1\n"
    found = decide(experiment_with(tmp_path, f"  levers:\n{levers}{rest}"), tmp_path / "found", engine="compiled")
    pulled = [each.lever for each in found.decision.levers if each.lever in found.options[found.recommended].settings]
    assert len(pulled) > 7
    assert {each.lever for each in found.delays} == set(pulled)


def test_neighbours_of_the_better_candidates_count_among_those_that_were_run(tmp_path):
    """Every distinct candidate in the store was run, in whichever stage."""
    experiment = knapsack(tmp_path, "  budget: 9\n  evaluations: 1600\n", months="[2015-12, 2016-01, 2016-02]")
    decision = replace(experiment.decision, points=256, replicates=1)
    (tmp_path / "found").mkdir()
    run = set()

    class Watched(MadeUp):
        def run(self, candidates, rows, **options):
            run.update(candidates)
            return super().run(candidates, rows, **options)

    stages = Stages(Watched(decision, 1), SearchStore(tmp_path / "found", replace(experiment, decision=decision)))
    find_candidates(stages)
    assert len(stages.tried) == len(run) > 1600


def test_pulling_no_lever_is_among_what_is_tried_over_wider_ranges(tmp_path, monkeypatch):
    """Where the one option that is named loses over wider ranges, pulling nothing is clearly better there."""

    class Losing(Evaluator):
        def __init__(self, *given, stretch=1.0, **options):
            super().__init__(*given, stretch=stretch, **options)
            self.stretch = stretch

        def run(self, candidates, _rows, *, by_point=False, **_options):
            gain = 20.0 if self.stretch == 1 else -20.0
            for candidate in candidates:
                worth = gain * any(candidate)
                yield Outcome(
                    gains=(worth, worth, worth),
                    gain_half_widths=(0.0,) * 3,
                    organisations=(worth,) * len(self.organisations),
                    organisation_half_widths=(0.0,) * len(self.organisations),
                    by_point=(worth,) * self.decision.points if by_point else (),
                )

    monkeypatch.setattr(decide_module, "Evaluator", Losing)
    block = "  levers: {coaching: {cost: 1}}\n  points: 16\n  replicates: 1\n  objectives: [position]\n"
    found = decide(experiment_with(tmp_path, block, "two-trusts"), tmp_path / "found")
    assert [(each.stretch, each.is_tied) for each in found.stretches] == [
        (0.5, False),
        (1.0, True),
        (1.5, False),
        (2.0, False),
    ]
