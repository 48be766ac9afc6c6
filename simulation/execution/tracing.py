"""An organisation's books, traced month by month from contracts and programmes to its position.

The engines keep each organisation's position as one number a month. Here the same number is taken apart again, with the
rules by which it was put together, from the worth of programmes and the yield of contracts that results keep as detail.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.levers import Lever
from simulation.model.payments import Transfer, provider_risks
from simulation.model.rules.delivery import set_up_due, set_up_instalment
from simulation.model.rules.stance import share_after_gain_share
from simulation.model.system import System, build_system
from simulation.results.dates import first_days
from simulation.results.ensemble import DETAIL, Ensemble, Keep
from simulation.results.financial_year import financial_years
from simulation.results.trajectory import Trajectory
from simulation.scenario.entries import ContractEntry

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


class Entry(NamedTuple):
    """One line of an organisation's books."""

    item: str
    """One of `ITEMS`."""
    amounts: Floats
    """`[replicate, month]`, £m this month; below 0 it costs the organisation."""
    programme: str | None = None
    contract: str | None = None
    """The contract of the organisation with its partner; None if they have none, or the line is of no payment."""
    partner: str | None = None
    """The organisation at the other end."""


class PaymentChange(NamedTuple):
    """The change in what a commissioner pays a provider because a programme moves activity."""

    programme: str
    payer: str
    """The commissioner."""
    payee: str
    """The provider."""
    contract: str | None
    """The contract of the two; None if they have none, and income follows activity as the provider's contracts pay."""
    amounts: Floats
    """`[replicate, month]`, £m a year; below 0 the commissioner pays less."""


ITEMS = (
    "do_nothing",
    "efficiency",
    "saving_in_cost",
    "income",
    "gain_share",
    "contract_yield",
    "cost_shift",
    "set_up",
    "levers",
)
"""The items of an organisation's position, in the order in which to read them."""


def trace_books(results: Trajectory | Ensemble, organisation: str) -> "pd.DataFrame":
    """Return everything that makes up an organisation's position, month by month.

    The amounts of a replicate and month add up to the organisation's position as results record it, and those of a
    financial year to its outturn. Lines that are 0 in every month are left out.

    | item | amount |
    |---|---|
    | `do_nothing` | its part of the gap before any savings |
    | `efficiency` | its own efficiency work |
    | `saving_in_cost` | its part of what a programme saves in cost |
    | `income` | income that it gains or gives up to a partner as a programme moves activity |
    | `gain_share` | what it receives from those who gain by a programme, or gives to those who lose |
    | `contract_yield` | its part of what managing a contract together saves |
    | `cost_shift` | what it takes from the other side of a contract, or loses to it |
    | `set_up` | its part of setting a programme up |
    | `levers` | its part of the cost of levers |

    Args:
        results: One replicate, such as `TrustModel(scenario, seed=1).run()`; or several, run with
            `detail=("organisations", "opportunities")`.
        organisation: Its id, its name, or a part of its name that no other has.

    Returns:
        A row for each replicate, line and month: replicate, month (counted from 0), date (its first day), year
        (the financial year), item, programme, contract (that of the organisation with its partner; empty where they
        have none, and then income follows activity as all contracts of the provider pay on average), partner, amount
        (£m this month; below 0 it costs the organisation).

    Raises:
        ValueError: If there is no such organisation, or the detail was not kept for all months.
    """
    import pandas as pd

    ensemble = _with_detail(results, ("organisations", "opportunities"))
    organisation = ensemble.scenario.organisation_id(organisation)
    years = [year.label for year in financial_years(ensemble.axes.months) for _ in range(year.first, year.until)]
    months = len(years)
    frames = [
        pd.DataFrame(
            {
                "replicate": np.repeat(ensemble.replicates, months),
                "month": np.tile(np.arange(months), len(ensemble)),
                "date": np.tile(first_days(ensemble.scenario.start, np.arange(months)), len(ensemble)),
                "year": years * len(ensemble),
                "item": entry.item,
                "programme": entry.programme,
                "contract": entry.contract,
                "partner": entry.partner,
                "amount": entry.amounts.ravel() + 0.0,
            }
        )
        for entry in _entries(ensemble, organisation)
        if entry.amounts.any()
    ]
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["replicate", "month"], kind="stable", ignore_index=True)


