"""Find parts of a valid scenario that have no effect, for warnings."""

from collections.abc import Iterator

from simulation.scenario.months import month_name, month_number
from simulation.scenario.problems import closest
from simulation.scenario.schema import Scenario
from simulation.vocabulary import OpportunityKind


def find_oddities(scenario: Scenario) -> list[str]:
    """Return the parts of a scenario that have no effect, one sentence each; the scenario can still be run."""
    last = month_name(month_number(scenario.start) + scenario.months - 1)
    return [
        *_find_late(scenario, last),
        *_find_unused_skills(scenario),
        *_find_idle_contract_fields(scenario),
    ]


def _find_late(scenario: Scenario, last: str) -> Iterator[str]:
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


def _find_unused_skills(scenario: Scenario) -> Iterator[str]:
    domains = {opportunity.domain for opportunity in scenario.opportunities.values()}
    for name, organisation in scenario.organisations.items():
        for domain in organisation.skills:
            if domain not in domains:
                suggestion = closest(domain, domains)
                hint = f"; did you mean {suggestion}?" if suggestion else ""
                yield f"organisations.{name}.skills.{domain}: no opportunity is in this domain{hint}"


def _find_idle_contract_fields(scenario: Scenario) -> Iterator[str]:
    for name, opportunity in scenario.opportunities.items():
        if opportunity.kind == OpportunityKind.CONTRACT:
            idle = [field for field in ("reach", "milestones", "set_up_cost") if field in opportunity.model_fields_set]
            yield from (f"opportunities.{name}.{field}: has no effect on a contract" for field in idle)
