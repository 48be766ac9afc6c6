"""Search for a decision and find what it rests on; a stopped search goes on where it was."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simulation.analysis.decided import AtStretch, Decided, decide_between
from simulation.analysis.first_steps import Delay, delay_of
from simulation.analysis.options import Amount, Option, reference_of
from simulation.analysis.robust_choice import Rule, choose_by_rules
from simulation.execution.deciding.genetic import is_enumerated
from simulation.execution.deciding.outcomes import OF_REPLICATES, Evaluator, OnEvaluated, Outcome
from simulation.execution.deciding.stages import (
    FIRST_ROWS,
    LEAST_KEPT,
    SECOND_ROWS,
    Compared,
    Stages,
    at_fewer_points,
    find_candidates,
)
from simulation.execution.deciding.store import SearchStore, remove_search
from simulation.experiment.decide import Candidate, Decision
from simulation.experiment.decide_entries import Objective
from simulation.experiment.schema import Experiment
from simulation.extras import check_installed
from simulation.formatting import as_written
from simulation.interrupts import hold_interrupts
from simulation.levers import Lever
from simulation.model.run import Engine, prepare_engine
from simulation.results.batch.lock import lock_folder
from simulation.scenario.months import month_number

STRETCHES = (0.5, 1.0, 1.5, 2.0)
"""Stretches of the ranges at which the recommended option is tried."""


def decide(
    experiment: Experiment,
    folder: Path,
    *,
    fresh: bool = False,
    engine: Engine = "auto",
    progress: OnEvaluated | None = None,
) -> Decided:
    """Search for a decision, through a store in a folder.

    Every number follows from the experiment alone, so a search that was stopped and goes on writes the same bytes as
    one that never was. Ctrl-C is let in when nothing is half written.

    Args:
        experiment: The experiment, with its decision.
        folder: The folder of the decision; made if it does not exist.
        fresh: True to remove an earlier search and start again.
        engine: The engine.
        progress: Called with the number of replicates done, or read back, since the last call.

    Raises:
        OtherSearchError: If the folder holds another search.
        FolderLockedError: If another process is writing to it.
        MissingPackageError: If the package that searches is not installed.
        OSError: If it cannot be written; what was written before stays.
        ValueError: If the experiment has no decision.
    """
    decision = experiment.decision
    if decision is None:
        message = f"{experiment.name} has no decide block"
        raise ValueError(message)
    if not is_enumerated(decision):
        check_installed("a search among so many candidates", "pymoo")
    folder.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder):
        if fresh:
            remove_search(folder)
        store = SearchStore(folder, experiment)
        if engine != "mesa":
            prepare_engine(decision.place)
        with hold_interrupts():
            return _decide(experiment, decision, store, engine, progress)


def expected_replicates(decision: Decision) -> int:
    """Return about how many replicates a search runs, for a progress bar.

    Args:
        decision: The choices and their limits.
    """
    rows = decision.points * decision.replicates
    first = min(decision.evaluations, decision.combinations)
    third = min(first, LEAST_KEPT)
    second = min(first, max(LEAST_KEPT, decision.evaluations // 10))
    delays = sum(len({setting.from_ for setting in each.settings}) for each in decision.levers)
    stretched = (len(STRETCHES) - 1) * 8 * max(16, decision.points // 2) * decision.replicates
    several = 3 * second * min(SECOND_ROWS, rows) if first > LEAST_KEPT and rows > FIRST_ROWS else 0
    return first * min(FIRST_ROWS, rows) + several + (third + delays) * rows + stretched


def _decide(
    experiment: Experiment, decision: Decision, store: SearchStore, engine: Engine, progress: OnEvaluated | None
) -> Decided:
    evaluator = Evaluator(decision, experiment.seed, engine=engine)
    stages = Stages(evaluator, store, progress)
    compared = find_candidates(stages)
    found = decide_between(
        decision,
        options_of(evaluator, compared),
        title=experiment.title,
        seed=experiment.seed,
        is_exhaustive=is_enumerated(decision),
    )
    delays = _find_delays(stages, found)
    stretches = _find_stretches(experiment, decision, store, found, engine, progress)
    return found.with_runs(delays, stretches, len(stages.tried), len(stages.excluded))


def options_of(evaluator: Evaluator, compared: Compared) -> list[Option]:
    """Return candidates with their outcomes as options.

    Args:
        evaluator: What ran them.
        compared: The candidates and their outcomes at all points.
    """
    decision = evaluator.decision
    return [
        Option(
            candidate=candidate,
            settings=decision.settings_of(candidate),
            costs_by_year=tuple(map(float, decision.costs_by_year(candidate))),
            gains={each: _amount(outcome, each) for each in (*OF_REPLICATES, "worst_off")},
            organisations={
                name: Amount(mean=mean, half_width=half_width)
                for name, mean, half_width in zip(
                    evaluator.organisations, outcome.organisations, outcome.organisation_half_widths, strict=True
                )
            },
            by_point=np.array(outcome.by_point),
            reference=reference_of(decision.place),
        )
        for candidate, outcome in zip(compared.candidates, compared.outcomes, strict=True)
    ]


def _amount(outcome: Outcome, objective: Objective) -> Amount:
    return Amount(mean=outcome.value(objective), half_width=outcome.half_width(objective))


def _find_delays(stages: Stages, found: Decided) -> list[Delay]:
    """Return the worth of each lever of the recommended option by its start month, the largest loss first.

    Each start is tried whatever the money allows, since it says what the month is worth and not what to choose.
    """
    decision, recommended = found.decision, found.options[found.recommended]
    delays: list[Delay] = []
    for place, (each, way) in enumerate(zip(decision.levers, recommended.candidate, strict=True)):
        if way == 0:
            continue
        strength = each.settings[way - 1].strength
        ways = [number for number, setting in enumerate(each.settings, 1) if setting.strength == strength]
        if len(ways) < 2:
            continue
        delays.append(_delay(stages, each.lever, place, ways, recommended.candidate))
    return sorted(delays, key=lambda delay: -_clear_cost(delay))


def _clear_cost(delay: Delay) -> float:
    """Return what a month of delay clearly costs; 0 where the interval holds 0."""
    lost = delay.per_month
    return lost.mean if abs(lost.mean) > lost.half_width else 0.0


def _delay(stages: Stages, lever: Lever, place: int, ways: Sequence[int], candidate: Candidate) -> Delay:
    decision = stages.evaluator.decision
    tried = [(*candidate[:place], way, *candidate[place + 1 :]) for way in (0, *ways)]
    rows = decision.points * decision.replicates
    outcomes = stages.outcomes(f"start-{lever}", 0, tried, rows, by_point=True)
    without, *gains = (np.array(each.by_point) for each in outcomes)
    months = [decision.levers[place].settings[way - 1].from_ or decision.place.start for way in ways]
    first = month_number(months[0])
    after = [month_number(month) - first for month in months]
    return delay_of(lever, months, after, np.array(gains), without)


def _find_stretches(
    experiment: Experiment,
    decision: Decision,
    store: SearchStore,
    found: Decided,
    engine: Engine,
    progress: OnEvaluated | None,
) -> list[AtStretch]:
    """Return the recommended option among the named ones and pulling no lever, over narrower and wider ranges."""
    nothing = next(index for index, each in enumerate(found.options) if each.candidate == decision.nothing)
    names = list(dict.fromkeys((found.recommended, *found.named, nothing)))
    candidates = [found.options[index].candidate for index in names]
    costs = np.array([found.options[index].cost for index in names])
    fewer = at_fewer_points(decision)
    stretches: list[AtStretch] = []
    for stretch in STRETCHES:
        if stretch == 1.0:
            gains = np.array([found.options[index].by_point for index in names])
        else:
            stages = Stages(Evaluator(fewer, experiment.seed, stretch=stretch, engine=engine), store, progress)
            rows = fewer.points * fewer.replicates
            outcomes = stages.outcomes(f"stretched-{as_written(stretch)}", 0, candidates, rows, by_point=True)
            gains = np.array([each.by_point for each in outcomes])
        by_mean = next(
            each for each in choose_by_rules(gains, costs, seed=experiment.seed) if each.rule is Rule.HIGHEST_MEAN
        )
        stretches.append(AtStretch(stretch=stretch, is_tied=0 in by_mean.tied, ahead=float(gains[0].mean())))
    return stretches
