"""Studies whose gap rises, falls and stays, and places that are hard to draw; each is made once."""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from simulation import run_comparison
from simulation.charts import CHARTS, OF_COMPARISONS, Chart, reason_unavailable
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.indices import OutcomeIndices, ParameterIndices, Sensitivity
from simulation.results.lever_combinations import LeverCombinations
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from tests.made_up_cases import made_up_case
from tests.places import place

HARD_NAME = "The <script>alert(1)</script> $x_1$ & عربى 🏥 Trust of Sixty Characters"
OBSERVED = {f"2020-{month:02d}": 18.0 + month % 3 for month in range(4, 12)} | {"2021-06": 40.0}
TRUST = {"value": 0.45, "low": 0.4, "high": 0.52, "source": "survey of June 2020, 30 respondents"}
PARTNERSHIP = {lever: {"strength": 1.0} for lever in Lever if lever is not Lever.TOP_DOWN_INSTRUCTION}

PLACES = {
    "no joint action": place(months=24),
    "partnership": place(months=24, levers=PARTNERSHIP),
    "instruction": place(months=24, levers={Lever.TOP_DOWN_INSTRUCTION: {"strength": 1.0}}),
    "gap grows": place(
        months=12, events=[{"event": "cost_shock", "month": "2020-08", "size": 30}], do_nothing={"2020-04": 5.0}
    ),
    "gap closes": place(
        months=40,
        do_nothing={"2020-04": 4.0},
        target=1.0,
        organisations={
            "a": {"role": "commissioner", "income": 100.0, "efficiency_pool": 6.0},
            "b": {"role": "provider", "income": 200.0, "efficiency_pool": 6.0},
        },
    ),
    "nowhere": place(
        months=6,
        organisations={"a": {"role": "commissioner", "income": 100.0}, "b": {"role": "provider", "income": 100.0}},
    ),
    "three months": place(months=3),
    "one month": place(months=1),
    "no contracts": place(contracts={}),
    "no programmes": place(programmes={}),
    "not yet open": place(
        contracts={}, programmes={"care": {"value": 6, "shares": {"a": 0.5, "b": 0.5}, "from": "2020-09"}}
    ),
    "observed": place(
        months=24,
        observed={
            "gap": {f"2020-{month:02d}": 18.0 + month % 3 for month in range(4, 12)} | {"2021-06": 40.0},
            "outturns": [{"organisations": ["b"], "by_year": {"2020/21": -9.0}}],
            "trust": [{"by_month": {"2020-06": TRUST, "2021-06": 0.5, "2024-06": 0.6}}],
        },
    ),
    "seldom observed": place(
        months=24,
        observed={"gap": {"2020-10": 18.0, "2021-10": 17.0}, "trust": [{"by_month": {"2020-04": TRUST}}]},
    ),
    "hard names": place(
        title=HARD_NAME,
        observed={"gap": {"2020-06": 19.0}, "trust": [{"by_month": {"2020-06": TRUST | {"source": HARD_NAME}}}]},
        organisations={
            each: {"role": role, "income": 100.0, "name": f"{HARD_NAME} {each}", "efficiency_pool": 2}
            for each, role in (("a", "commissioner"), ("b", "provider"))
        },
        programmes={"care": {"value": 6, "shares": {"a": 0.5, "b": 0.5}, "title": f"=cmd() {HARD_NAME}"}},
    ),
}


@cache
def study_of(name: str, replicates: int = 8) -> Study:
    """Return a study of one of the places, with bounds and assumptions varied."""
    scenario = Scenario.model_validate(PLACES[name])
    results = run_comparison({name: scenario}, replicates=replicates, seed=1, supporting_runs=True, made="2026-01-01")
    return replace(results.studies[name], version="0.0.0")


@cache
def comparison_of(name: str, replicates: int = 8, *, varied: bool = True) -> Comparison:
    """Return a place and another one, and an attribution between them: all that charts of scenarios need."""
    own, other = study_of(name, replicates), study_of("nowhere", replicates)
    if not varied:
        own, other = replace(own, assumptions=None), replace(other, assumptions=None)
    gaps = own.ensemble["gap"][:, -1]
    return Comparison(
        name="c",
        title=PLACES[name]["title"],
        seed=1,
        replicates=replicates,
        model="0.0.0",
        made="2026-01-01",
        scenario=own.ensemble.scenario,
        cases=(
            made_up_case(label=HARD_NAME if name == "hard names" else "as it is", variant="a", gaps=gaps, study=own),
            made_up_case(label="the other", variant="b", gaps=other.ensemble["gap"][:, -1], study=other, baseline=0),
        ),
        attribution=LeverCombinations(
            first="as it is",
            second="the other",
            levers=("coaching", "everything_else"),
            gaps=gaps[:, None, None] - np.array([[0.0, 2.0], [-1.0, 5.0]]),
        ),
    )


