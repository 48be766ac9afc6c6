"""The names along the axes of every result."""

from dataclasses import dataclass, field

from simulation.scenario.months import month_names
from simulation.scenario.schema import OpportunityEntry, OrganisationEntry, Scenario
from simulation.vocabulary import OpportunityKind


@dataclass(frozen=True)
class Axes:
    """Ids in the order in which arrays hold them, and the scenario that says what they stand for."""

    scenario: Scenario = field(repr=False)
    organisations: tuple[str, ...]
    """Axis `organisation`."""
    relationships: tuple[tuple[str, str], ...]
    """Axis `relationship`: who trusts, who is trusted."""
    opportunities: tuple[str, ...]
    """Axis `opportunity`: those that open within the horizon."""
    memberships: tuple[tuple[str, str], ...]
    """Axis `membership`: opportunity and organisation."""

    @property
    def months(self) -> tuple[str, ...]:
        """Axis `month` as YYYY-MM."""
        return month_names(self.scenario.start, self.scenario.months)

    @property
    def programmes(self) -> tuple[int, ...]:
        """Positions of the programmes on the axis `opportunity`."""
        return tuple(
            k for k, name in enumerate(self.opportunities) if self.opportunity(name).kind is OpportunityKind.PROGRAMME
        )

    def organisation(self, organisation: str) -> OrganisationEntry:
        """What the scenario says of an organisation."""
        return self.scenario.organisations[organisation]

    def opportunity(self, opportunity: str) -> OpportunityEntry:
        """What the scenario says of an opportunity."""
        return self.scenario.opportunities[opportunity]

    def organisation_name(self, organisation: str) -> str:
        """What people call an organisation."""
        return self.organisation(organisation).name or organisation

    def opportunity_title(self, opportunity: str) -> str:
        """What people call an opportunity."""
        return self.opportunity(opportunity).title or opportunity
