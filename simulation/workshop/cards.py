"""The content of the cards: one for each lever, and one for each organisation with its programmes and contracts.

A card says what an organisation gains or loses on paper. It never says who held anything up, and it is not a forecast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

import numpy as np

from simulation.charts.drawing.lettering import drawable
from simulation.formatting import capital, pounds, range_words
from simulation.levers import Lever, Status
from simulation.model.payments import find_transfers, shares_by_month
from simulation.results.axes import Axes, axes_of
from simulation.scenario.paths import costs_in_full
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Payment, Role

MOST_ROLES = 24
"""The most organisations that have a card."""

MOST_ROWS = 20
"""The most programmes, or contracts, that a card lists; it gives the sum of the smaller ones."""

LONGEST_NAME = 240
"""Letters of a name that are kept before it is fitted to a card."""

QUESTIONS = ("What does this mean for my organisation?", "What could I contribute for the population?")

STATUS: dict[Status, str] = {
    "evidence": "Published work, mostly in other settings, speaks to it; how strong it is here is judgement.",
    "assumed": "Assumed: we know of no published work that measures its size.",
}

PAYMENTS = {
    Payment.TARIFF: "Tariff: paid by activity; the commissioner carries the risk.",
    Payment.BLOCK: "Block: a fixed sum; the provider carries the risk.",
    Payment.SHARED: "Shared: each carries half of the risk.",
}
"""How a contract pays, and the side that carries the risk that activity differs from plan."""


@dataclass(frozen=True, kw_only=True)
class LeverCard:
    """A lever in a board's words.

    Attributes:
        label: Its name.
        does: Its effect.
        pulled_by: The people who can decide to use it.
        cost_head: The kind of cost: typical, or of this place.
        cost: The cost in words.
        evidence: The evidence for its effect.
        status: The meaning of the evidence.
    """

    label: str
    does: str
    pulled_by: str
    cost_head: str
    cost: str
    evidence: str
    status: str


class Row(NamedTuple):
    """A programme or a contract on a card."""

    name: str
    """Title of the programme, or name of the other side of the contract."""
    middle: str
    """The programme's value to all, or how the contract pays."""
    amount: str
    """£m a year to this organisation."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A list on a card.

    Attributes:
        head: The heading.
        columns: The heads of its two columns of figures.
        rows: The rows, the largest amount first.
        note: A sentence below it, on how to read it.
    """

    head: str
    columns: tuple[str, str]
    rows: tuple[Row, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class RoleCard:
    """An organisation's card.

    Attributes:
        name: Its name.
        role: Its role, with its sector.
        income: Its income in words.
        sections: Its programmes and its contracts.
    """

    name: str
    role: str
    income: str
    sections: tuple[Section, ...]


def lever_cards(place: Scenario) -> tuple[LeverCard, ...]:
    """Return a card for each lever of the model, with the place's own cost where its file gives one."""
    return tuple(
        LeverCard(
            label=lever.label,
            does=lever.does,
            pulled_by=f"{capital(lever.pulled_by)}.",
            **_cost(place, lever),
            evidence=f"{capital(lever.evidence)}.",
            status=STATUS[lever.status],
        )
        for lever in Lever
    )


def chosen_organisations(place: Scenario) -> tuple[str, ...]:
    """Return the ids of the organisations that have a card, in the order of the file: at most those of most income."""
    names = list(place.organisations)
    by_income = sorted(names, key=lambda name: (-float(place.organisations[name].income), name))
    chosen = set(by_income[:MOST_ROLES])
    return tuple(name for name in names if name in chosen)


def role_cards(place: Scenario) -> tuple[RoleCard, ...]:
    """Return the card of each chosen organisation."""
    axes = axes_of(place)
    gains = _gains(axes)
    return tuple(_role_card(axes, name, gains.get(name, {})) for name in chosen_organisations(place))


def title_of(place: Scenario) -> str:
    """Return the place's title as it can be printed."""
    return printable(place.title, "This place")


def printable(text: str, otherwise: str) -> str:
    """Return a text on one line, without what the fonts cannot draw.

    Args:
        text: Any text; only its first letters are kept.
        otherwise: The text to use if nothing of it can be drawn.
    """
    shown = drawable(text)
    return f"{shown[:LONGEST_NAME].rstrip()}…" if len(shown) > LONGEST_NAME else shown or otherwise


def _cost(place: Scenario, lever: Lever) -> dict[str, str]:
    """Return the heading and the words of a lever's cost: of all its settings that act within the run together."""
    acting = [each for each in place.levers.get(lever, ()) if costs_in_full(place, [each])]
    if not any("cost" in each.model_fields_set for each in acting):
        return {"cost_head": "Typical cost", "cost": f"{capital(lever.typical_cost)}."}
    costs = costs_in_full(place, acting)
    low, high = min(costs), max(costs)
    amount = f"{range_words(low, high)} a year{'' if pounds(low) == pounds(high) else ', by month,'}"
    which = f" with its {len(acting)} settings" if len(acting) > 1 else ""
    words = f"{amount}{which} at full strength" if high > 0 else "Nothing is charged"
    return {"cost_head": "Cost in this place", "cost": f"{words}, as its file has it."}


def _gains(axes: Axes) -> dict[str, dict[str, float]]:
    """Return £m a year on paper by organisation and programme: the saving in cost, and the income that it moves."""
    no_lever = np.zeros((1, len(axes.opportunities)))
    shares = shares_by_month(axes, find_transfers(axes), no_lever).share[0].tolist()
    gains: dict[str, dict[str, float]] = {}
    for (opportunity, organisation), share in zip(axes.memberships, shares, strict=True):
        if opportunity in axes.scenario.programmes:
            value = axes.scenario.programmes[opportunity].paper_value
            gains.setdefault(organisation, {})[opportunity] = value * share
    return gains


def _role_card(axes: Axes, name: str, gains: dict[str, float]) -> RoleCard:
    entry = axes.organisation(name)
    sector = printable(entry.sector or "", "")
    return RoleCard(
        name=printable(axes.organisation_name(name), name),
        role=capital(str(entry.role)) + (f", {sector}" if sector and sector != str(entry.role) else ""),
        income=f"Income {pounds(float(entry.income))} a year",
        sections=(_programmes(axes, gains), _contracts(axes, name)),
    )


def _programmes(axes: Axes, gains: dict[str, float]) -> Section:
    entries = axes.scenario.programmes
    order = sorted(gains, key=lambda each: (-abs(gains[each]), each))
    rows = [
        Row(
            printable(axes.opportunity_title(each), each),
            pounds(entries[each].paper_value),
            pounds(gains[each], signed=True),
        )
        for each in order[:MOST_ROWS]
    ]
    left = order[MOST_ROWS:]
    if left:
        value, gain = fsum(entries[each].paper_value for each in left), fsum(gains[each] for each in left)
        rows.append(Row(f"and {len(left):,} more", pounds(value), pounds(gain, signed=True)))
    return Section(
        head="Programmes, a year" if rows else "You take part in no programme",
        columns=("in all", "for you"),
        rows=tuple(rows),
        note="For you: your saving in cost, with income that moves to or from you as contracts pay, before any lever.",
    )


def _contracts(axes: Axes, name: str) -> Section:
    place = axes.scenario
    pays = place.organisations[name].role is Role.COMMISSIONER
    own = [each for each, entry in place.contracts.items() if name in (entry.commissioner, entry.provider)]
    order = sorted(own, key=lambda each: (-float(place.contracts[each].amount), each))
    rows = list(_contract_rows(axes, order[:MOST_ROWS], pays=pays))
    left = order[MOST_ROWS:]
    if left:
        rows.append(
            Row(f"and {len(left):,} more", "", pounds(fsum(float(place.contracts[each].amount) for each in left)))
        )
    kinds = {place.payment_of(each) for each in order}
    return Section(
        head=("You pay, a year" if pays else "You are paid by, a year") if rows else "You have no contract",
        columns=("how", "amount"),
        rows=tuple(rows),
        note=" ".join(words for kind, words in PAYMENTS.items() if kind in kinds),
    )


def _contract_rows(axes: Axes, contracts: Sequence[str], *, pays: bool) -> Iterator[Row]:
    for each in contracts:
        entry = axes.scenario.contracts[each]
        other = entry.provider if pays else entry.commissioner
        yield Row(
            printable(axes.organisation_name(other), other),
            str(axes.scenario.payment_of(each)),
            pounds(float(entry.amount)),
        )