@cache
def with_levers(name: str, replicates: int = 8) -> Comparison:
    """Return a place as it is, and the same place with levers: all that a comparison of its organisations needs."""
    plain, label = PLACES[name], HARD_NAME if name == "hard names" else "with levers"
    scenarios = {"as it is": plain, label: plain | {"levers": {Lever.MENU_FRAMING: {"strength": 1.0, "cost": 0.6}}}}
    results = run_comparison(
        {each: Scenario.model_validate(written) for each, written in scenarios.items()},
        replicates=replicates,
        seed=1,
        made="2026-01-01",
    )
    return replace(results, model="0.0.0")


@cache
def on_a_front(name: str, replicates: int) -> Comparison:
    """Return a place as it is, and with levers that cost little, much, and much for nothing: all that a front needs."""
    plain, label = PLACES[name], HARD_NAME if name == "hard names" else "a little"
    used = {
        label: {Lever.MENU_FRAMING: {"strength": 1.0, "cost": 0.6}},
        "much": {lever: {"strength": 1.0, "cost": 0.5} for lever in (Lever.COACHING, Lever.SUPERORDINATE_GOAL)},
        "much for nothing": {Lever.CELEBRATION: {"strength": 0.1, "cost": 11.0}},
    }
    scenarios = {"as it is": plain | {"levers": {}}} | {each: plain | {"levers": use} for each, use in used.items()}
    results = run_comparison(
        {each: Scenario.model_validate(written) for each, written in scenarios.items()},
        replicates=replicates,
        seed=1,
        supporting_runs=True,
        made="2026-01-01",
    )
    return replace(results, model="0.0.0")


@cache
def varied_of(name: str, replicates: int, design: str) -> Comparison:
    """Return a place with one thing varied: the month in which levers start, or all in a Sobol sample."""
    own = study_of(name, replicates)
    gaps, scenario = own.ensemble["gap"][:, -1], own.ensemble.scenario
    if design == "grid":
        factors: tuple[str, ...] = ("levers.*.from",)
        values = [{}, {factors[0]: "2020-04"}, {factors[0]: "2020-10"}, {factors[0]: "2021-04"}]
        moved = [6.0, 0.0, 1.0, 3.0]
    else:
        factors = ("parameters.opening_trust", "levers.coaching.strength")
        moved = [float(x) for x in np.sin(np.arange(8 * 4))]
        values = [dict.fromkeys(factors, 0.5)] * len(moved)
    return Comparison(
        name="c",
        title=PLACES[name]["title"],
        seed=1,
        replicates=replicates,
        model="0.0.0",
        made="2026-01-01",
        scenario=scenario,
        cases=tuple(
            made_up_case(label=f"case {n}", variant="a" if value else "without", values=value, gaps=gaps + more)
            for n, (value, more) in enumerate(zip(values, moved, strict=True))
        ),
        factors=factors,
        choices=factors if design == "grid" else (),
        design=design,
    )


@cache
def over_grid(name: str, replicates: int, assumptions: int) -> Comparison:
    """Return three choices of a place over a grid of one or two assumptions, with made-up effects."""
    own = study_of(name, replicates)
    gaps, scenario = own.ensemble["gap"][:, -1], own.ensemble.scenario
    grid = {"parameters.opening_trust": (0.2, 0.4, 0.6), "parameters.trust_rule": ("linear", "confirmatory")}
    factors = tuple(grid)[:assumptions]
    labels = ("no joint action", "instruction", HARD_NAME if name == "hard names" else "partnership")
    cases = [
        made_up_case(
            label=f"{label}, {values}",
            variant=label,
            values=dict(zip(factors, values, strict=True)),
            gaps=(left := gaps + 10 * choice * (1 - 2 * float(values[0])) + (values[-1] == "linear")),
            positions=-left,
        )
        for choice, label in enumerate(labels)
        for values in product(*list(grid.values())[:assumptions])
    ]
    return Comparison(
        name="c",
        title=PLACES[name]["title"],
        seed=1,
        replicates=replicates,
        model="0.0.0",
        made="2026-01-01",
        scenario=scenario,
        cases=tuple(cases),
        factors=factors,
    )


def results_of(chart: str, name: str, replicates: int = 8) -> Study | Comparison:
    """Return the results that a chart is drawn from."""
    if chart in {"too_late", "drivers"}:
        return varied_of(name, replicates, "grid" if chart == "too_late" else "sobol")
    if chart in {"gap_by_point", "best_by_point", "gap_by_factor"}:
        return over_grid(name, replicates, 1 if chart == "gap_by_factor" else 2)
    made = {
        "sensitivity": with_indices,
        "tornado": with_many_points,
        "information": with_many_sets,
        "front": on_a_front,
    }
    if chart in made:
        return made[chart](name, replicates)
    if chart in {"who_gains", "money", "gap_over_time", "trust_over_time"}:
        return with_levers(name, replicates)
    return comparison_of(name, replicates) if chart in OF_COMPARISONS else study_of(name, replicates)


