"""MODEL.md once more, as naively as it can be written: dictionaries, loops and `math.exp`.

It was written from the specification alone and shares with the engine nothing but the draws, so that where the two
agree, both say what the specification says. It is slow, it knows no arrays, and it is not to be made cleverer.
"""

import math
from hashlib import blake2b
from itertools import pairwise

from simulation.model.draws import uniform

TOO_CLOSE = 1e-12
TOO_FAINT = 1e-6
A_TIE = 1e-12

LEADER_CHANGE, STANCE, INSTRUCTION, REALISATION, MILESTONE = range(5)

DEFAULTS = {
    "decision_sharpness": 6,
    "exposure": 0.3,
    "accountability_pressure": 0.2,
    "grip_response": 1.0,
    "shortfall_unit": 0.1,
    "opening_trust": 0.40,
    "opening_trust_same_sector": 0.50,
    "opening_orientation": 0.2,
    "entry_orientation": 0.2,
    "trust_gain": 0.03,
    "loss_ratio": 2,
    "trust_rule": "linear",
    "meeting": 0.5,
    "stalemate": 0.1,
    "neutral": 0.4,
    "celebrated": 0.2,
    "co_ownership_memory": 0.5,
    "quorum": 0.7,
    "delivery_floor": 0.15,
    "realisation_mean": 0.75,
    "realisation_spread": 0.25,
    "efficiency_rate": 0.03,
    "attention_cost": 0.3,
    "turnover": 0.019,
    "turnover_loss": 0.4,
    "role_modelling": 0.04,
    "neutral_band": 0.1,
    "goal_effect": 0.6,
    "coaching_effect": 0.03,
    "coaching_skill": 0.2,
    "menu_effect": 0.33,
    "acknowledgement_effect": 0.4,
    "stability_effect": 0.6,
    "instruction_effect": 1.0,
    "instruction_months": 2,
    "lead_capacity": 8,
}


