"""Results of real runs, in the shape that the page's pictures draw: the same numbers as the page's own, from Python."""

from functools import cache
from typing import Any

import numpy as np

from simulation.analysis.bands import bands_of, month_of_half
from simulation.analysis.finance import finance_of
from simulation.execution.assumptions import sample_assumptions
from simulation.model.run import run_designs, run_ensemble
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from simulation.scenario.schema import Scenario
from tests.places import SCENARIOS, place, random_place, scenario

REPLICATES, POINTS = 64, 64


def results_of(subject: Scenario, replicates: int = REPLICATES, points: int = POINTS) -> dict[str, Any]:
    """What a scenario comes to, by chance and allowing for uncertain assumptions."""
    ensemble = run_ensemble(subject, replicates=replicates, seed=1, detail=("relationships",))
    varied = _varied(subject, points) if points else None
    return {
        "replicates": replicates,
        "cases": points,
        "gap": {
            "chance": _bands(ensemble["gap"]),
            "varied": varied and _bands(varied["gap"]),
            "do_nothing": np.median(ensemble["do_nothing"], axis=0).tolist(),
        },
        "last": {"chance": ensemble["gap"][:, -1].tolist(), "delivered": _delivered(ensemble)},
        "questions": {
            "runs": ensemble["population_first"].tolist(),
            "population_first": _bands(ensemble["population_first"]),
            "varied": varied and _bands(varied["population_first"]),
        },
        "trust": {"opening": build_system(subject).baseline.tolist(), **_trust(ensemble)},
        "organisations": {"outturns": ensemble.outturns.tolist()},
        "plan": _plan(ensemble),
        "money": _money(ensemble),
    }


@cache
def samples() -> dict[str, dict[str, Any]]:
    """Real places with two variants each, by name: the reference place, a tiny one, and one of many systems."""
    reference = load_scenario(SCENARIOS / "mid-south-essex.yaml")
    partnership = load_scenario(SCENARIOS / "mid-south-essex-partnership-full.yaml")
    tiny = scenario(place(title="Two organisations"))
    helped = scenario(place(title="Two organisations", levers={"coaching": {"strength": 0.9, "cost": 0.5}}))
    made_up = scenario(random_place(11))
    coached = scenario(random_place(11) | {"levers": {"coaching": {"strength": 0.9, "cost": 0.5}}})
    many, more = (replicate_systems(each, 42, title="Forty-two systems") for each in (reference, partnership))
    return {
        "reference": _sample(reference, partnership, REPLICATES),
        "tiny": _sample(tiny, helped, REPLICATES),
        "made up": _sample(made_up, coached, REPLICATES),
        "forty-two": _sample(many, more, 8, points=0),
        "one run": _sample(reference, partnership, 1, points=0),
    }


def _sample(baseline: Scenario, changed: Scenario, replicates: int, points: int = POINTS) -> dict[str, Any]:
    results = [results_of(each, replicates, points) for each in (baseline, changed)]
    return {
        "place": place_data(baseline, SCENARIOS / "place.yaml", date="2026-11-28"),
        "baseline": results[0],
        "results": results[1],
    }


def _varied(subject: Scenario, points: int) -> dict[str, Any]:
    designs = list(
        run_designs(sample_assumptions(points, seed=1), replicates=1, points=range(points), seed=1, place=subject)
    )
    return {name: np.vstack([each[name] for each in designs]) for name in ("gap", "population_first")}


def _bands(values: Any) -> dict[str, list[float]]:
    bands = bands_of(values)
    names = {"median": "median", "low90": "low_90", "high90": "high_90", "low50": "low_50", "high50": "high_50"}
    return {key: getattr(bands, name).tolist() for key, name in names.items()}


def _trust(ensemble: Ensemble) -> dict[str, Any]:
    assert ensemble.relationships is not None
    return {
        "months": list(ensemble.detail_months),
        "mean": ensemble.relationships.mean(axis=0).tolist(),
        "overall": _bands(ensemble["trust"]),
        "runs": ensemble["trust"].tolist(),
    }


def _plan(ensemble: Ensemble) -> list[dict[str, Any]]:
    axes, found = ensemble.axes, []
    for k in axes.programmes:
        entry = axes.programme(k)
        agreed, met, worth = (ensemble.agreement(name)[:, k] for name in ("agreed", "milestones_met", "worth"))
        month = month_of_half(agreed, axes.months)
        found.append(
            {
                "opportunity": k,
                "value": float(entry.paper_value),
                "agreed": float((~np.isnan(agreed)).mean()),
                "month": None if month is None else axes.months.index(month),
                "delivered": float((met / entry.milestones).mean() * entry.paper_value),
                "realised": float(worth.mean()),
            }
        )
    return found


def _delivered(ensemble: Ensemble) -> list[float]:
    met, programmes = ensemble.agreement("milestones_met"), ensemble.axes.programmes
    entries = [(k, ensemble.axes.programme(k)) for k in programmes]
    delivered = sum(met[:, k] / entry.milestones * entry.paper_value for k, entry in entries)
    return list(np.broadcast_to(delivered, len(ensemble)))


def _money(ensemble: Ensemble) -> dict[str, Any]:
    finance = finance_of(Study(ensemble=ensemble))
    items = {"gap": 1, "position": 1, "levers": -1, "set_up": -1}
    columns = {item: np.median(finance.by_year(item), axis=0) * sign for item, sign in items.items()}
    columns["lever_costs"] = columns.pop("levers")
    years = [{name: float(each[year]) + 0.0 for name, each in columns.items()} for year in range(len(finance.years))]
    return {"years": years, "position": finance.monthly["cumulative_position"].tolist()}