def payment_changes(results: Trajectory | Ensemble) -> Iterator[PaymentChange]:
    """Yield how programmes change what commissioners pay providers, each payment of a programme, in id order.

    Args:
        results: One replicate; or several, run with `detail=("opportunities",)`.

    Raises:
        ValueError: If the detail was not kept for all months.
    """
    ensemble = _with_detail(results, ("opportunities",))
    books = _Books(ensemble)
    for transfer in books.system.transfers:
        gives = books.is_commissioner_of(transfer.giver, transfer)
        payer, payee = (transfer.giver, transfer.receiver) if gives else (transfer.receiver, transfer.giver)
        programme = ensemble.axes.opportunities[transfer.programme]
        amounts = books.moved(transfer)
        contract = books.contract_of(transfer)
        yield PaymentChange(programme, payer, payee, contract, amounts if gives else 0.0 - amounts)


def _with_detail(results: Trajectory | Ensemble, tables: tuple[str, ...]) -> Ensemble:
    """Return results as replicates that hold some tables for all months."""
    if isinstance(results, Trajectory):
        return Ensemble.gather([results], Keep.of(len(results.axes.months), DETAIL))
    missing = [name for name in tables if getattr(results, name) is None]
    if missing or len(results.detail_months) != len(results.axes.months):
        kept = ", ".join(map(repr, tables))
        message = f"the books need every month of some tables; run again with detail=({kept},)"
        raise ValueError(message)
    return results


class _Books:
    """The sources of every organisation's books."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble, self.axes = ensemble, ensemble.axes
        self.system: System = build_system(ensemble.scenario)
        strength = self.system.schedule.strength
        self.risk = np.array([provider_risks(self.axes, row.tolist()) for row in strength[Lever.PAYMENT_REFORM]])
        """`[month, opportunity]`, the provider's part of the risk in a contract."""
        self.agreed = ensemble.agreement("agreed")

    def detail(self, column: str, k: int) -> Floats:
        """Return a column of one opportunity, `[replicate, month]`; 0 before it opens."""
        values = cast("Floats", self.ensemble.opportunities)[:, :, k, columns.index_of(columns.OPPORTUNITIES, column)]
        return np.nan_to_num(values, nan=0.0)

    def part_done(self, k: int) -> Floats:
        """Return a programme's worth as a part of its value on paper, `[replicate, month]`."""
        return self.detail("worth", k) / float(self.axes.programme(k).paper_value)

    def moved(self, transfer: Transfer) -> Floats:
        """Return what a giver transfers, `[replicate, month]`, £m a year."""
        by_month: Floats = np.array([transfer.amount(risk) for risk in self.risk.tolist()])
        return self.part_done(transfer.programme) * by_month

    def contract_of(self, transfer: Transfer) -> str | None:
        """Return the contract of a transfer's two sides; None if they have none, and those of others decide on it."""
        name, contract = self._deciding(transfer)
        return name if contract.commissioner in (transfer.giver, transfer.receiver) else None

    def is_commissioner_of(self, organisation: str, transfer: Transfer) -> bool:
        """True if an organisation is the side of a transfer that pays for care."""
        return organisation != self._deciding(transfer)[1].provider

    def _deciding(self, transfer: Transfer) -> tuple[str, ContractEntry]:
        """Return the first of the contracts that decide who carries the risk; all of them are of one provider."""
        name = self.axes.opportunities[transfer.contracts[0][0]]
        return name, self.axes.scenario.contracts[name]


def _entries(ensemble: Ensemble, organisation: str) -> Iterator[Entry]:
    """Yield the lines of an organisation's books, in the order of `ITEMS`."""
    books = _Books(ensemble)
    by_item: dict[str, list[Entry]] = {item: [] for item in ITEMS}
    for entry in (
        *_whole(books, organisation),
        *_of_programmes(books, organisation),
        *_of_contracts(books, organisation),
    ):
        by_item[entry.item].append(entry)
    for entries in by_item.values():
        yield from entries


