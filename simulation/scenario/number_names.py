"""The names of a place's own numbers as people say them, in place of their addresses in files."""

from simulation.formatting import capital, month_words
from simulation.levers import Lever
from simulation.scenario.entries import Breach, CostShock, GripShock
from simulation.scenario.own_numbers import UncertainNumber
from simulation.scenario.problems import Path
from simulation.scenario.schema import Scenario

_FIELDS = {
    "organisations.income": "income",
    "organisations.deficit_share": "weight in the gap before any savings",
    "organisations.efficiency_pool": "what own efficiency can save",
    "organisations.orientation": "weight on the population at the start",
    "organisations.lead_capacity": "programmes that it can lead",
    "contracts.amount": "amount",
    "programmes.value": "value on paper",
    "programmes.benefit": "benefit to the population",
    "programmes.milestones": "milestones",
    "programmes.set_up_cost": "cost of setting up",
}


def number_name(place: Scenario, number: UncertainNumber) -> str:
    """Return the name of a number in words: its organisation, programme, contract or lever, and what it is of it.

    Args:
        place: The place.
        number: One of its own numbers, or a parameter, which goes by its address.
    """
    return _own(place, number.path) or number.where


def setting_words(index: int) -> str:
    """Return which of a lever's settings is meant, after a space: (setting 2).

    Args:
        index: Its index in the lever's list, from 0.
    """
    return f" (setting {index + 1})"


def _own(place: Scenario, path: Path) -> str:
    """Return the name of an own number; nothing for one that goes by its address."""
    match path:
        case ("do_nothing", str(month)):
            return f"Gap before any savings, {month_words(month)}"
        case ("levers", str(name), *index, "cost") if name in set(Lever):
            return f"{Lever(name).label}: cost{setting_words(int(index[0])) if index and index != [0] else ''}"
        case ("relationships", "overrides", int(index), "trust"):
            pair = place.relationships.overrides[index]
            return f"Opening trust of {_organisation(place, pair.of)} in {_organisation(place, pair.in_)}"
        case ("events", int(index), "size"):
            return _event(place, index)
        case ("organisations" | "contracts" | "programmes" as section, str(name), *rest):
            what = _what(place, path) or _FIELDS.get(f"{section}.{rest[-1]}", "")
            return what and f"{_name(place, section, name)}: {what}"
    return ""


def _event(place: Scenario, index: int) -> str:
    """Return the name of the size of an event: what happens, to whom and in which month."""
    match place.events[index]:
        case Breach(organisation=who, month=month):
            return f"Trust in {_organisation(place, who)} that is lost by a breach, {month_words(month)}"
        case CostShock(month=month):
            return f"Rise of the gap before any savings, {month_words(month)}"
        case GripShock(from_=month):
            return f"Extra pressure of regulators from {month_words(month or place.start)}"
    return ""


def _what(place: Scenario, path: Path) -> str:
    """Return what a number in a table of an organisation or programme is; nothing for another number."""
    match path:
        case ("organisations", _, "skills", str(domain)):
            return f"skill in {domain.replace('_', ' ')}"
        case ("programmes", _, "saves", str(who)):
            return f"saving of {_organisation(place, who)}"
        case ("programmes", _, "shares", str(who)):
            return f"share of the saving of {_organisation(place, who)}"
        case ("programmes", str(name), "activity", int(index), "income"):
            move = place.programmes[name].activity[index]
            ends = (("from", move.from_), ("to", move.to))
            return f"income that moves{''.join(f' {way} {_organisation(place, who)}' for way, who in ends if who)}"
    return ""


def _name(place: Scenario, section: str, name: str) -> str:
    if section == "organisations":
        return _organisation(place, name)
    if section == "programmes":
        return place.programmes[name].title or capital(name)
    contract = place.contracts[name]
    ends = f"{_organisation(place, contract.commissioner)} with {_organisation(place, contract.provider)}"
    return contract.title or f"Contract of {ends}"


def _organisation(place: Scenario, name: str) -> str:
    return place.organisations[name].name or capital(name)
