"""Work out what each participant has of a programme after payment, and find organisations with nothing at stake.

The sums are those of the model's payment rules, at one strength of payment reform; a test compares the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from simulation.levers import Lever
from simulation.scenario.entries import ActivityEntry, ContractEntry, Opportunity
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Payment

_PROVIDER_RISK = {Payment.TARIFF: 0.0, Payment.BLOCK: 1.0, Payment.SHARED: 0.5}
_NOTHING = 1e-9
"""£m a year, below which an amount is a rounding error."""

_MOST_IDLE = 0.25
"""The most of all that take part in programmes that are likely to gain and lose nothing by it."""

_FEWEST_IDLE = 3
"""How many of them there are at least before it is said."""

_MOST_NAMED = 5
"""How many of them a warning names."""

_Contracts = Sequence[tuple[ContractEntry, float]]
"""Contracts, each with the provider's part of the risk."""


def find_stakes(scenario: Scenario) -> Iterator[str]:
    """Find organisations that gain nothing anywhere, and programmes that concern one organisation alone."""
    after = [kept_by_programme(scenario)]
    if any(setting.strength > 0 for setting in scenario.levers.get(Lever.PAYMENT_REFORM, ())):
        after.append(kept_by_programme(scenario, payment_reform=1.0))
    in_programmes_of, in_contracts_of = _by_participant(scenario.programmes), _by_participant(scenario.contracts)
    for name in scenario.organisations:
        programmes, contracts = in_programmes_of.get(name, []), in_contracts_of.get(name, [])
        in_contracts = len(after) > 1 or any(_risk_with(scenario, each, name) > 0 for each in contracts)
        in_programmes = any(kept[each][name] > _NOTHING for kept in after for each in programmes)
        if not programmes and not contracts:
            yield f"organisations.{name}: takes part in no programme and has no contract, so nothing here concerns it"
        elif not in_programmes and not (contracts and in_contracts):
            yield f"organisations.{name}: has nothing to gain anywhere: {_why(programmes, contracts)}"
    for name, kept in after[0].items():
        with_stake = [each for each, amount in kept.items() if abs(amount) > _NOTHING]
        if len(with_stake) == 1:
            (one,) = with_stake
            yield (
                f"programmes.{name}: nobody but {one} gains or loses by it; give the others their part of the saving"
                f" or of the cost, or count it in {one}'s efficiency_pool"
            )


def find_idle(scenario: Scenario) -> Iterator[str]:
    """Find that many take part in programmes by which they neither gain nor lose, as if each empty cell held a 0.

    A commissioner that has a contract with another participant is not one of them: income follows activity through it.
    """
    after = [kept_by_programme(scenario), kept_by_programme(scenario, payment_reform=1.0)]
    idle = {name: list(_idle_in(scenario, name, after)) for name in scenario.programmes}
    together = sum(map(len, idle.values()))
    taking_part = sum(len(programme.participants) for programme in scenario.programmes.values())
    if together < _FEWEST_IDLE or together <= _MOST_IDLE * taking_part:
        return
    name = max(idle, key=lambda each: len(idle[each]))
    form = "shares" if scenario.programmes[name].saves is None else "saves"
    others = f" and {len(idle[name]) - _MOST_NAMED:,} others" if len(idle[name]) > _MOST_NAMED else ""
    verbs = ("takes", "gains") if len(idle[name]) == 1 else ("take", "gain")
    yield (
        f"programmes.{name}.{form}: {', '.join(idle[name][:_MOST_NAMED])}{others} {verbs[0]} part and {verbs[1]}"
        f" nothing by it, as {together:,} of the {taking_part:,} that take part in all programmes;"
        " co-ownership counts each of them, though only those that lose can stop it: give 0 only to those that are to"
        " own it too, and leave the others out (their cells empty)"
    )


def _idle_in(scenario: Scenario, programme: str, after: Sequence[Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    entry = scenario.programmes[programme]
    concerned = {end for move in entry.activity for end in (move.from_, move.to)}
    for contract in scenario.contracts.values():
        if contract.provider in entry.participants:
            concerned.add(contract.commissioner)
    for each in entry.participants:
        if each not in concerned and all(abs(kept[programme][each]) <= _NOTHING for kept in after):
            yield each


def kept_by_programme(scenario: Scenario, payment_reform: float = 0.0) -> dict[str, dict[str, float]]:
    """Return what each participant of each programme has after payment, £m a year on paper.

    Args:
        scenario: The scenario.
        payment_reform: Strength of the lever on every contract, 0–1.
    """
    by_provider: dict[str, list[tuple[ContractEntry, float]]] = {}
    for name, contract in sorted(scenario.contracts.items()):
        risk = (1 - payment_reform) * _PROVIDER_RISK[scenario.payment_of(name)] + payment_reform / 2
        by_provider.setdefault(contract.provider, []).append((contract, risk))
    kept = {}
    for name, programme in scenario.programmes.items():
        value = programme.paper_value
        kept[name] = {each: share * value for each, share in programme.cost_shares().items()}
        participants = programme.participants
        for move in programme.activity:
            for organisation, amount in _payments(by_provider, participants, move):
                kept[name][organisation] += amount
    return kept


def _by_participant(opportunities: Mapping[str, Opportunity]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, entry in opportunities.items():
        for organisation in entry.participants:
            found.setdefault(organisation, []).append(name)
    return found


def _payments(
    by_provider: dict[str, list[tuple[ContractEntry, float]]], participants: Sequence[str], move: ActivityEntry
) -> Iterator[tuple[str, float]]:
    """Yield what each receives (negative: gives) as activity moves, £m a year."""
    with_payer = by_provider.get(str(move.from_ or move.to), [])
    feel = [(contract, risk) for contract, risk in with_payer if contract.commissioner in participants]
    amounts = fsum(float(contract.amount) for contract, _ in feel)
    for contract, risk in feel:
        moved = float(move.income) * float(contract.amount) / amounts
        if move.from_ is not None:
            yield move.from_, -moved * (1 - risk)
            yield contract.commissioner, moved * (1 - risk)
        if move.to is not None:
            paid = moved * (1 - _risk_to(by_provider.get(move.to, []), contract.commissioner))
            yield move.to, paid
            yield contract.commissioner, -paid


def _risk_to(contracts: _Contracts, payer: str) -> float:
    """Return a provider's part of the risk with a payer: by their contract, else over all; 1 if it has none."""
    own = [(contract, risk) for contract, risk in contracts if contract.commissioner == payer] or contracts
    amounts = fsum(float(contract.amount) for contract, _ in own)
    return fsum(float(contract.amount) * risk for contract, risk in own) / amounts if own else 1.0


def _risk_with(scenario: Scenario, contract: str, organisation: str) -> float:
    risk = _PROVIDER_RISK[scenario.payment_of(contract)]
    return risk if scenario.contracts[contract].provider == organisation else 1 - risk


def _why(programmes: Sequence[str], contracts: Sequence[str]) -> str:
    parts = []
    if programmes:
        parts.append(f"after payment it has nothing left in {', '.join(sorted(programmes))}")
    if contracts:
        parts.append(f"what {', '.join(sorted(contracts))} saves stays with the other side")
    return f"{' and '.join(parts)}; check its savings and how its contracts pay"
