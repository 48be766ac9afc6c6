"""The choices, assumptions and events that people can change on the page, as data, and what payment follows from."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from pydantic import BaseModel

from simulation.levers import Lever
from simulation.model.payments import PROVIDER_RISK
from simulation.model.system import System
from simulation.parameters import TABLE, Parameters
from simulation.results.axes import Axes
from simulation.scenario.entries import ContractEntry, Event, Setting
from simulation.scenario.months import month_number
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

_TYPICAL = {"ramp": 1, "cost": 0.0}
"""Ramp in months and cost in £m a year of a lever that the file does not use."""


def levers_data(system: System) -> list[dict[str, Any]]:
    """Return every lever with its words, what it can act on, and its uses in the file.

    Args:
        system: The place.
    """
    scenario = system.scenario
    found = []
    for lever in Lever:
        acts_on = _acted_on(lever, system.axes)
        found.append(
            {
                "name": str(lever),
                "label": lever.label,
                "scope": str(lever.scope),
                "does": lever.does,
                "pulled_by": lever.pulled_by,
                "typical_cost": lever.typical_cost,
                "evidence": lever.evidence,
                "status": lever.status,
                "axis": "organisations" if lever.acts_on_organisations else "opportunities",
                "acts_on": [index for index, _ in acts_on],
                "ids": [each for _, each in acts_on],
                "uses": [_use(setting, scenario) for setting in scenario.levers.get(lever, ())],
                "typical": _TYPICAL,
            }
        )
    return found


def parameters_data(values: Parameters, held: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return every parameter with its words, its value and its limits, in the table's order.

    Args:
        values: The values in force.
        held: Names of the parameters that the file sets; they are held where assumptions are drawn.
    """
    rules = [str(rule) for rule in TrustRule]
    return [
        {
            **row._asdict(),
            **{name: float(getattr(row, name)) for name in ("default", "low", "high", "least", "most")},
            "value": float(getattr(values, row.name)),
            "choices": rules if row.name == "trust_rule" else None,
            "held": row.name in held,
        }
        for row in TABLE
    ]


def events_data(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the events of the file in its order, with months counted from the start.

    Args:
        scenario: The place.
    """
    return [_event(event, scenario) for event in scenario.events]


def payment_data(system: System) -> dict[str, Any]:
    """Return what shares after payment follow from.

    Args:
        system: The place.
    """
    axes, scenario = system.axes, system.scenario
    index = {organisation: o for o, organisation in enumerate(axes.organisations)}
    cost_shares: list[float | None] = []
    sides: list[str | None] = []
    for name in axes.opportunities:
        entry = axes.opportunity(name)
        if isinstance(entry, ContractEntry):
            cost_shares += [None for _ in entry.participants]
            sides += ["provider" if each == entry.provider else "commissioner" for each in entry.participants]
        else:
            cost_shares += entry.cost_shares().values()
            sides += [None for _ in entry.participants]
    contracts = [name in scenario.contracts for name in axes.opportunities]
    return {
        "risk": [
            PROVIDER_RISK[scenario.payment_of(name)] if is_contract else None
            for name, is_contract in zip(axes.opportunities, contracts, strict=True)
        ],
        "transfers": [
            each._asdict() | {"giver": index[each.giver], "receiver": index[each.receiver]} for each in system.transfers
        ],
        "cost_share": cost_shares,
        "side": sides,
        "paper_value": [
            None if is_contract else axes.programme(k).paper_value for k, is_contract in enumerate(contracts)
        ],
    }


def _acted_on(lever: Lever, axes: Axes) -> list[tuple[int, str]]:
    """Return index and id of everything that a lever can act on."""
    if lever.acts_on_organisations:
        return list(enumerate(axes.organisations))
    return [
        (k, each)
        for k, each in enumerate(axes.opportunities)
        if f"{axes.opportunity(each).kind}s" in lever.scope.sections
    ]


def _use(setting: Setting, scenario: Scenario) -> dict[str, Any]:
    return {
        "strength": float(setting.strength),
        "from": _month(setting.from_, scenario),
        "until": _month(setting.until, scenario),
        "ramp": int(setting.ramp),
        "cost": float(setting.cost),
        "only": _ids(setting.only),
        "written": _written(setting),
    }


def _event(event: Event, scenario: Scenario) -> dict[str, Any]:
    def month(name: str | None) -> int | None:
        return _month(name, scenario)

    as_data: dict[str, Callable[[Any], Any]] = {
        "month": month, "from_": month, "until": month, "organisation": str, "stance": str, "size": float, "only": _ids,
    }  # fmt: skip
    fields = type(event).model_fields
    known = {name.rstrip("_"): convert(getattr(event, name)) for name, convert in as_data.items() if name in fields}
    return {"event": str(event.event)} | known | {"written": _written(event)}


def _ids(only: Iterable[str] | None) -> list[str] | None:
    return None if only is None else list(only)


def _month(month: str | None, scenario: Scenario) -> int | None:
    """Return a month counted from the start, which may lie beyond the last."""
    return None if month is None else month_number(month) - month_number(scenario.start)


def _written(part: BaseModel) -> dict[str, Any]:
    """Return a part of the scenario as its file has it."""
    return part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
