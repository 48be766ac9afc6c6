"""The same model in plain Mesa, as a good Mesa user would write it for themselves: what the engines are timed against.

It follows docs/model.md, shares no code with the project and takes its chance from Mesa's own generator, so it agrees
with the project in distribution, not replicate by replicate. Phases are numbered as there.
"""

import inspect
import math
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import mesa

from .plain_opportunities import Contract, Opportunity, Programme, Relationship
from .plain_timetable import Parameters, Timetable, plain_numbers

LEVERS = ("coaching", "regulator_acknowledgement", "shared_accountability", "leadership_stability")
FIGURES = (
    "month", "gap", "position", "cumulative_position", "do_nothing", "efficiency", "programmes", "milestones_value",
    "realised", "behind", "trust", "population_first", "population_first_programmes", "population_first_contracts",
    "orientation", "pressure", "co_ownership", "plan_coverage", "people_reached", "benefit",
)  # fmt: skip


class Organisation(mesa.Agent):
    """A commissioner or provider that answers for its own budget."""

    def __init__(self, model: "PlainTrustModel", id: str, entry: dict, paid: float):
        super().__init__(model)
        parameters, timetable = model.parameters, model.timetable
        self.net_income = max(entry["income"] - paid, 0.1 * entry["income"])
        self.id, self.income, self.pool, self.skills = id, entry["income"], entry["efficiency_pool"], entry["skills"]
        self.sector = entry.get("sector", entry["role"])
        self.lead_capacity = entry.get("lead_capacity", parameters.lead_capacity)
        self.orientation = self.opening_orientation = entry.get("orientation", parameters.opening_orientation)
        self.levers = {lever: timetable.lever(lever, id) for lever in LEVERS}
        self.new_leaders, self.fixed_stances = timetable.new_leaders[id], timetable.fixed_stances[id]
        self.grip_shocks = timetable.grip_shocks[id]
        self.relationships, self.trusted_by, self.programmes, self.memberships = [], [], [], []
        self.leading = self.in_delivery = 0
        self.efficiency = self.worth = self.shortfall = 0.0
        self.outturns = Counter()

    def skill(self, domain: str) -> float:
        """Skill 0 to 1 in a domain."""
        return self.skills.get(domain, 0.5)

    def convene(self) -> None:
        """The leader may change, and the regulator presses (phase 1)."""
        model, parameters, month = self.model, self.model.parameters, self.model.month
        stability, coaching = self.levers["leadership_stability"][month], self.levers["coaching"][month]
        shared, eased = self.levers["shared_accountability"][month], self.levers["regulator_acknowledgement"][month]
        turnover = parameters.turnover * (1 - parameters.stability_effect * stability)
        if month in self.new_leaders or self.random.random() < turnover:
            self.change_leader()
        pressed = 1 + parameters.grip_response * ((1 - shared) * self.shortfall + shared * model.shortfall)
        ordered = max([programme.order_felt() for programme in self.programmes if programme.is_orderable], default=0.0)
        pressed += parameters.instruction_effect * ordered + self.grip_shocks[month]
        self.pressure = parameters.accountability_pressure * pressed * (1 - parameters.acknowledgement_effect * eased)
        self.exposure = parameters.exposure * (1 - parameters.coaching_skill * coaching)
        self.coached = parameters.coaching_effect * coaching
        self.shared = shared
        self.attempts, self.in_year = 0, 0.0

    def change_leader(self) -> None:
        """A new leader brings an orientation of their own, and what was built starts afresh in part (phase 1)."""
        parameters = self.model.parameters
        self.orientation = self.opening_orientation
        for relationship in self.relationships + self.trusted_by:
            relationship.trust += parameters.turnover_loss * (relationship.baseline - relationship.trust)
        for programme in self.programmes:
            if programme.milestones_met < programme.milestones:
                programme.co_ownership *= 1 - parameters.turnover_loss / programme.size

    def take_stances(self) -> None:
        """Ask the population-first or the institutional question about each open opportunity (phase 2)."""
        draw, exp, parameters = self.random.random, math.exp, self.model.parameters
        sharpness, link, shared = parameters.decision_sharpness, parameters.weakest_link, self.shared
        wide, own, pressure = self.orientation, 1 - self.orientation, self.pressure
        fixed = self.fixed_stances.get(self.model.month)
        self.trust_met = 0.0
        for member in self.memberships:
            opportunity = member.opportunity
            trust, least = 0.0, 1.0
            for relationship in member.relationships:
                each = relationship.trust
                trust += each
                least = min(least, each)
            member.trust = trust
            self.trust_met += trust
            member.exposure = exposure = self.exposure * opportunity.shelter * min(1.0, abs(member.stake))
            if fixed is None:
                counted = (1 - shared) * member.stake + shared
                promise = own * counted + wide * opportunity.felt_benefit
                reciprocity = (1 - link) * trust / (opportunity.size - 1) + link * least
                advantage = reciprocity * promise - own * exposure - pressure
                odds_against = -sharpness * advantage
                member.is_population_first = odds_against < 700 and draw() * (1 + exp(odds_against)) < 1
            else:
                member.is_population_first = fixed
            opportunity.population_first += member.is_population_first

    def reflect(self) -> None:
        """Learn from meetings and milestones whom to trust, and from others' stances what to weigh (phase 5)."""
        model, parameters = self.model, self.model.parameters
        confirmatory = parameters.trust_rule == "confirmatory"
        seen = 0.0
        for each in self.relationships:
            trust = each.trust
            seen += trust * (each.constructive + each.welcomed)
            doubt_left = each.doubt_left * model.after_constructive[each.constructive]
            trust_left = each.trust_left * model.after_spurned[each.spurned] * model.after_stalemate[each.stalemates]
            if confirmatory:
                trust = min(1.0, trust + 2 * (1 - doubt_left) * trust * (1 - trust))
                each.trust = max(0.0, trust - 2 * (1 - trust_left) * trust * (1 - trust))
            else:
                each.trust = (1 - (1 - trust) * doubt_left) * trust_left
            each.constructive = each.spurned = each.welcomed = each.stalemates = 0
            each.doubt_left = each.trust_left = 1.0
        orientation = self.orientation + self.coached * (1 - self.orientation)
        if self.trust_met > 0:
            orientation += parameters.role_modelling * (seen / self.trust_met - self.orientation)
        self.orientation = min(1.0, max(0.0, orientation))

    def account(self) -> None:
        """Draw on its own pool of savings, measure the shortfall and close the month's books (phase 6)."""
        model, parameters, month = self.model, self.model.parameters, self.model.month
        busy = self.in_delivery / len(self.programmes) if self.programmes else 0.0
        rate = parameters.efficiency_rate * (1 - parameters.attention_cost * busy)
        self.efficiency += rate * (self.pool - self.efficiency)
        timetable = model.timetable
        left = self.deficit_share * timetable.do_nothing[month] - self.efficiency - self.worth
        short = max(0.0, left - self.deficit_share * timetable.plan[month])
        self.shortfall = short / (0.1 * self.income)
        levers = timetable.lever_costs[month] * self.income / model.income
        self.position = self.in_year - (left + levers) / 12
        self.outturns[timetable.years[month]] += self.position


