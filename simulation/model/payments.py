"""Each participant's share after payment: who keeps what, under the contracts in force in each month.

A programme saves cost, and it moves activity. Income follows activity as far as the contracts leave the risk with the
commissioner, so a participant's share of the value is its saving in cost with the income that it receives and without
the income that it gives. In a contract, what is saved stays with the side that carries the risk. Nothing here depends
on chance. Source: docs/model.md#stance.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.rules.payment import (
    income_moved,
    part_of_amounts,
    risk_after_reform,
    risk_of_the_other,
    share_after_payment,
)
from simulation.model.rules.stance import gaining_part, losing_part
from simulation.results.axes import Axes
from simulation.scenario.entries import ActivityEntry, ContractEntry
from simulation.vocabulary import OpportunityKind, Payment

Floats = NDArray[np.float64]

_Contracts = dict[str, list[tuple[int, ContractEntry]]]
"""By provider: the index and the entry of each of its contracts."""

PROVIDER_RISK = {Payment.TARIFF: 0.0, Payment.BLOCK: 1.0, Payment.SHARED: 0.5}
"""The provider's part of the risk that activity differs from plan."""


class Transfer(NamedTuple):
    """Income that a programme moves between a commissioner and a provider, as far as contracts pay by activity."""

    programme: int
    """Index of the programme among the opportunities."""
    giver: str
    """The organisation that pays more, or is paid less."""
    receiver: str
    """The organisation that pays less, or is paid more."""
    income: float
    """The price of the activity in full, £m a year."""
    part: float
    """The commissioner's part of the move, 0–1."""
    contracts: tuple[tuple[int, float], ...]
    """The contracts that decide who carries the risk, each with its weight; the weights add up to 1."""

    def amount(self, risk: Sequence[float]) -> float:
        """Return what is transferred when the programme saves all its value on paper, £m a year.

        Args:
            risk: The provider's part of the risk in each contract, by index of the opportunity, 0–1.
        """
        together = 0.0
        for contract, weight in self.contracts:
            together += weight * risk[contract]
        return income_moved(self.income, self.part, together)


class Shares(NamedTuple):
    """Shares after payment, by month."""

    share: Floats
    """`[t, p]`, adds up to 1 within an opportunity."""
    gains: Floats
    """`[t, k]`, sum of the positive shares."""
    losses: Floats
    """`[t, k]`, sum of the negative shares without their sign."""


def find_transfers(axes: Axes) -> tuple[Transfer, ...]:
    """Return the transfers of all programmes in id order, those of one by the ids of the providers it moves between."""
    found: list[Transfer] = []
    contracts = _contracts_by_provider(axes)
    for k in axes.programmes:
        entry = axes.programme(k)
        participants = entry.participants
        for move in sorted(entry.activity, key=_between):
            found += _transfers_of(contracts, k, participants, move)
    return tuple(found)


def shares_by_month(axes: Axes, transfers: Sequence[Transfer], payment_reform: Floats) -> Shares:
    """Return each participant's share after payment.

    Args:
        axes: The axes of the place.
        transfers: The transfers of its programmes.
        payment_reform: `[t, k]`, strength of the lever on each contract, 0–1.
    """
    rows: dict[bytes, int] = {}
    row = [rows.setdefault(strength.tobytes(), len(rows)) for strength in payment_reform]
    months = [row.index(each) for each in range(len(rows))]
    risks = [provider_risks(axes, payment_reform[month].tolist()) for month in months]
    shares = [_shares(axes, transfers, risk) for risk in risks]
    starts = np.cumsum([0, *(len(axes.opportunity(k).participants) for k in axes.opportunities)]).tolist()
    gains = [[_sum(gaining_part, each[a:b]) for a, b in pairwise(starts)] for each in shares]
    losses = [[_sum(losing_part, each[a:b]) for a, b in pairwise(starts)] for each in shares]
    return Shares(*(np.array(each, dtype=np.float64)[row] for each in (shares, gains, losses)))


def provider_risks(axes: Axes, payment_reform: Sequence[float]) -> list[float]:
    """Return the provider's part of the risk in each contract, by index of the opportunity; 0 for a programme.

    Args:
        axes: The axes of the place.
        payment_reform: Strength of the lever on each opportunity, 0–1.
    """
    return [
        risk_after_reform(PROVIDER_RISK[axes.scenario.payment_of(name)], payment_reform[k])
        if axes.opportunity(name).kind is OpportunityKind.CONTRACT
        else 0.0
        for k, name in enumerate(axes.opportunities)
    ]


def _between(move: ActivityEntry) -> tuple[str, str, float]:
    """Return what puts moves in an order, so that the order in a file does not change the last bit of a sum."""
    return move.from_ or "", move.to or "", move.income


def _transfers_of(contracts: _Contracts, k: int, participants: Sequence[str], move: ActivityEntry) -> list[Transfer]:
    """Return the transfers of one move of activity; none if no commissioner in the programme feels it."""
    pays_for = move.from_ or move.to or ""
    feel = [(index, each) for index, each in contracts.get(pays_for, []) if each.commissioner in participants]
    amounts = 0.0
    for _, contract in feel:
        amounts += float(contract.amount)
    found = []
    for index, contract in feel:
        payer, income = contract.commissioner, float(move.income)
        part = part_of_amounts(float(contract.amount), amounts)
        if move.from_ is not None:
            found.append(Transfer(k, move.from_, payer, income, part, ((index, 1.0),)))
        if move.to is not None and (paid := _paid_under(contracts.get(move.to, []), payer)):
            found.append(Transfer(k, payer, move.to, income, part, paid))
    return found


def _contracts_by_provider(axes: Axes) -> _Contracts:
    named = axes.scenario.contracts
    found: _Contracts = {}
    for k, name in enumerate(axes.opportunities):
        if name in named:
            found.setdefault(named[name].provider, []).append((k, named[name]))
    return found


def _paid_under(with_provider: Sequence[tuple[int, ContractEntry]], payer: str) -> tuple[tuple[int, float], ...]:
    """Return the contracts under which a provider is paid: that of the two, else all of the provider by amount."""
    for k, each in with_provider:
        if each.commissioner == payer:
            return ((k, 1.0),)
    amounts = 0.0
    for _, each in with_provider:
        amounts += float(each.amount)
    return tuple((k, part_of_amounts(float(each.amount), amounts)) for k, each in with_provider)


def _shares(axes: Axes, transfers: Sequence[Transfer], risk: Sequence[float]) -> list[float]:
    """Return the shares of all participants of all opportunities, under one month's contracts."""
    received: dict[tuple[int, str], float] = {}
    for each in transfers:
        amount = each.amount(risk)
        received[each.programme, each.giver] = received.get((each.programme, each.giver), 0.0) - amount
        received[each.programme, each.receiver] = received.get((each.programme, each.receiver), 0.0) + amount
    shares = []
    for k, name in enumerate(axes.opportunities):
        entry = axes.opportunity(name)
        if isinstance(entry, ContractEntry):
            sides = {entry.provider: risk[k], entry.commissioner: risk_of_the_other(risk[k])}
            shares += [sides[each] for each in entry.participants]
        else:
            value = entry.paper_value
            shares += [
                share_after_payment(cost_share, received.get((k, each), 0.0), value)
                for each, cost_share in entry.cost_shares().items()
            ]
    return shares


def _sum(part: Callable[[float], float], shares: Sequence[float]) -> float:
    total = 0.0
    for share in shares:
        total += part(share)
    return total