@cache
def with_indices(name: str, replicates: int) -> Comparison:
    """Return a comparison with made-up Sobol indices of every parameter, for a pair of choices with names as given."""
    return add_indices(comparison_of(name, replicates))


def add_indices(results: Comparison) -> Comparison:
    """Return a comparison with made-up Sobol indices of every parameter, for a pair of choices with names as given."""
    choices = [case.label for case in results.cases]
    rows = tuple(
        ParameterIndices(
            factor=f"parameters.{row.name}",
            values={"total": 0.6 / (n + 1), "first": 0.4 / (n + 1) - 0.02, "shapley": 0.5 / (n + 1)},
            half_widths={"total": 0.05, "first": 0.06, "shapley": 0.01},
            dummy=0.02,
            is_clear=n < 8,
        )
        for n, row in enumerate(TABLE)
    )
    about = {"quantity": "gap", "mean": 5.0, "sd": 3.0, "chance": 0.1, "chance_index": 0.1, "parameters": rows}
    outcomes = [OutcomeIndices(choice=each, against="", **about) for each in choices]
    outcomes.append(OutcomeIndices(choice=choices[1], against=choices[0], **about))
    outcomes += [replace(each, quantity="position") for each in outcomes]
    found = Sensitivity(
        method="sobol", name="c", title=results.title, points=64, designs=64 * 43, replicates=4, stretch=1.0, seed=1,
        model="0.0.0", made="2026-01-01", scenarios={}, outcomes=tuple(outcomes),
    )  # fmt: skip
    return replace(results, sensitivity=(found,))


@cache
def with_many_sets(name: str, replicates: int) -> Comparison:
    """Return a place and another one at many sets of assumptions, where opening trust decides which is better."""
    return vary_at_many_sets(comparison_of(name, replicates), replicates)


def vary_at_many_sets(comparison: Comparison, replicates: int) -> Comparison:
    """Return a comparison with made-up positions at many sets of assumptions, where opening trust decides."""
    points = 80
    drawn = np.random.default_rng(1).uniform(size=(len(TABLE), points))
    parameters = {row.name: row.low + (row.high - row.low) * part for row, part in zip(TABLE, drawn, strict=True)}
    trust = (parameters["opening_trust"] - 0.41) / 0.15
    chance = np.random.default_rng(2).normal(size=(points, min(3, replicates)))
    cases = []
    for number, case in enumerate(comparison.cases):
        last = ((20.0 * number) * trust[:, np.newaxis] + chance).reshape(-1, 1)
        position = np.repeat(last, case.study.ensemble.scenario.months, axis=1)
        sample = Replicates(columns={"gap": -position, "cumulative_position": position}, parameters=parameters)
        cases.append(replace(case, study=replace(case.study, assumptions=sample)))
    return replace(comparison, cases=tuple(cases))


@cache
def with_many_points(name: str, replicates: int) -> Study:
    """Return a study whose assumptions were varied at enough points to tell them apart."""
    return vary_at_many_points(study_of(name, replicates))


def vary_at_many_points(study: Study) -> Study:
    """Return a study with made-up gaps at enough points to tell the effects of three assumptions apart."""
    drawn = np.random.default_rng(1).uniform(size=(3, 40))
    months = study.ensemble.scenario.months
    gap = np.repeat((20 - 9 * drawn[0] + 4 * drawn[1])[:, None], months, axis=1)
    names = ("opening_trust", "trust_rule", "exposure")
    rows = [next(row for row in TABLE if row.name == name) for name in names]
    parameters = {row.name: row.low + (row.high - row.low) * part for row, part in zip(rows, drawn, strict=True)}
    columns = {"gap": gap, "cumulative_position": -gap}
    return replace(study, assumptions=Replicates(columns=columns, parameters=parameters))


def can_be_drawn(chart: str, name: str, replicates: int = 8) -> bool:
    """True if these results have what the chart shows; only four charts show observed numbers."""
    if "observed" in name and chart not in {"actuals", "observed_trust", "reported", "trajectory"}:
        return False
    return reason_unavailable(chart, results_of(chart, name, replicates)) is None


@cache
def chart_of(chart: str, name: str, replicates: int = 8) -> Chart:
    """Draw one chart of one of the places, once; tests only read it."""
    if not can_be_drawn(chart, name, replicates):
        pytest.skip(f"{name} has nothing for {chart}")
    return CHARTS[chart](results_of(chart, name, replicates))


@pytest.fixture(params=list(PLACES))
def place_name(request):
    return request.param