class Commissioner(Organisation):
    """An organisation that pays for care."""


class Provider(Organisation):
    """An organisation that delivers care."""


class PlainTrustModel(mesa.Model):
    """A place whose organisations share a gap; one step is one month.

    Args:
        place: A scenario as plain data, every default filled in but those of the parameters.
        rng: The seed of this replicate's chance.
    """

    def __init__(self, place: dict, rng: Any = None):
        super().__init__(rng=rng)
        place = plain_numbers(place)
        self.parameters = Parameters(**place.get("parameters", {}))
        self.timetable = Timetable(place)
        self.month = -1
        self.shortfall = self.value_opened = self.value_agreed = 0.0
        self.programmes = self.milestones_value = self.people_reached = self.benefit_met = 0.0
        self.cumulative_position = 0.0
        self.underway, self.opened, self.in_delivery, self.newly_agreed = [], [], [], []
        self._gather_organisations(place["organisations"], place.get("contracts", {}))
        overrides = place.get("relationships", {}).get("overrides", ())
        self.overrides = {(each["of"], each["in"]): each["trust"] for each in overrides}
        self.relationships = {}
        self._lay_out_opportunities(place.get("contracts", {}), place.get("programmes", {}))
        self._weigh_meetings()
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in FIGURES})

    def _gather_organisations(self, entries: dict[str, dict], contracts: dict[str, dict]) -> None:
        roles, paid = {"commissioner": Commissioner, "provider": Provider}, Counter()
        for contract in contracts.values():
            paid[contract["commissioner"]] += contract["amount"]
        self.organisations = {
            id: roles[entry["role"]](self, id, entry, paid[id]) for id, entry in sorted(entries.items())
        }
        self.income = sum(entry["income"] for entry in entries.values())
        self.net_income = max(self.income - paid.total(), 0.1 * self.income)
        deficits = {each.id: entries[each.id].get("deficit_share", each.net_income) for each in self.agents}
        for organisation in self.agents:
            organisation.deficit_share = deficits[organisation.id] / sum(deficits.values())

    def _lay_out_opportunities(self, contracts: dict[str, dict], programmes: dict[str, dict]) -> None:
        self.contracts = [Contract(self, id, entry) for id, entry in sorted(contracts.items())]
        self.unopened: dict[int, list[Opportunity]] = defaultdict(list, {0: list(self.contracts)})
        self.benefit_on_paper = 0.0
        for id, entry in sorted(programmes.items()):
            opens = self.timetable.month(entry["from"]) if "from" in entry else 0
            if opens < self.timetable.months:
                programme = Programme(self, id, entry, opens)
                self.unopened[opens].append(programme)
                self.benefit_on_paper += programme.benefit * programme.value

    def _weigh_meetings(self) -> None:
        parameters, most = self.parameters, sum(map(len, self.unopened.values()))
        loss = parameters.trust_gain * parameters.loss_ratio
        self.after_month_behind = max(0.0, 1 - loss * parameters.behind)
        self.after_constructive = [(1 - parameters.trust_gain * parameters.meeting) ** met for met in range(most + 1)]
        self.after_spurned = [max(0.0, 1 - loss * parameters.meeting) ** met for met in range(most + 1)]
        self.after_stalemate = [max(0.0, 1 - loss * parameters.stalemate) ** met for met in range(most + 1)]

    def relate(self, of: Organisation, to: Organisation) -> Relationship:
        """The trust of one organisation in another, made when they first share an opportunity."""
        if (of, to) not in self.relationships:
            parameters = self.parameters
            usual = parameters.opening_trust + (parameters.same_sector_premium if of.sector == to.sector else 0)
            baseline = self.overrides.get((of.id, to.id), min(1.0, usual))
            self.relationships[of, to] = relationship = Relationship(of, to, baseline, baseline)
            of.relationships.append(relationship)
            to.trusted_by.append(relationship)
        return self.relationships[of, to]

    def weigh(self, stake: float) -> float:
        """What a milestone weighs for trust: 1 for a full win, -1 for a full loss (phase 5)."""
        neutral = self.parameters.neutral
        return neutral + (1 - neutral) * min(stake, 1) if stake >= 0 else max(-1, neutral + (1 + neutral) * stake)

    def bank(self, programme: Programme, worth: float) -> None:
        """Count a milestone that was met."""
        self.programmes += worth
        self.milestones_value += programme.value / programme.milestones
        self.people_reached += programme.reach / programme.milestones
        self.benefit_met += programme.benefit * programme.value / programme.milestones

    def step(self) -> None:
        """One month, phase by phase."""
        self.month += 1
        for id, size in self.timetable.breaches.get(self.month, ()):
            for relationship in self.organisations[id].trusted_by:
                relationship.trust *= 1 - size
        self.agents.do("convene")
        self._open_opportunities()
        self.agents.do("take_stances")
        for opportunity in self.underway:
            opportunity.negotiate()
        for programme in self.in_delivery:
            programme.deliver()
        self.agents.do("reflect")
        self.agents.do("account")
        self._account()
        self._move_programmes_on()
        self.datacollector.collect(self)
        self.running = self.month + 1 < self.timetable.months

    def _open_opportunities(self) -> None:
        for opportunity in self.unopened.pop(self.month, ()):
            insort(self.underway, opportunity, key=lambda each: each.id)
            for member in opportunity.members:
                member.organisation.memberships.append(member)
            if isinstance(opportunity, Programme):
                self.opened.append(opportunity)
                self.value_opened += opportunity.value
        for opportunity in self.underway:
            opportunity.convene()
        if any(contract.changes_payment() for contract in self.contracts):
            for contract in self.contracts:
                contract.share_out()
            for programme in self.opened:
                programme.share_out()

    def _account(self) -> None:
        organisations, month = self.agents, self.month
        self.do_nothing = self.timetable.do_nothing[month]
        self.efficiency = sum(organisations.get("efficiency"))
        self.gap = self.do_nothing - self.efficiency - self.programmes
        self.meets_target = self.gap <= self.timetable.target
        short = max(0.0, self.gap - self.timetable.plan[month])
        self.shortfall = short / (0.1 * self.net_income)
        self.position = sum(organisations.get("position"))
        self.cumulative_position += self.position
        self.realised = self.programmes / self.milestones_value if self.milestones_value else math.nan
        self.behind = mean([programme.is_behind for programme in self.in_delivery])
        self.trust = mean([relationship.trust for relationship in self.relationships.values()])
        self.orientation = mean(organisations.get("orientation"))
        self.pressure = mean(organisations.get("pressure"))
        self.co_ownership = mean([programme.co_ownership for programme in self.opened])
        self.plan_coverage = self.value_agreed / self.value_opened if self.opened else 0.0
        self.benefit = self.benefit_met / self.benefit_on_paper if self.benefit_on_paper else math.nan
        programmes = [each for each in self.underway if isinstance(each, Programme)]
        self.population_first = share_of_stances(self.underway)
        self.population_first_programmes = share_of_stances(programmes)
        self.population_first_contracts = share_of_stances(self.contracts)

    def _move_programmes_on(self) -> None:
        for programme in [each for each in self.in_delivery if each.milestones_met == each.milestones]:
            programme.lead.leading -= 1
            self.in_delivery.remove(programme)
            self.underway.remove(programme)
            for member in programme.members:
                member.organisation.in_delivery -= 1
                member.organisation.memberships.remove(member)
        for programme in self.newly_agreed:
            for member in programme.members:
                member.organisation.in_delivery += 1
        self.in_delivery += self.newly_agreed
        self.newly_agreed.clear()


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else math.nan


def share_of_stances(opportunities: Sequence[Opportunity]) -> float:
    """The share of their participants that asked the population-first question."""
    stances = sum([opportunity.size for opportunity in opportunities])
    population_first = sum([opportunity.population_first for opportunity in opportunities])
    return population_first / stances if stances else math.nan


def run_plain_mesa(place: dict, replicates: int) -> list[dict]:
    """Run many replicates in one process, replicate 0 with seed 0 and so on, and collect every month.

    Args:
        place: A scenario as plain data, every default filled in but those of the parameters.
        replicates: How many.

    Returns:
        The rows of Mesa's batch_run. Read `month`: `Step` counts from 0 before Mesa 3.5 and from 1 after.
    """
    plain, seeds = plain_numbers(place), range(replicates)
    places = [plain]
    settings = {
        "number_processes": 1,
        "data_collection_period": 1,
        "max_steps": plain["months"],
        "display_progress": False,
    }
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        return mesa.batch_run(PlainTrustModel, {"place": places}, rng=seeds, **settings)
    return mesa.batch_run(PlainTrustModel, {"place": places, "rng": seeds}, **settings)
