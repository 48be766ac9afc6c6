"""What one field of a scenario cannot know: parts that contradict each other, and parts that have no effect.

The checks read plain data as a file gives it (dictionaries, lists, text, numbers) and pass over what the schema will
refuse anyway, so that all that is wrong can be told at once.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulation.scenario.dates import find_date_contradictions
from simulation.scenario.months import month_name, month_number
from simulation.scenario.plain import mapping_of, number_of
from simulation.scenario.problems import Finding, Path, closest
from simulation.scenario.references import find_reference_contradictions
from simulation.vocabulary import OpportunityKind

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario

_TOLERANCE = 0.001
_LARGEST_SHARE = 10


def find_contradictions(data: Any) -> Iterator[Finding]:
    """All contradictions in a scenario's data.

    Args:
        data: The scenario as its file would write it; what is not well formed is passed over.
    """
    if not isinstance(data, dict):
        return
    yield from _check_sizes(data)
    yield from _check_deficit_shares(data)
    yield from _check_sums(data)
    yield from find_reference_contradictions(data)
    yield from find_date_contradictions(data)


def _check_sizes(data: dict[str, Any]) -> Iterator[Finding]:
    organisations, opportunities = data.get("organisations"), data.get("opportunities")
    if isinstance(organisations, dict) and len(organisations) < 2:
        yield Finding(("organisations",), "must name at least two organisations", f"{len(organisations)}")
    if isinstance(opportunities, dict) and not opportunities:
        yield Finding(("opportunities",), "must name at least one opportunity", "0")


def _check_deficit_shares(data: dict[str, Any]) -> Iterator[Finding]:
    entries = {name: entry for name, entry in mapping_of(data, "organisations").items() if isinstance(entry, dict)}
    without = [name for name, entry in entries.items() if "deficit_share" not in entry]
    if without and len(without) < len(entries):
        what = "is missing: give deficit_share for all organisations or for none"
        yield Finding(("organisations", without[0], "deficit_share"), what, f"missing for {', '.join(without)}")
    if entries and not without:
        shares = [number_of(entry["deficit_share"]) for entry in entries.values()]
        if all(share == 0 for share in shares):
            yield Finding(("organisations",), "deficit_share must be above 0 for at least one organisation")


def _check_sums(data: dict[str, Any]) -> Iterator[Finding]:
    for name in mapping_of(data, "opportunities"):
        path: Path = ("opportunities", name, "shares")
        numbers = [number_of(share) for share in mapping_of(data, *path).values()]
        known = [number for number in numbers if number is not None and abs(number) <= _LARGEST_SHARE]
        if known and len(known) == len(numbers) and abs(sum(known) - 1) > _TOLERANCE:
            yield Finding(path, "shares must sum to 1", f"they sum to {round(sum(known), 6):g}")


def find_oddities(scenario: "Scenario") -> list[str]:
    """What a scenario says that has no effect, one sentence each; none of it keeps the scenario from being run."""
    last = month_name(month_number(scenario.start) + scenario.months - 1)
    return [
        *_find_late(scenario, last),
        *_find_unused_skills(scenario),
        *_find_idle_contract_fields(scenario),
    ]


def _find_late(scenario: "Scenario", last: str) -> Iterator[str]:
    for name, opportunity in scenario.opportunities.items():
        if opportunity.from_ is not None and opportunity.from_ > last:
            yield (
                f"opportunities.{name}: is dropped, because it opens in {opportunity.from_},"
                f" after the last month ({last})"
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


def _find_unused_skills(scenario: "Scenario") -> Iterator[str]:
    domains = {opportunity.domain for opportunity in scenario.opportunities.values()}
    for name, organisation in scenario.organisations.items():
        for domain in organisation.skills:
            if domain not in domains:
                suggestion = closest(domain, domains)
                mend = f"; did you mean {suggestion}?" if suggestion else ""
                yield f"organisations.{name}.skills.{domain}: no opportunity is in this domain{mend}"


def _find_idle_contract_fields(scenario: "Scenario") -> Iterator[str]:
    for name, opportunity in scenario.opportunities.items():
        if opportunity.kind == OpportunityKind.CONTRACT:
            idle = [field for field in ("reach", "milestones", "set_up_cost") if field in opportunity.model_fields_set]
            yield from (f"opportunities.{name}.{field}: has no effect on a contract" for field in idle)