class Naive:
    """One replicate of a place.

    Attributes:
        system: For each month, the columns of the system table.
        trust: For each month, trust by pair at its end.
        orientation: For each month, orientation by organisation at its end.
        co_ownership: For each month, co-ownership by programme at its end.
        efficiency: For each month, £m a year by organisation.
        pressures: For each month, pressure by organisation.
        shortfalls: For each month, own shortfall by organisation.
        position: For each month, £m by organisation.
        milestones: For each month, milestones met by programme.
        shifted: For each month, £m shifted by contract; NaN for programmes.
        agreements: By programme that was agreed: month, by order, outcome, lead, realisation, co-ownership.
        on_table: By opportunity and organisation: months on the table, and of these the institutional ones.
        happened: What happened at least once, in words.
        certain: How many months are certain: until a draw is so close to its probability that the last bits of exp
            decide, or trust so close to 0 that its rounding becomes the weight of a stance.
    """

    def __init__(self, place, seed, replicate):
        """Read a place as its file would write it, with all defaults filled in."""
        self.seed, self.replicate = seed, replicate
        self.parameter = DEFAULTS | place.get("parameters", {})
        self.first = month_of(place["start"])
        self.horizon = number(place["months"])
        self.place = place
        self.levers = place.get("levers", {})
        self.events = place.get("events", [])
        self.orgs = {i: place["organisations"][i] for i in sorted(place["organisations"])}
        self.opps = {
            k: place["opportunities"][k]
            for k in sorted(place["opportunities"])
            if self.since(place["opportunities"][k]) < self.horizon
        }
        self.income = {i: number(self.orgs[i]["income"]) for i in self.orgs}
        self.deficit = self.deficit_shares()
        self.who = {k: sorted(self.opps[k]["shares"]) for k in self.opps}
        self.share = {k: self.shares_of(k) for k in self.opps}
        self.programmes = [k for k in self.opps if self.opps[k]["kind"] == "programme"]
        self.baseline = self.opening_trust()
        self.tau = dict(self.baseline)
        self.omega = {
            i: number(self.orgs[i].get("orientation", self.parameter["opening_orientation"])) for i in self.orgs
        }
        self.saved = dict.fromkeys(self.orgs, 0.0)
        self.own_shortfall = dict.fromkeys(self.orgs, 0.0)
        self.place_shortfall = 0.0
        self.c = dict.fromkeys(self.programmes, 0.0)
        self.ordered_months = dict.fromkeys(self.programmes, 0)
        self.met = dict.fromkeys(self.programmes, 0)
        self.agreements = {}
        self.fixed_share = {}
        self.on_table = {(k, i): [0, 0] for k in self.opps for i in self.who[k]}
        self.system, self.trust, self.orientation, self.co_ownership, self.position = [], [], [], [], []
        self.efficiency, self.pressures, self.shortfalls, self.milestones, self.shifted = [], [], [], [], []
        self.happened = set()
        self.certain = self.horizon
        for t in range(self.horizon):
            self.t = t
            self.month()

    # What the file says

    def since(self, dated):
        """The month, counted from the start, in which something begins."""
        return month_of(dated["from"]) - self.first if "from" in dated else 0

    def lasts(self, dated):
        """Return true if something with `from` and `until` is there this month."""
        if self.t < self.since(dated):
            return False
        return "until" not in dated or self.t < month_of(dated["until"]) - self.first

    def path(self, dated):
        """A dated amount this month: straight between dates, flat outside."""
        points = sorted((month_of(date) - self.first, number(amount)) for date, amount in dated.items())
        if self.t <= points[0][0]:
            return points[0][1]
        for (earlier, low), (later, high) in pairwise(points):
            if earlier <= self.t <= later:
                return low + (high - low) * (self.t - earlier) / (later - earlier)
        return points[-1][1]

    def quiet_gap(self):
        """Do-nothing without shocks."""
        return self.path(self.place["do_nothing"])

    def do_nothing(self):
        """Do-nothing with the shocks so far."""
        shocks = [
            number(event["size"])
            for event in self.events
            if event["event"] == "cost_shock" and self.t >= month_of(event["month"]) - self.first
        ]
        return self.quiet_gap() + sum(shocks)

    def plan(self):
        """The planned gap."""
        if "plan" in self.place:
            return self.path(self.place["plan"])
        now, self.t = self.t, 0
        opening = self.quiet_gap()
        self.t = now
        return opening if self.horizon == 1 else opening * (1 - now / (self.horizon - 1))

    def deficit_shares(self):
        """Each organisation's part of the gap."""
        given = {i: number(self.orgs[i].get("deficit_share", self.income[i])) for i in self.orgs}
        return {i: given[i] / sum(given.values()) for i in self.orgs}

    def shares_of(self, k):
        """The shares of an opportunity, divided by their sum."""
        given = {i: number(self.opps[k]["shares"][i]) for i in self.who[k]}
        return {i: given[i] / sum(given.values()) for i in given}

    def opening_trust(self):
        """Trust at the start, for each ordered pair that shares an opportunity."""
        trust = {}
        for k in self.opps:
            for i in self.who[k]:
                for j in self.who[k]:
                    if i != j:
                        same = self.sector(i) == self.sector(j)
                        trust[i, j] = number(self.parameter["opening_trust_same_sector" if same else "opening_trust"])
        for override in self.place.get("relationships", {}).get("overrides", []):
            if (override["of"], override["in"]) in trust:
                trust[override["of"], override["in"]] = number(override["trust"])
        return trust

    def sector(self, i):
        """An organisation's sector; its role if it has none."""
        return self.orgs[i].get("sector", self.orgs[i]["role"])

    def strength(self, setting):
        """How strongly a setting acts this month."""
        if not self.lasts(setting):
            return 0.0
        since = self.since(setting)
        return number(setting["strength"]) * min(1.0, (self.t - since + 1) / number(setting["ramp"]))

    def lever(self, name, subject):
        """The strongest setting of a lever on a subject this month."""
        strongest = 0.0
        for setting in self.levers.get(name, []):
            if "only" not in setting or subject in setting["only"]:
                strongest = max(strongest, self.strength(setting))
        return strongest

    def skill(self, i, k):
        """Skill of an organisation in an opportunity's domain."""
        return number(self.orgs[i].get("skills", {}).get(self.opps[k]["domain"], 0.5))

    def capacity(self, i):
        """How many programmes an organisation can lead."""
        return number(self.orgs[i].get("lead_capacity", self.parameter["lead_capacity"]))

    def happens(self, subject, purpose, probability):
        """Return true if a draw falls below a probability."""
        draw = uniform(self.seed, self.replicate, digest(subject), self.t, purpose)
        if abs(draw - probability) < TOO_CLOSE:
            self.certain = min(self.certain, self.t)
        return draw < probability

    def open(self, k):
        """Return true if an opportunity has opened."""
        return self.t >= self.since(self.opps[k])

    def delivered(self, k):
        """Return true if a programme's last milestone is met."""
        return self.met[k] >= number(self.opps[k]["milestones"])

    def alive(self, k):
        """Return true if an opportunity is on the table or in delivery."""
        return self.open(k) and (k not in self.programmes or not self.delivered(k))

    def y(self, k):
        """Shares after gain share: this month's, or as fixed when the programme was agreed."""
        if k in self.fixed_share:
            return self.fixed_share[k]
        g = self.lever("gain_share", k)
        gains = sum(a for a in self.share[k].values() if a > 0)
        losses = sum(-a for a in self.share[k].values() if a < 0)
        return {i: a * (1 - g * losses / gains) if a > 0 else a * (1 - g) for i, a in self.share[k].items()}

    # A month

    def month(self):
        """All six phases and the record."""
        p = {name: value if name == "trust_rule" else number(value) for name, value in self.parameter.items()}
        self.p = p
        self.convene()
        self.take_stances()
        self.negotiate()
        self.deliver()
        self.reflect()
        self.account()
        self.record()

    def convene(self):
        """Phase 1: breaches, leaders, pressure."""
        now = [event for event in self.events if event.get("month") and month_of(event["month"]) - self.first == self.t]
        breaches = [event for event in now if event["event"] == "breach"]
        if len(breaches) > 1:
            self.happened.add("two breaches in a month")
        for event in sorted(breaches, key=lambda event: -number(event["size"])):
            for i, j in self.tau:
                if j == event["organisation"]:
                    self.tau[i, j] *= 1 - number(event["size"])
        self.change_leaders({event["organisation"] for event in now if event["event"] == "leader_change"})
        self.press()

    def change_leaders(self, leaving):
        """New leaders, by the events given or by chance, and what leaves with the old ones."""
        p = self.p
        for i in self.orgs:
            chance = p["turnover"] * (1 - p["stability_effect"] * self.lever("leadership_stability", i))
            if i not in leaving and self.happens(i, LEADER_CHANGE, chance):
                leaving.add(i)
                self.happened.add("leader changed by chance")
        for i in leaving:
            self.omega[i] = p["entry_orientation"]
        for i, j in self.tau:
            m = (i in leaving) + (j in leaving)
            b = self.baseline[i, j]
            self.tau[i, j] = b + (self.tau[i, j] - b) * (1 - p["turnover_loss"]) ** m
            if m == 2:
                self.happened.add("both leaders changed")
        for k in self.programmes:
            left = [i for i in self.who[k] if i in leaving and not self.delivered(k)]
            for _ in left:
                self.c[k] *= 1 - p["turnover_loss"] / len(self.who[k])
            if left and k in self.agreements:
                self.happened.add("leader changed in a programme in delivery")

    def press(self):
        """Pressure on each organisation, from last month's shortfalls."""
        p = self.p
        shock = sum(
            number(event["size"]) for event in self.events if event["event"] == "grip_shock" and self.lasts(event)
        )
        self.pressure = {}
        for i in self.orgs:
            shared = self.lever("shared_accountability", i)
            ordered = max((self.lever("top_down_instruction", k) for k in self.opps if i in self.who[k]), default=0)
            grip = p["grip_response"] * ((1 - shared) * self.own_shortfall[i] + shared * self.place_shortfall)
            if shared * abs(self.place_shortfall - self.own_shortfall[i]) > 0:
                self.happened.add("shortfall shared")
            bracket = 1 + grip + p["instruction_effect"] * ordered + shock
            eased = 1 - p["acknowledgement_effect"] * self.lever("regulator_acknowledgement", i)
            self.pressure[i] = p["accountability_pressure"] * bracket * eased

    def kappa(self, i, k):
        """Exposure of an organisation in an opportunity."""
        menu = 1 - self.p["menu_effect"] * self.lever("menu_framing", k)
        coached = 1 - self.p["coaching_skill"] * self.lever("coaching", i)
        return self.p["exposure"] * menu * coached

    def take_stances(self):
        """Phase 2: True is population-first."""
        p = self.p
        fixed = {
            event["organisation"]: event["stance"] == "population_first"
            for event in self.events
            if event["event"] == "fixed_stance" and self.lasts(event)
        }
        self.in_delivery = [k for k in self.programmes if k in self.agreements and not self.delivered(k)]
        self.stances = {}
        for k in self.opps:
            if not self.alive(k):
                continue
            n = len(self.who[k])
            sigma = 1 + p["goal_effect"] * self.lever("superordinate_goal", k)
            y = self.y(k)
            for i in self.who[k]:
                q = sum(self.tau[i, j] for j in self.who[k] if j != i) / (n - 1)
                omega = self.omega[i]
                bracket = (1 - omega) * n * y[i] + omega * sigma * number(self.opps[k]["benefit"])
                advantage = q * bracket - (1 - omega) * self.kappa(i, k) - self.pressure[i]
                if i in fixed:
                    self.stances[k, i] = fixed[i]
                else:
                    chance = 1 / (1 + math.exp(-p["decision_sharpness"] * advantage))
                    self.stances[k, i] = self.happens(k + "\x1f" + i, STANCE, chance)
                if k not in self.agreements:
                    self.on_table[k, i][0] += 1
                    self.on_table[k, i][1] += not self.stances[k, i]

    def negotiate(self):
        """Phase 3."""
        self.yields = dict.fromkeys(self.orgs, 0.0)
        self.shifts = dict.fromkeys(self.orgs, 0.0)
        self.shifted_in = dict.fromkeys(self.opps, 0.0)
        for k in self.opps:
            if not self.alive(k):
                continue
            if k not in self.programmes:
                self.manage(k)
                continue
            n = len(self.who[k])
            phi = sum(self.stances[k, i] for i in self.who[k]) / n
            self.c[k] += self.p["co_ownership_memory"] * (phi - self.c[k])
            if k not in self.agreements:
                self.consider(k)

    def manage(self, k):
        """A contract's month."""
        n, value = len(self.who[k]), number(self.opps[k]["value"])
        constructive, pairs = 0, 0
        for i in self.who[k]:
            for j in self.who[k]:
                if i < j:
                    pairs += 1
                    constructive += self.stances[k, i] and self.stances[k, j]
                if i != j and self.stances[k, i] and not self.stances[k, j]:
                    taken = self.kappa(i, k) * (value / n) / ((n - 1) * 12)
                    self.shifts[i] -= taken
                    self.shifts[j] += taken
                    self.shifted_in[k] += taken
                    self.happened.add("contract shifted cost")
        for i, y in self.y(k).items():
            self.yields[i] += value / 12 * constructive / pairs * y

    def consider(self, k):
        """Agree a programme that is on the table if it is due, and choose its lead."""
        p, n, y = self.p, len(self.who[k]), self.y(k)
        ordered = self.lever("top_down_instruction", k)
        self.ordered_months[k] += ordered > 0
        vetoed = any(n * y[i] < -p["neutral_band"] and not self.stances[k, i] for i in y)
        agreed = self.c[k] >= p["quorum"] and not vetoed
        by_order = False
        if vetoed and self.c[k] >= p["quorum"]:
            self.happened.add("held up by a board that stands to lose")
        if not agreed and self.ordered_months[k] >= p["instruction_months"] and ordered > 0:
            by_order = self.happens(k, INSTRUCTION, ordered)
            self.happened.add("agreed by order" if by_order else "refused an order")
        if not agreed and not by_order:
            return
        if agreed:
            self.happened.add("agreed by consent")
        if y != self.share[k]:
            self.happened.add("gain shared in a programme")
        low = p["realisation_mean"] - p["realisation_spread"]
        draw = uniform(self.seed, self.replicate, digest(k), self.realised_in(), REALISATION)
        lead = self.choose_lead(k)
        self.fixed_share[k] = y
        outcome = 0
        if any(n * y[i] < -p["neutral_band"] for i in y):
            outcome = 2
        elif any(n * y[i] <= p["neutral_band"] for i in y):
            outcome = 1
        self.agreements[k] = {
            "agreed": self.t,
            "by_order": by_order,
            "outcome": outcome,
            "lead": lead,
            "realisation": low + 2 * p["realisation_spread"] * draw,
            "co_ownership": self.c[k],
        }

    def realised_in(self):
        """The month under which realisation is drawn: once per programme, whenever it is agreed."""
        return 0

    def choose_lead(self, k):
        """The participant with room and the highest score."""
        led = dict.fromkeys(self.orgs, 0)
        for other, agreement in self.agreements.items():
            if not self.delivered(other):
                led[agreement["lead"]] += 1
        free = [i for i in self.who[k] if led[i] < self.capacity(i)]
        if len(free) < len(self.who[k]):
            self.happened.add("lead without room" if free else "nobody has room")
        free = free or self.who[k]
        by_skill = self.lever("lead_by_skill", k)
        largest = max(self.income[i] for i in self.who[k])
        best, highest = None, -math.inf
        for i in free:
            others = [j for j in self.who[k] if j != i]
            trusted = sum(self.tau[j, i] for j in others) / len(others)
            score = (1 - by_skill) * self.income[i] / largest + by_skill * self.skill(i, k) * trusted
            if score > highest + A_TIE:
                best, highest = i, score
        return best

    def deliver(self):
        """Phase 4."""
        p = self.p
        attempts = dict.fromkeys(self.orgs, 0)
        self.milestones_now = []
        self.set_up = dict.fromkeys(self.orgs, 0.0)
        for k in sorted(self.in_delivery, key=lambda k: (self.agreements[k]["agreed"], k)):
            agreement, who = self.agreements[k], self.who[k]
            milestones = number(self.opps[k]["milestones"])
            if self.t - agreement["agreed"] <= milestones:
                together = sum(self.income[i] for i in who)
                for i in who:
                    self.set_up[i] += number(self.opps[k]["set_up_cost"]) / milestones * self.income[i] / together
            lead = agreement["lead"]
            if attempts[lead] >= self.capacity(lead):
                self.happened.add("not attempted")
                continue
            attempts[lead] += 1
            pairs = [(i, j) for i in who for j in who if i != j]
            trust = sum(self.tau[pair] for pair in pairs) / len(pairs)
            floor = p["delivery_floor"]
            chance = self.skill(lead, k) * (floor + (1 - floor) * trust * self.c[k])
            if self.happens(k, MILESTONE, chance):
                self.met[k] += 1
                self.milestones_now.append(k)
                if self.delivered(k):
                    self.happened.add("last milestone")

    def w(self, x):
        """Weight of a met milestone for one with n·y = x."""
        neutral = self.p["neutral"]
        if x >= 0:
            return neutral + (1 - neutral) * min(x, 1)
        return max(-1, neutral + (1 + neutral) * x)

    def happened_between(self, i, j):
        """Weights of this month's events for i's trust in j: gains, losses."""
        p, gains, losses = self.p, [], []
        for k in self.milestones_now:
            gained, lost = self.milestone_between(i, j, k)
            gains += gained
            losses += lost
        for k in self.opps:
            if (k, i) in self.stances and (k, j) in self.stances:
                open_i, open_j = self.stances[k, i], self.stances[k, j]
                if open_i and open_j:
                    gains.append(p["meeting"])
                elif open_i:
                    losses.append(p["meeting"])
                elif not open_j:
                    losses.append(p["stalemate"])
        return gains, losses

    def milestone_between(self, i, j, k):
        """Weights of a milestone met this month for i's trust in j: gains, losses."""
        if j not in self.who[k]:
            return [], []
        if i not in self.who[k]:
            seen = self.p["celebrated"] * self.lever("celebration", k)
            if seen > 0:
                self.happened.add("milestone celebrated")
            return [seen], []
        y = self.y(k)
        w = self.w(len(y) * y[i])
        if w > 0:
            self.happened.add("milestone won")
            return [w], []
        if w < 0 and y[j] > 0:
            self.happened.add("milestone lost, to one who gains")
            return [], [-w]
        if w < 0:
            self.happened.add("milestone lost, to one who does not")
        return [], []

    def reflect(self):
        """Phase 5."""
        p = self.p
        trust = {}
        for i, j in self.tau:
            gains, losses = self.happened_between(i, j)
            gain = 1 - math.prod(1 - p["trust_gain"] * w for w in gains)
            loss = 1 - math.prod(1 - p["trust_gain"] * p["loss_ratio"] * w for w in losses)
            tau = self.tau[i, j]
            if p["trust_rule"] == "linear":
                tau = tau + gain * (1 - tau)
                tau = tau - loss * tau
            else:
                tau = min(1, tau + 2 * gain * tau * (1 - tau))
                tau = max(0, tau - 2 * loss * tau * (1 - tau))
            trust[i, j] = tau
            if 0 < self.tau[i, j] < TOO_FAINT or 0 < tau < TOO_FAINT:
                self.certain = min(self.certain, self.t)
        omega = {}
        for i in self.orgs:
            seen, weight = 0.0, 0.0
            for k, j in self.stances:
                if j != i and (k, i) in self.stances:
                    weight += self.tau[i, j]
                    seen += self.tau[i, j] * self.stances[k, j]
            new = self.omega[i] + p["coaching_effect"] * self.lever("coaching", i) * (1 - self.omega[i])
            if weight == 0:
                self.happened.add("nobody trusted")
            else:
                new += p["role_modelling"] * (seen / weight - self.omega[i])
            omega[i] = min(1, max(0, new))
        self.tau, self.omega = trust, omega

    def part_met(self, k):
        """The part of a programme's milestones that is met."""
        return self.met[k] / number(self.opps[k]["milestones"])

    def worth(self, k):
        """What a programme is worth so far, £m a year."""
        if k not in self.agreements:
            return 0.0
        return number(self.opps[k]["value"]) * self.agreements[k]["realisation"] * self.part_met(k)

    def account(self):
        """Phase 6."""
        p = self.p
        for i in self.orgs:
            mine = [k for k in self.programmes if i in self.who[k]]
            busy = len([k for k in mine if k in self.in_delivery]) / len(mine) if mine else 0
            pool = number(self.orgs[i]["efficiency_pool"])
            self.saved[i] += p["efficiency_rate"] * (pool - self.saved[i]) * (1 - p["attention_cost"] * busy)
        gap = self.do_nothing()
        self.gap = gap - sum(self.saved.values()) - sum(self.worth(k) for k in self.programmes)
        all_income = sum(self.income.values())
        self.place_shortfall = max(0, self.gap - self.plan()) / (p["shortfall_unit"] * all_income)
        lever_costs = sum(
            number(setting["cost"]) * self.strength(setting)
            for settings in self.levers.values()
            for setting in settings
        )
        month = {}
        for i in self.orgs:
            mine = sum(self.y(k)[i] * self.worth(k) for k in self.programmes if i in self.who[k])
            short = self.deficit[i] * gap - self.saved[i] - mine - self.deficit[i] * self.plan()
            self.own_shortfall[i] = max(0, short) / (p["shortfall_unit"] * self.income[i])
            month[i] = (
                -self.deficit[i] * gap / 12
                + self.saved[i] / 12
                + mine / 12
                + self.yields[i]
                + self.shifts[i]
                - self.set_up[i]
                - lever_costs / 12 * self.income[i] / all_income
            )
        self.position.append(month)

    def record(self):
        """The month's row of the system table, and the states."""
        opened = [k for k in self.programmes if self.open(k)]
        value = {k: number(self.opps[k]["value"]) for k in self.programmes}
        benefit = {k: number(self.opps[k]["benefit"]) * value[k] for k in self.programmes}
        in_contracts = [stance for (k, _), stance in self.stances.items() if k not in self.programmes]
        agreed = sum(value[k] for k in self.agreements)
        self.system.append(
            {
                "gap": self.gap,
                "do_nothing": self.do_nothing(),
                "efficiency": sum(self.saved.values()),
                "programmes": sum(self.worth(k) for k in self.programmes),
                "milestones_value": sum(value[k] * self.part_met(k) for k in self.programmes),
                "trust": mean(self.tau.values()),
                "population_first": mean(self.stances.values()),
                "population_first_contracts": mean(in_contracts),
                "orientation": mean(self.omega.values()),
                "pressure": mean(self.pressure.values()),
                "co_ownership": mean(self.c[k] for k in opened),
                "plan_coverage": agreed / sum(value[k] for k in opened) if opened else 0.0,
                "people_reached": sum(number(self.opps[k]["reach"]) * self.part_met(k) for k in self.programmes),
                "benefit": (
                    sum(benefit[k] * self.part_met(k) for k in self.programmes) / sum(benefit.values())
                    if sum(benefit.values()) > 0
                    else math.nan
                ),
            }
        )
        self.trust.append(dict(self.tau))
        self.orientation.append(dict(self.omega))
        self.co_ownership.append(dict(self.c))
        self.efficiency.append(dict(self.saved))
        self.pressures.append(dict(self.pressure))
        self.shortfalls.append(dict(self.own_shortfall))
        self.milestones.append(dict(self.met))
        self.shifted.append({k: math.nan if k in self.programmes else self.shifted_in[k] for k in self.opps})
        if min(self.tau.values()) == 0 or max(self.tau.values()) == 1:
            self.happened.add("trust at a bound")


def number(written):
    """A number, bare or with its evidence."""
    return written["value"] if isinstance(written, dict) else written


def month_of(text):
    """YYYY-MM as a count of months."""
    year, month = text.split("-")
    return int(year) * 12 + int(month)


def digest(subject):
    """The 64 bits by which the draws know a subject."""
    return int.from_bytes(blake2b(subject.encode(), digest_size=8).digest(), "big")


def mean(values):
    """The mean; nothing to count gives NaN."""
    values = list(values)
    return sum(values) / len(values) if values else math.nan