def _whole(books: _Books, organisation: str) -> Iterator[Entry]:
    """Yield the lines that belong to no programme and no contract."""
    ensemble, system, o = books.ensemble, books.system, books.axes.organisations.index(organisation)
    efficiency = cast("Floats", ensemble.organisations)[:, :, o, columns.index_of(columns.ORGANISATIONS, "efficiency")]
    levers = np.broadcast_to(system.schedule.lever_cost * system.income_share[o] / 12, efficiency.shape)
    yield Entry("do_nothing", -system.deficit_share[o] * ensemble["do_nothing"] / 12)
    yield Entry("efficiency", efficiency / 12)
    yield Entry("levers", -levers)


def _of_programmes(books: _Books, organisation: str) -> Iterator[Entry]:
    """Yield the lines of the programmes that an organisation takes part in."""
    axes, system = books.axes, books.system
    o = axes.organisations.index(organisation)
    for k in axes.programmes:
        memberships = range(system.first_membership[k], system.first_membership[k + 1])
        p = next((each for each in memberships if system.member[each] == o), None)
        if p is None:
            continue
        name, worth = axes.opportunities[k], books.detail("worth", k)
        yield Entry("saving_in_cost", axes.programme(k).cost_shares()[organisation] * worth / 12, name)
        for transfer in system.transfers:
            if transfer.programme == k and organisation in (transfer.giver, transfer.receiver):
                gives = transfer.giver == organisation
                amounts, contract = books.moved(transfer), books.contract_of(transfer)
                partner = transfer.receiver if gives else transfer.giver
                yield Entry("income", (-amounts if gives else amounts) / 12, name, contract, partner)
        yield Entry("gain_share", _made_whole(books, k, p) * worth / 12, name)
        yield Entry("set_up", -system.set_up_share[p] * _set_up(books, k), name)


def _made_whole(books: _Books, k: int, p: int) -> Floats:
    """Return what gain share adds to a participant's share, `[replicate, month]`.

    Its strength is that of the month until the programme is agreed, and then that of the month of agreement.
    """
    shares = books.system.schedule.shares
    strength = books.system.schedule.strength[Lever.GAIN_SHARE][:, k]
    months = np.arange(len(strength))
    agreed = np.nan_to_num(books.agreed[:, k], nan=np.inf)[:, np.newaxis]
    in_force = strength[np.minimum(months, agreed).astype(np.int64)]
    added = np.zeros_like(in_force)
    for month in months.tolist():
        before, gains, losses = (
            float(each) for each in (shares.share[month, p], shares.gains[month, k], shares.losses[month, k])
        )
        for strong in np.unique(in_force[:, month]).tolist():
            there = in_force[:, month] == strong
            added[there, month] = share_after_gain_share(before, strong, gains, losses) - before
    return added


def _set_up(books: _Books, k: int) -> Floats:
    """Return what setting a programme up costs all participants, `[replicate, month]`, £m."""
    system = books.system
    milestones = int(system.milestones[k])
    instalment = set_up_instalment(float(system.set_up_cost[k]), float(milestones))
    agreed = np.nan_to_num(books.agreed[:, k], nan=np.inf).tolist()
    return np.array(
        [[set_up_due(instalment, month, each, milestones) for month in range(system.months)] for each in agreed]
    )


def _of_contracts(books: _Books, organisation: str) -> Iterator[Entry]:
    """Yield the lines of an organisation's contracts: what is saved in managing them, and cost that is shifted."""
    axes = books.axes
    for k, name in enumerate(axes.opportunities):
        contract = axes.opportunity(name)
        if not isinstance(contract, ContractEntry) or organisation not in contract.participants:
            continue
        provides = organisation == contract.provider
        partner = contract.commissioner if provides else contract.provider
        share = books.risk[:, k] if provides else 1.0 - books.risk[:, k]
        gained = books.detail("cost_shifted", k)  # by the first of the two by id
        is_first = organisation == contract.participants[0]
        yield Entry("contract_yield", share * books.detail("contract_yield", k), None, name, partner)
        yield Entry("cost_shift", gained if is_first else 0.0 - gained, None, name, partner)
