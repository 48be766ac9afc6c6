"""What organisations could do together in the plain Mesa model: contracts, programmes and who takes part in them."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .plain_mesa import Organisation, PlainTrustModel

LEVERS = (
    "superordinate_goal", "menu_framing", "gain_share", "payment_reform", "lead_by_skill", "celebration",
    "top_down_instruction",
)  # fmt: skip
RISK_OF_PROVIDER = {"tariff": 0.0, "block": 1.0, "shared": 0.5}


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

    def __init__(self, model: "PlainTrustModel", id: str, shares: dict[str, float]):
        self.model, self.id, self.size = model, id, len(shares)
        self.levers = {lever: model.timetable.lever(lever, id) for lever in LEVERS}
        self.members = [
            Membership(model.organisations[name], self, share, share, share * self.size)
            for name, share in sorted(shares.items())
        ]
        self.pairs = []
        for one, other in combinations(self.members, 2):
            forth = model.relate(one.organisation, other.organisation)
            back = model.relate(other.organisation, one.organisation)
            one.relationships.append(forth)
            other.relationships.append(back)
            self.pairs.append((one, other, forth, back))

    def convene(self) -> None:
        """Lay out this month's terms: what the population gains and what is exposed (phase 2)."""
        parameters, month = self.model.parameters, self.model.month
        self.population_first = 0
        self.felt_benefit = self.benefit * (1 + parameters.goal_effect * self.levers["superordinate_goal"][month])
        self.shelter = 1 - parameters.menu_effect * self.levers["menu_framing"][month]

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

    benefit = 1.0

    def __init__(self, model: "PlainTrustModel", id: str, entry: dict):
        self.commissioner, self.provider, self.amount = entry["commissioner"], entry["provider"], entry["amount"]
        acute = model.organisations[self.provider].sector == "acute"
        self.agreed_risk = RISK_OF_PROVIDER[entry.get("payment", "tariff" if acute else "block")]
        self.value = model.parameters.contract_saving * self.amount
        super().__init__(model, id, dict.fromkeys((self.commissioner, self.provider), 0.5))

    def risk(self) -> float:
        """The provider's part of the risk that activity differs from plan, this month (phase 2)."""
        reform = self.levers["payment_reform"][self.model.month]
        return (1 - reform) * self.agreed_risk + reform / 2

    def changes_payment(self) -> bool:
        """True if it pays in another way than last month, and in the first month."""
        month, reform = self.model.month, self.levers["payment_reform"]
        return month == 0 or reform[month] != reform[month - 1]

    def share_out(self) -> None:
        """What is saved stays with the side that carries the risk (phase 2)."""
        risk = self.risk()
        for member in self.members:
            member.share_after = risk if member.organisation.id == self.provider else 1 - risk
            member.stake = member.share_after * 2

    def negotiate(self) -> None:
        """Share what a constructive meeting saves; in a one-sided one the institutional side shifts costs (phase 3)."""
        super().negotiate()
        one, other = self.members
        if self.population_first == 2:
            for member in self.members:
                member.organisation.in_year += self.value / 12 * member.share_after
        elif self.population_first == 1:
            open_side, closed_side = (one, other) if one.is_population_first else (other, one)
            shifted = open_side.exposure * self.value / 24
            open_side.organisation.in_year -= shifted
            closed_side.organisation.in_year += shifted


