"""Find what is odd about a valid scenario, for warnings: parts without effect, and numbers that were not given."""

from collections.abc import Iterator

from simulation.formatting import as_written, percent, range_words
from simulation.parameters import TABLE
from simulation.scenario.months import month_name, month_number
from simulation.scenario.problems import closest
from simulation.scenario.schema import Scenario


def find_oddities(scenario: Scenario) -> list[str]:
    """Return what is odd about a scenario, one sentence each; the scenario can still be run."""
    last = month_name(month_number(scenario.start) + scenario.months - 1)
    return [
        *_find_late(scenario, last),
        *_find_unused_skills(scenario),
        *_find_assumed_deficits(scenario),
        *_find_unusual_parameters(scenario),
        *_find_activity_that_nobody_pays_for(scenario),
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
                yield f"organisations.{name}.skills.{domain}: no programme is in this domain{hint}"


def _find_assumed_deficits(scenario: Scenario) -> Iterator[str]:
    if all(entry.deficit_share is None for entry in scenario.organisations.values()):
        shares = ", ".join(f"{name} {percent(share)}" for name, share in scenario.deficit_shares().items())
        yield f"organisations: no deficit_share is given, so each one's part of the gap follows net income: {shares}"


def _find_unusual_parameters(scenario: Scenario) -> Iterator[str]:
    for row in TABLE:
        value = getattr(scenario.parameters, row.name)
        if row.status != "structural" and value is not None and not row.low <= value <= row.high:
            span = range_words(row.low, row.high, as_written)
            yield f"parameters.{row.name}: {as_written(value)} is outside the usual range, {span}"


def _find_activity_that_nobody_pays_for(scenario: Scenario) -> Iterator[str]:
    for name, programme in scenario.programmes.items():
        for index, move in enumerate(programme.activity):
            where = f"programmes.{name}.activity[{index}]"
            paid_by = move.from_ or move.to
            contracts = [each for each in scenario.contracts.values() if each.provider == paid_by]
            outside = [each for each in contracts if each.commissioner not in programme.participants]
            if len(outside) == len(contracts):
                yield (
                    f"{where}: moves no income, because no commissioner with a contract to {paid_by} takes part"
                    " in the programme"
                )
                continue
            if outside:
                part = sum(each.amount for each in outside) / sum(each.amount for each in contracts)
                missing = ", ".join(sorted(each.commissioner for each in outside))
                yield (
                    f"{where}: {percent(part)} of what {paid_by} is paid comes from commissioners outside the programme"
                    f" ({missing}); those in it bear the whole move"
                )
            if move.to is not None and all(each.provider != move.to for each in scenario.contracts.values()):
                yield f"{where}: {move.to} is paid nothing for it, because it has no contract"
