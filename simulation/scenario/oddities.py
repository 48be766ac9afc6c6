"""Find what is odd about a valid scenario, for warnings: parts without effect, and numbers that were not given."""

from collections.abc import Iterator, Sequence
from math import fsum

from simulation.formatting import first_few, percent, pounds
from simulation.known_names import closest
from simulation.levers import Lever
from simulation.scenario.alike_names import NamesSeen
from simulation.scenario.entries import ActivityEntry, ProgrammeEntry
from simulation.scenario.left_out import find_left_out
from simulation.scenario.months import month_name, month_number
from simulation.scenario.paths import gap_before_any_savings
from simulation.scenario.problems import either
from simulation.scenario.schema import Scenario
from simulation.scenario.sizes import find_sizes
from simulation.scenario.unusual_parameters import find_unusual_parameters

_MOST_NAMED = 8
"""How many organisations a warning names, the first by size."""


def find_oddities(scenario: Scenario, *, left_out: bool = True) -> list[str]:
    """Return what is odd about a scenario, one sentence each; the scenario can still be run.

    Args:
        scenario: The scenario.
        left_out: False to pass over numbers that are left out and whose default is taken: a place may do without them.
    """
    last = month_name(month_number(scenario.start) + scenario.months - 1)
    return [
        *_find_late(scenario, last),
        *_find_unused_skills(scenario),
        *_find_alike_words(scenario),
        *_find_assumed_deficits(scenario),
        *(find_left_out(scenario) if left_out else ()),
        *find_unusual_parameters(scenario),
        *_find_idle_reform(scenario),
        *_find_activity_without_income(scenario),
        *find_sizes(scenario),
    ]


def _find_late(scenario: Scenario, last: str) -> Iterator[str]:
    for name, programme in scenario.programmes.items():
        if programme.from_ is not None and programme.from_ > last:
            yield (
                f"programmes.{name}: is dropped, because it opens in {programme.from_}, after the last month ({last})"
            )
    for lever, settings in scenario.levers.items():
        for setting in settings:
            if setting.from_ is not None and setting.from_ > last:
                yield (
                    f"levers.{lever}: a setting never acts, because it starts in {setting.from_},"
                    f" after the last month ({last})"
                )
    for index, event in enumerate(scenario.events):
        when = getattr(event, "month", None) or getattr(event, "from_", None)
        if when is not None and when > last:
            yield f"events[{index}]: {event.event} never happens: {when} is after the last month ({last})"


def _find_unused_skills(scenario: Scenario) -> Iterator[str]:
    domains = {programme.domain for programme in scenario.programmes.values() if programme.domain is not None}
    for name, organisation in scenario.organisations.items():
        for domain in organisation.skills:
            if domain not in domains:
                suggestion = closest(domain, domains)
                hint = f"; did you mean {suggestion}?" if suggestion else ""
                yield f"organisations.{name}.skills.{domain}: no programme has this field of skill (domain){hint}"


def _find_alike_words(scenario: Scenario) -> Iterator[str]:
    """Find sectors and fields of skill that differ only in how they are typed, and so count as different ones."""
    sectors = {f"organisations.{name}.sector": entry.sector for name, entry in scenario.organisations.items()}
    domains = {f"programmes.{name}.domain": entry.domain for name, entry in scenario.programmes.items()}
    for words, kind in ((sectors, "sectors"), (domains, "fields of skill")):
        seen = NamesSeen()
        earlier: dict[str | None, str | None] = {None: None}
        for where, word in words.items():
            if word is not None and word not in earlier:
                earlier[word] = seen.add(word)
            if before := earlier[word]:
                yield (
                    f"{where}: {word} and {before} are two {kind}, since they are typed differently; write both the"
                    " same"
                )


def _find_assumed_deficits(scenario: Scenario) -> Iterator[str]:
    if any(entry.deficit_share is not None for entry in scenario.organisations.values()):
        return
    gap = float(gap_before_any_savings(scenario)[-1])
    parts = sorted(scenario.deficit_shares().items(), key=lambda part: -part[1])
    named = [f"{name} {pounds(share * gap)} ({percent(share)})" for name, share in parts]
    yield (
        f"organisations: no deficit_share is given, so the gap of {pounds(gap)} in the last month is split by net"
        f" income: {first_few(named, _MOST_NAMED)}"
    )


def _find_idle_reform(scenario: Scenario) -> Iterator[str]:
    if Lever.PAYMENT_REFORM in scenario.levers and not scenario.contracts:
        yield f"levers.{Lever.PAYMENT_REFORM}: has no effect, because there are no contracts"


def _find_activity_without_income(scenario: Scenario) -> Iterator[str]:
    """Find activity whose income does not follow it in full; programmes of which the same is true share a sentence."""
    programmes: dict[str, list[str]] = {}
    for name, programme in scenario.programmes.items():
        found = [*_describe_unpaid(scenario, programme)]
        participants = programme.participants
        found += [each for move in programme.activity for each in _describe_lost_income(scenario, participants, move)]
        for each in dict.fromkeys(found):
            programmes.setdefault(each, []).append(name)
    for each, names in programmes.items():
        yield f"programmes.{', '.join(names)}: {each}"


def _describe_unpaid(scenario: Scenario, programme: ProgrammeEntry) -> Iterator[str]:
    """Find activity for which no commissioner that takes part pays; the providers that it is paid to share a sentence.

    Providers without any contract are not among them.
    """
    unpaid: dict[str, None] = {}
    outside: dict[str, None] = {}
    participants = set(programme.participants)
    for move in programme.activity:
        paid = str(move.from_ or move.to)
        commissioners = [each.commissioner for each in scenario.contracts.values() if each.provider == paid]
        if commissioners and not set(commissioners) & participants:
            unpaid[paid] = None
            outside |= dict.fromkeys(commissioners)
    if unpaid:
        yield (
            f"no income follows what moves, because no commissioner with a contract to {either(unpaid)} takes part; if"
            f" {either(outside)} does, give it a saving of 0 (type 0 for it in Saving in cost)"
        )


def _describe_lost_income(scenario: Scenario, participants: Sequence[str], move: ActivityEntry) -> Iterator[str]:
    paid = str(move.from_ or move.to)
    contracts = [each for each in scenario.contracts.values() if each.provider == paid]
    outside = [each for each in contracts if each.commissioner not in participants]
    if not contracts:
        yield f"no income follows what moves {'from' if move.from_ else 'to'} {paid}, which has no contract"
    elif len(outside) < len(contracts):
        if outside:
            part = fsum(each.amount for each in outside) / fsum(each.amount for each in contracts)
            names = ", ".join(sorted(each.commissioner for each in outside))
            yield (
                f"{percent(part)} of what {paid} is paid in contracts comes from commissioners that take no part"
                f" ({names}); those that do bear the whole move"
            )
        if move.to is not None and all(each.provider != move.to for each in scenario.contracts.values()):
            yield f"{move.to} is paid nothing for what moves to it, because it has no contract"
