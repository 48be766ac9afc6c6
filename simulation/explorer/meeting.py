"""Two organisations that meet about one programme in the first month: what each could win, and what it would take."""

from dataclasses import dataclass
from itertools import combinations

from simulation.model.agents.model import TrustModel
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.rules.stance import trust_threshold
from simulation.scenario.schema import Scenario


@dataclass(frozen=True, kw_only=True)
class Side:
    """One organisation's view of a programme; all but share and trust in units of value per participant.

    Attributes:
        name: What people call it.
        share: Its part of the value.
        stakes: What it wins if the others answer in kind.
        exposed: What it concedes if it opens and they do not.
        pressure: How hard it is pressed to look after its own.
        needed: The trust above which it leans to the population's question; None if no trust is enough.
        trust: Its mean trust in the others.
    """

    name: str
    share: float
    stakes: float
    exposed: float
    pressure: float
    needed: float | None
    trust: float

    @property
    def leans(self) -> bool:
        """Whether it leans to the population's question."""
        return self.needed is not None and self.trust > self.needed


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A programme and two of those who take part in it."""

    title: str
    value: float
    sides: tuple[Side, Side]


def telling_meeting(scenario: Scenario) -> Meeting | None:
    """The meeting of the first month that tells most: two who both gain, and would lean different ways.

    Args:
        scenario: The place.

    Returns:
        None if nothing is on the table in the first month.
    """
    replicate = TrustModel(scenario, seed=0)
    replicate.convene()
    both: list[Programme | Contract] = [*replicate.programmes, *replicate.contracts]
    active = [each for each in both if each.is_active]
    found: list[tuple[tuple[bool, bool, bool, int, int], Meeting]] = []
    for order, opportunity in enumerate(active):
        entry = scenario.opportunities[opportunity.id]
        for one, other in combinations(opportunity.members, 2):
            sides = tuple(sorted((_side(one), _side(other)), key=lambda side: -side.stakes))
            meeting = Meeting(title=entry.title or opportunity.id, value=opportunity.value, sides=(sides[0], sides[1]))
            apart = sides[0].leans != sides[1].leans
            is_contract = opportunity in replicate.contracts
            loses = min(side.share for side in sides) <= 0
            rank = (not apart, loses, is_contract, len(opportunity.members), order)
            found.append((rank, meeting))
    return min(found, key=lambda each: each[0])[1] if found else None


def _side(membership: Membership) -> Side:
    organisation = membership.organisation
    stakes = organisation.stakes_for(membership)
    exposure = organisation.exposure_for(membership)
    needed = (
        trust_threshold(stakes, organisation.orientation, exposure, organisation.pressure)
        if stakes > 0
        else float("inf")
    )
    return Side(
        name=organisation.name,
        share=membership.share,
        stakes=stakes,
        exposed=(1.0 - organisation.orientation) * exposure,
        pressure=organisation.pressure,
        needed=needed if needed <= 1 else None,
        trust=organisation.reciprocity_in(membership),
    )