class Programme(Opportunity):
    """Agreed once, then delivered milestone by milestone."""

    def __init__(self, model: "PlainTrustModel", id: str, entry: dict, opens: int):
        saves = entry.get("saves") or {name: share * entry["value"] for name, share in entry["shares"].items()}
        self.value, total = entry.get("value") or sum(saves.values()), sum(saves.values())
        moved = [each[end] for each in entry["activity"] for end in ("from", "to") if end in each]
        super().__init__(model, id, {name: saves.get(name, 0.0) / total for name in {*saves, *moved}})
        self.opens, self.domain, self.benefit = opens, entry.get("domain"), entry["benefit"]
        self.reach, self.milestones = entry["reach"], entry["milestones"]
        self.transfers = find_transfers(model.contracts, {member.organisation.id for member in self.members}, entry)
        self.is_orderable = self.levers["top_down_instruction"] is not model.timetable.never
        self.lead = self.outcome = None
        self.by_order = self.is_behind = False
        self.co_ownership = self.realisation = self.worth = self.gain_shared = 0.0
        self.months_ordered = self.months_in_delivery = self.milestones_met = 0
        income = sum(member.organisation.income for member in self.members)
        self.instalment = entry["set_up_cost"] / self.milestones / income
        for member in self.members:
            member.organisation.programmes.append(self)

    def order_felt(self) -> float:
        """How strongly an order presses on the participants as the month begins (phase 1)."""
        order = self.levers["top_down_instruction"][self.model.month]
        if self.opens > self.model.month or self.milestones_met == self.milestones:
            return 0.0
        return order if self.agreed is None else order * self.model.parameters.instruction_persistence

    def convene(self) -> None:
        """Lay out this month's terms; gain share changes until the programme is agreed (phase 2)."""
        super().convene()
        gain_share = self.levers["gain_share"][self.model.month]
        opens_now = self.opens == self.model.month
        if opens_now or (self.agreed is None and gain_share != self.gain_shared):
            self.gain_shared = gain_share
            self.share_out()

    def share_out(self) -> None:
        """Who keeps what: income follows activity where contracts pay by it, then gain is shared (phase 2)."""
        received = defaultdict(float)
        for giver, receiver, income, contracts in self.transfers:
            moved = income * (1 - sum(weight * contract.risk() for contract, weight in contracts))
            received[giver] -= moved
            received[receiver] += moved
        paid = [member.share + received[member.organisation.id] / self.value for member in self.members]
        gains, losses = sum(each for each in paid if each > 0), -sum(each for each in paid if each < 0)
        for member, share in zip(self.members, paid, strict=True):
            after = share * (1 - self.gain_shared * (losses / gains if share > 0 else 1))
            member.organisation.worth += self.worth * (after - member.share_after)
            member.share_after, member.stake = after, after * self.size

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
        """True if a participant that stands to lose asked the institutional question (phase 3)."""
        band = self.model.parameters.neutral_band
        return any(member.stake < -band and not member.is_population_first for member in self.members)

    def agree(self) -> None:
        """Choose the lead, and see how much of the value will be there and whom it serves (phase 3)."""
        model, parameters = self.model, self.model.parameters
        free = [member for member in self.members if member.organisation.leading < member.organisation.lead_capacity]
        self.lead = max(free or self.members, key=self.fitness).organisation
        self.lead.leading += 1
        spread = parameters.realisation_spread
        self.realisation = 1 + model.random.uniform(-spread, spread)
        worst, band = min(member.stake for member in self.members), parameters.neutral_band
        self.outcome = "win/lose" if worst < -band else "win/win" if worst > band else "win/neutral"
        self.agreed = model.month
        model.value_agreed += self.value
        model.newly_agreed.append(self)

    def fitness(self, member: Membership) -> float:
        """How fit a participant is to lead: by income, or by skill and the others' trust in it (phase 3)."""
        by_skill, organisation = self.levers["lead_by_skill"][self.model.month], member.organisation
        largest = max(each.organisation.net_income for each in self.members)
        trusted = sum(each.trust for other in self.members for each in other.relationships if each.to is organisation)
        skilled = organisation.skill(self.domain) * trusted / (self.size - 1)
        return (1 - by_skill) * organisation.net_income / largest + by_skill * skilled

    def deliver(self) -> None:
        """Pay for the set-up and, if the lead has room, try for the next milestone (phase 4)."""
        if self.months_in_delivery < self.milestones:
            for member in self.members:
                member.organisation.in_year -= self.instalment * member.organisation.income
        self.months_in_delivery += 1
        parameters = self.model.parameters
        months_mobilised = self.months_in_delivery - parameters.mobilisation
        if months_mobilised > 0 and self.lead.attempts < self.lead.lead_capacity:
            self.lead.attempts += 1
            trust = sum(member.trust for member in self.members) / (self.size * (self.size - 1))
            floor = parameters.delivery_floor
            chance = self.lead.skill(self.domain) * (floor + (1 - floor) * trust * self.co_ownership)
            if self.model.random.random() < chance:
                self.meet_milestone()
        due = min(self.milestones, max(0, months_mobilised) // parameters.pace)
        self.is_behind = self.milestones_met < due
        if self.is_behind:
            for relationship in self.lead.trusted_by:
                if any(member.organisation is relationship.of for member in self.members):
                    relationship.trust_left *= self.model.after_month_behind

    def meet_milestone(self) -> None:
        """Bank a milestone; it moves trust among the participants and, if celebrated, beyond (phases 4 and 5)."""
        model, parameters = self.model, self.model.parameters
        self.milestones_met += 1
        owned, unowned = parameters.owned_realisation, parameters.unowned_realisation
        realised = self.realisation * (unowned + (owned - unowned) * self.co_ownership)
        worth = self.value / self.milestones * realised
        self.worth += worth
        model.bank(self, worth)
        winners = {member.organisation for member in self.members if member.share_after > 0}
        for member in self.members:
            member.organisation.worth += worth * member.share_after
            weight = model.weigh(member.stake)
            for relationship in member.relationships:
                if weight > 0:
                    relationship.doubt_left *= 1 - parameters.trust_gain * weight
                elif relationship.to in winners:
                    lost = -parameters.trust_gain * parameters.loss_ratio * weight
                    relationship.trust_left *= max(0.0, 1 - lost)
        celebration = self.levers["celebration"][model.month]
        if celebration:
            inside = {member.organisation for member in self.members}
            for relationship in (each for member in inside for each in member.trusted_by if each.of not in inside):
                relationship.doubt_left *= 1 - parameters.trust_gain * parameters.celebrated * celebration


def find_transfers(contracts: list[Contract], participants: set[str], entry: dict) -> list[tuple]:
    """Who pays whom as a programme's activity moves (phase 2).

    Returns:
        Giver, receiver, income at full price, and the contracts that carry the risk with their weights.
    """
    found = []
    for move in entry["activity"]:
        ends = move.get("from"), move.get("to")
        feel = [
            each for each in contracts if each.provider == (ends[0] or ends[1]) and each.commissioner in participants
        ]
        for contract in feel:
            income = move["income"] * contract.amount / sum(each.amount for each in feel)
            if ends[0] is not None:
                found.append((ends[0], contract.commissioner, income, [(contract, 1.0)]))
            own = [each for each in contracts if each.provider == ends[1]]
            paid_by = [each for each in own if each.commissioner == contract.commissioner] or own
            amounts = sum(each.amount for each in paid_by)
            if paid_by:
                weights = [(each, each.amount / amounts) for each in paid_by]
                found.append((contract.commissioner, ends[1], income, weights))
    return found
