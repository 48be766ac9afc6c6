"""What organisations could do together in the plain Mesa model: contracts, programmes and who takes part in them."""

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .plain_mesa import Organisation, PlainTrustModel

LEVERS = (
    "superordinate_goal", "menu_framing", "gain_share", "lead_by_skill", "celebration", "top_down_instruction",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Relationship:
    """One organisation's trust in another, this month's meetings, and what milestones did to it."""

    of: "Organisation"
    to: "Organisation"
    trust: float
    baseline: float
    constructive: int = 0
    spurned: int = 0
    welcomed: int = 0
    stalemates: int = 0
    doubt_left: float = 1.0
    trust_left: float = 1.0


@dataclass(slots=True, eq=False)
class Membership:
    """An organisation's place in an opportunity."""

    organisation: "Organisation"
    opportunity: "Opportunity"
    share: float
    share_after: float
    stake: float
    relationships: list[Relationship] = field(default_factory=list)
    trust: float = 0.0
    exposure: float = 0.0
    is_population_first: bool = False


class Opportunity:
    """Something that its participants could do together."""

    agreed = None

    def __init__(self, model: "PlainTrustModel", id: str, entry: dict):
        self.model, self.id, self.domain, self.value = model, id, entry["domain"], entry["value"]
        self.benefit, self.reach, self.milestones = entry["benefit"], entry["reach"], entry["milestones"]
        self.levers = {lever: model.timetable.lever(lever, id) for lever in LEVERS}
        self.size, total = len(entry["shares"]), sum(entry["shares"].values())
        self.members = []
        for name, written in sorted(entry["shares"].items()):
            share = written / total
            self.members.append(Membership(model.organisations[name], self, share, share, share * self.size))
            if self.levers["top_down_instruction"] is not model.timetable.never:
                model.organisations[name].orders.append(self.levers["top_down_instruction"])
        self.losing = -sum(member.share for member in self.members if member.share < 0)
        self.gain_shared = 0.0
        self.pairs = []
        for one, other in combinations(self.members, 2):
            forth = model.relate(one.organisation, other.organisation)
            back = model.relate(other.organisation, one.organisation)
            one.relationships.append(forth)
            other.relationships.append(back)
            self.pairs.append((one, other, forth, back))

    def convene(self) -> None:
        """Lay out this month's terms: what the population gains, what is exposed and who gets what (phase 2)."""
        parameters, month = self.model.parameters, self.model.month
        self.population_first = 0
        self.felt_benefit = self.benefit * (1 + parameters.goal_effect * self.levers["superordinate_goal"][month])
        self.shelter = 1 - parameters.menu_effect * self.levers["menu_framing"][month]
        gain_share = self.levers["gain_share"][month]
        if self.agreed is None and gain_share != self.gain_shared:
            self.gain_shared = gain_share
            for member in self.members:
                given = gain_share * (self.losing / (1 + self.losing) if member.share > 0 else 1)
                member.share_after = member.share * (1 - given)
                member.stake = member.share_after * self.size

    def negotiate(self) -> None:
        """Every two participants meet (phase 3)."""
        for one, other, forth, back in self.pairs:
            if one.is_population_first:
                if other.is_population_first:
                    forth.constructive += 1
                    back.constructive += 1
                else:
                    forth.spurned += 1
                    back.welcomed += 1
            elif other.is_population_first:
                forth.welcomed += 1
                back.spurned += 1
            else:
                forth.stalemates += 1
                back.stalemates += 1


class Contract(Opportunity):
    """Managed every month, never closed."""

    def negotiate(self) -> None:
        """Share what constructive pairs save; in a one-sided pair the institutional side shifts costs (phase 3)."""
        super().negotiate()
        together, apart = self.population_first, self.size - self.population_first
        per_pair = self.value / self.size / (self.size - 1) / 12
        saved = per_pair * together * (together - 1)
        taken = per_pair * sum(member.exposure for member in self.members if member.is_population_first)
        for member in self.members:
            shift = -per_pair * member.exposure * apart if member.is_population_first else taken
            member.organisation.in_year += saved * member.share_after + shift


class Programme(Opportunity):
    """Agreed once, then delivered milestone by milestone."""

    def __init__(self, model: "PlainTrustModel", id: str, entry: dict):
        super().__init__(model, id, entry)
        self.lead = self.outcome = None
        self.by_order = False
        self.co_ownership = self.realisation = 0.0
        self.months_ordered = self.months_in_delivery = self.milestones_met = 0
        income = sum(member.organisation.income for member in self.members)
        self.instalment = entry["set_up_cost"] / self.milestones / income
        for member in self.members:
            member.organisation.programmes.append(self)

    def negotiate(self) -> None:
        """Co-ownership follows the stances; the programme may be agreed, or declared agreed (phase 3)."""
        super().negotiate()
        model, parameters = self.model, self.model.parameters
        self.co_ownership += parameters.co_ownership_memory * (self.population_first / self.size - self.co_ownership)
        if self.agreed is not None:
            return
        order = self.levers["top_down_instruction"][model.month]
        self.months_ordered += order > 0
        if self.co_ownership >= parameters.quorum and not self.is_refused():
            self.agree()
        elif self.months_ordered >= parameters.instruction_months and model.random.random() < order:
            self.by_order = True
            self.agree()

    def is_refused(self) -> bool:
        """Whether a participant that stands to lose asked the institutional question (phase 3)."""
        band = self.model.parameters.neutral_band
        return any(member.stake < -band and not member.is_population_first for member in self.members)

    def agree(self) -> None:
        """Choose the lead, and see how much of the value will be there and whom it serves (phase 3)."""
        model, parameters = self.model, self.model.parameters
        free = [member for member in self.members if member.organisation.leading < member.organisation.lead_capacity]
        self.lead = max(free or self.members, key=self.fitness).organisation
        self.lead.leading += 1
        spread = parameters.realisation_spread
        self.realisation = parameters.realisation_mean + model.random.uniform(-spread, spread)
        worst, band = min(member.stake for member in self.members), parameters.neutral_band
        self.outcome = "win/lose" if worst < -band else "win/win" if worst > band else "win/neutral"
        self.agreed = model.month
        model.value_agreed += self.value
        model.newly_agreed.append(self)

    def fitness(self, member: Membership) -> float:
        """How fit a participant is to lead: by income, or by skill and the others' trust in it (phase 3)."""
        by_skill, organisation = self.levers["lead_by_skill"][self.model.month], member.organisation
        largest = max(each.organisation.income for each in self.members)
        trusted = sum(each.trust for other in self.members for each in other.relationships if each.to is organisation)
        skilled = organisation.skill(self.domain) * trusted / (self.size - 1)
        return (1 - by_skill) * organisation.income / largest + by_skill * skilled

    def deliver(self) -> None:
        """Pay for the set-up and, if the lead has room, try for the next milestone (phase 4)."""
        if self.months_in_delivery < self.milestones:
            for member in self.members:
                member.organisation.in_year -= self.instalment * member.organisation.income
        self.months_in_delivery += 1
        if self.lead.attempts < self.lead.lead_capacity:
            self.lead.attempts += 1
            trust = sum(member.trust for member in self.members) / (self.size * (self.size - 1))
            floor = self.model.parameters.delivery_floor
            chance = self.lead.skill(self.domain) * (floor + (1 - floor) * trust * self.co_ownership)
            if self.model.random.random() < chance:
                self.meet_milestone()

    def meet_milestone(self) -> None:
        """Bank a milestone; it moves trust among the participants and, if celebrated, beyond (phases 4 and 5)."""
        model, parameters = self.model, self.model.parameters
        self.milestones_met += 1
        worth = self.value * self.realisation / self.milestones
        model.bank(self, worth)
        winners = {member.organisation for member in self.members if member.share_after > 0}
        for member in self.members:
            member.organisation.worth += worth * member.share_after
            weight = model.weigh(member.stake)
            for relationship in member.relationships:
                if weight > 0:
                    relationship.doubt_left *= 1 - parameters.trust_gain * weight
                elif relationship.to in winners:
                    relationship.trust_left *= 1 + parameters.trust_gain * parameters.loss_ratio * weight
        celebration = self.levers["celebration"][model.month]
        if celebration:
            inside = {member.organisation for member in self.members}
            for relationship in (each for member in inside for each in member.trusted_by if each.of not in inside):
                relationship.doubt_left *= 1 - parameters.trust_gain * parameters.celebrated * celebration
