"""The model, transcribed a second time from its specification alone, to check the engines against.

It shares no code with the engines and imports nothing of ours. It is slow and plain, with the sections, the phases
and the letters of the specification. Where it and an engine agree, both say what the specification says.

Conventions:

- Months count from 0, the start. Shares and transfers are computed in every month for every opportunity that opens
  within the horizon, opened or not. The co-ownership of a programme that has not opened is 0.
- `transfers` holds what the payer pays the payee more than before, in £m a year when the programme is worth its value
  on paper: negative for the provider that gives activity up, positive for the one that takes it on. The contract is
  the one by which it is paid, or None where the provider is paid at the mean of its contracts. Payments that come to 0,
  as under a block contract, are listed; what is not paid for is not.
- A comment that begins "Left open" marks a point where the specification has two readings.
"""

import math
from hashlib import blake2b
from itertools import pairwise, permutations

# fmt: off
DEFAULTS = {
    "decision_sharpness": 6.0, "exposure": 0.3, "accountability_pressure": 0.2, "grip_response": 1.0,
    "opening_trust": 0.40, "same_sector_premium": 0.10, "opening_orientation": 0.2, "weakest_link": 0.25,
    "trust_gain": 0.08, "loss_ratio": 2.0, "trust_rule": "linear",
    "meeting": 0.1, "stalemate": 0.03, "behind": 0.1, "neutral": 0.4, "celebrated": 0.2,
    "co_ownership_memory": 0.5, "quorum": 0.7, "delivery_floor": 0.05,
    "owned_realisation": 0.75, "unowned_realisation": 0.55, "realisation_spread": 0.25, "mobilisation": 6, "pace": 3,
    "efficiency_rate": 0.03, "attention_cost": 0.3, "contract_saving": 0.01,
    "turnover": 0.019, "turnover_loss": 0.4, "role_modelling": 0.04, "neutral_band": 0.1,
    "goal_effect": 0.6, "coaching_effect": 0.03, "coaching_skill": 0.2, "menu_effect": 0.33,
    "acknowledgement_effect": 0.4, "stability_effect": 0.6, "instruction_effect": 1.0,
    "instruction_months": 2, "instruction_persistence": 0.5, "lead_capacity": 8,
}

# Everything of note that can happen, by section and phase. A test shows that made-up places make each of these happen.
NOTEWORTHY = frozenset({
    # Entities
    "deficit shared by net income", "net income at a tenth of income", "opening trust clipped",
    "programme opens after the start", "programme opens after the horizon", "value given as what each saves",
    "participant in activity only",
    # Levers
    "lever with several settings at once", "lever ramped", "lever paid for",
    # 1 Convene
    "breach", "two breaches in a month", "leader changed by an event", "leader changed by chance",
    "both leaders changed", "leader changed in a programme on the table", "leader changed in a programme in delivery",
    "cost shock", "grip shock for all", "grip shock for some", "own shortfall", "shortfall shared",
    "order pressing before agreement", "order pressing after agreement", "pressure acknowledged",
    # 2 Take a stance
    "fixed stance", "payment reformed", "activity from one provider to another", "activity from a provider to nobody",
    "activity to a provider from nobody", "activity with no commissioner",
    "activity of commissioners outside the programme", "activity paid at the mean of the provider's contracts",
    "activity not paid for: no contract at all", "gain shared in a programme",
    "share fixed before the gain share changed", "payment reformed after agreement", "share counted as the place's",
    "nothing at stake", "weakest link below the mean", "bracket negative",
    # 3 Negotiate
    "contract yielded", "cost shifted", "part of a contract's loss capped at 1", "stalemate", "agreed by consent",
    "agreed by order", "agreed by order against a board that stands to lose", "refused an order",
    "held up by a board that stands to lose", "lead without room", "nobody has room", "lead tied", "win/win",
    "win/neutral", "win/lose",
    # 4 Deliver
    "still mobilising", "not attempted", "milestone not met", "milestone met", "last milestone", "behind",
    "behind for want of room", "set-up paid",
    # 5 Reflect
    "milestone won", "milestone lost, to one who gains", "milestone lost, to one who does not", "milestone celebrated",
    "loss of trust capped at 1", "trust at a bound", "nobody trusted",
    "orientation clipped",
    # 6 Account
    "attention taken by delivery", "place's shortfall",
})
# fmt: on

LEADER_CHANGE, STANCE, INSTRUCTION, REALISATION, MILESTONE = range(5)
RHO = {"tariff": 0.0, "block": 1.0, "shared": 0.5}
BARELY = 1e-12
# What is recorded every month: the attribute that lists it, and the state of which it holds a copy.
# fmt: off
RECORDS = {
    "trust": "tau", "orientation": "omega", "efficiency": "e", "pressures": "pressure", "shortfalls": "own_shortfall",
    "position": "month", "co_ownership": "c", "milestones": "met", "worth": "programme_worth", "shifted": "shifts",
    "yielded": "yields", "behind": "behind_now", "transfers": "moved", "shares": "y",
}
# fmt: on
MASK = 2**64 - 1


# Randomness


def threefry(key, counter):
    """Return the two words that Threefry2x64-20 gives for a key and a counter of two words each."""
    keys = [key[0], key[1], 0x1BD11BDAA9FC1A22 ^ key[0] ^ key[1]]
    x, y = (counter[0] + keys[0]) & MASK, (counter[1] + keys[1]) & MASK
    for turn in range(20):
        x = (x + y) & MASK
        bits = (16, 42, 12, 31, 16, 32, 24, 21)[turn % 8]
        y = ((y << bits) | (y >> (64 - bits))) & MASK
        y ^= x
        if turn % 4 == 3:
            step = turn // 4 + 1
            x = (x + keys[step % 3]) & MASK
            y = (y + keys[(step + 1) % 3] + step) & MASK
    return x, y


def subject_of(text):
    """Return the 8-byte BLAKE2b digest of a text as a big-endian whole number."""
    return int.from_bytes(blake2b(text.encode("utf-8"), digest_size=8).digest(), "big")


def uniform(seed, replicate, month, subject, purpose):
    """Return the uniform number in [0, 1) that answers one question."""
    word, _ = threefry((seed & MASK, replicate & MASK), (subject_of(subject), month * 2**16 + purpose))
    return (word >> 11) * 2.0**-53


# Reading a scenario


def number(entry):
    """Return a number that may be written with its evidence."""
    return entry["value"] if isinstance(entry, dict) else entry


def month_of(date):
    """Return a date YYYY-MM as a number of months."""
    year, month = str(date).split("-")[:2]
    return int(year) * 12 + int(month) - 1


def on_line(points, month):
    """Return the value at a month: straight lines between dates, flat outside."""
    dates = sorted(points)
    if month <= dates[0]:
        return points[dates[0]]
    for before, after in pairwise(dates):
        if month <= after:
            return points[before] + (points[after] - points[before]) * (month - before) / (after - before)
    return points[dates[-1]]


def clip(value):
    """Return a value held between 0 and 1."""
    return min(1.0, max(0.0, value))


def mean(values):
    """Return the mean, or not a number for the mean over nothing."""
    values = list(values)
    return sum(values) / len(values) if values else math.nan


def logistic(x):
    """Return 1 / (1 + exp(−x)), or 0 where the exponential is too large for a float."""
    try:
        return 1.0 / (1.0 + math.exp(-x))
    except OverflowError:
        return 0.0


class Naive:
    """One replicate of a place.

    Attributes:
        system: By month, a dictionary by column. Each name in `RECORDS` likewise: by organisation, relationship, …
        agreements: By programme that was agreed, what was agreed.
        on_table: By opportunity and participant the months on the table and, of these, the institutional stances.
        programmes: The ids of the programmes that open within the horizon.
        meets_target: True if the last month's gap is at or below the target.
        happened: The entries of `NOTEWORTHY` that happened.
        certain: How many months from the start no rounding can have decided.
    """

    def __init__(self, place, seed, replicate):
        """Simulate every month of one replicate, from 0, of a scenario as its file writes it."""
        self.seed, self.replicate, self.happened = seed, replicate, set()
        self.p = DEFAULTS | {name: number(value) for name, value in place.get("parameters", {}).items()}
        self.start = month_of(place["start"])
        self.months = self.certain = number(place["months"])
        self.read_place(place)
        self.read_levers(place)
        self.read_events(place)
        self.open_state(place)
        self.system = []
        for name in RECORDS:
            setattr(self, name, [])
        for month in range(self.months):
            self.t = month
            self.convene()
            self.take_stances()
            self.negotiate()
            self.deliver()
            self.reflect()
            self.account()
            self.record()
        self.meets_target = self.system[-1]["gap"] <= self.target

    # Entities

    def read_place(self, place):
        self.read_organisations(place["organisations"])
        self.read_contracts(place.get("contracts", {}))
        self.programme = {}
        for k in sorted(place.get("programmes", {})):
            self.read_programme(k, place["programmes"][k])
        self.programmes = list(self.programme)
        self.opportunities = sorted([*self.contract, *self.programme])
        self.participants = {k: entry["participants"] for k, entry in (self.contract | self.programme).items()}
        self.programmes_of = {i: [k for k in self.programmes if i in self.participants[k]] for i in self.organisations}
        for i, own in self.organisation.items():
            paid = sum(entry["amount"] for entry in self.contract.values() if entry["commissioner"] == i)
            own["net_income"] = max(own["income"] - paid, own["income"] / 10)
            self.note("net income at a tenth of income", own["income"] - paid < own["income"] / 10)
        self.share_deficit(place["organisations"])
        self.base = self.dated(place["do_nothing"])
        first = on_line(self.base, 0)
        # Left open: the plan of a place of one month, whose first is its last; the first month's, as the only one.
        self.plan = self.dated(place["plan"]) if "plan" in place else {self.months - 1: 0.0} | {0: first}
        self.target = number(place["target"]) if "target" in place else on_line(self.plan, self.months - 1)

    def dated(self, points):
        return {month_of(date) - self.start: number(value) for date, value in points.items()}

    def month_in(self, entry, name, otherwise):
        return month_of(entry[name]) - self.start if name in entry else otherwise

    def window(self, entry):
        """Return a setting or an event with the months from which, inclusive, and until which, exclusive, it acts."""
        return entry | {"from": self.month_in(entry, "from", 0), "until": self.month_in(entry, "until", math.inf)}

    def read_organisations(self, entries):
        self.organisations = sorted(entries)
        self.organisation = {}
        for i in self.organisations:
            entry = entries[i]
            self.organisation[i] = {
                "sector": entry.get("sector", entry["role"]),
                "income": number(entry["income"]),
                "pool": number(entry.get("efficiency_pool", 0.0)),
                "orientation": number(entry.get("orientation", self.p["opening_orientation"])),
                "skills": {domain: number(skill) for domain, skill in entry.get("skills", {}).items()},
                "lead_capacity": number(entry.get("lead_capacity", self.p["lead_capacity"])),
            }

    def share_deficit(self, entries):
        parts = {i: number(entries[i]["deficit_share"]) for i in self.organisations if "deficit_share" in entries[i]}
        if not parts:
            self.note("deficit shared by net income")
            parts = {i: self.organisation[i]["net_income"] for i in self.organisations}
        for i in self.organisations:
            self.organisation[i]["deficit_share"] = parts[i] / sum(parts.values())

    def read_contracts(self, entries):
        self.contract = {}
        for k in sorted(entries):
            entry, amount = entries[k], number(entries[k]["amount"])
            usual = "tariff" if self.organisation[entry["provider"]]["sector"] == "acute" else "block"
            self.contract[k] = entry | {"amount": amount, "payment": entry.get("payment", usual)}
            self.contract[k] |= {"participants": sorted([entry["commissioner"], entry["provider"]]), "benefit": 1.0}
            self.contract[k] |= {"value": self.p["contract_saving"] * amount}
        self.between = {(entry["commissioner"], entry["provider"]): k for k, entry in self.contract.items()}

    def read_programme(self, k, entry):
        opens = self.month_in(entry, "from", 0)
        if opens >= self.months:
            self.note("programme opens after the horizon")
            return
        self.note("programme opens after the start", opens > 0)
        parts = {i: number(part) for i, part in (entry["saves"] if "saves" in entry else entry["shares"]).items()}
        self.note("value given as what each saves", "saves" in entry)
        activity = [(move.get("from"), move.get("to"), number(move["income"])) for move in entry.get("activity", [])]
        movers = {i for f, h, _ in activity for i in (f, h) if i is not None}
        self.note("participant in activity only", movers - set(parts))
        participants = sorted(set(parts) | movers)
        usual = {"benefit": 1.0, "reach": 0, "milestones": 1, "set_up_cost": 0.0}
        self.programme[k] = {name: number(entry.get(name, default)) for name, default in usual.items()} | {
            "value": sum(parts.values()) if "saves" in entry else number(entry["value"]),
            "participants": participants,
            "a": {i: parts.get(i, 0.0) / sum(parts.values()) for i in participants},
            "activity": activity,
            "domain": entry.get("domain"),
            "opens": opens,
        }

    def open_state(self, place):
        self.tau0 = {}
        overrides = place.get("relationships", {}).get("overrides", [])
        # Left open: a pair that shares only a programme dropped for its date; it has no relationship.
        given = {(entry["of"], entry["in"]): number(entry["trust"]) for entry in overrides}
        for k in self.opportunities:
            for i, j in permutations(self.participants[k], 2):
                same = self.organisation[i]["sector"] == self.organisation[j]["sector"]
                opening = self.p["opening_trust"] + (self.p["same_sector_premium"] if same else 0.0)
                self.tau0[i, j] = clip(given.get((i, j), opening))
                self.note("opening trust clipped", (i, j) not in given and self.tau0[i, j] != opening)
        self.tau = dict(sorted(self.tau0.items()))
        self.omega = {i: self.organisation[i]["orientation"] for i in self.organisations}
        self.e, self.own_shortfall = (dict.fromkeys(self.organisations, 0.0) for _ in range(2))
        self.c, self.programme_worth = (dict.fromkeys(self.programmes, 0.0) for _ in range(2))
        self.met, self.months_ordered = (dict.fromkeys(self.programmes, 0) for _ in range(2))
        self.agreements, self.fixed_gain_share, self.fixed_transfers = {}, {}, {}
        self.place_shortfall = 0.0
        self.on_table = {(k, i): [0, 0] for k in self.opportunities for i in self.participants[k]}

    # Levers

    def read_levers(self, place):
        self.settings = {}
        for name, entry in place.get("levers", {}).items():
            settings = [self.window(setting) for setting in (entry if isinstance(entry, list) else [entry])]
            usual = {"strength": None, "ramp": 1, "cost": 0.0}
            numbers = [{word: number(one.get(word, usual[word])) for word in usual} for one in settings]
            self.settings[name] = [{"only": None} | one | own for one, own in zip(settings, numbers, strict=True)]

    def strength_of(self, setting):
        """Return a setting's strength this month, as ramped; 0 while it does not act."""
        if not setting["from"] <= self.t < setting["until"]:
            return 0.0
        ramped = min(1, (self.t - setting["from"] + 1) / setting["ramp"])
        self.note("lever ramped", ramped < 1 and setting["strength"] > 0)
        return setting["strength"] * ramped

    def lever(self, name, who):
        """Return λ, the strongest setting of a lever that acts this month on an organisation or opportunity."""
        settings = self.settings.get(name, [])
        strengths = [self.strength_of(one) for one in settings if one["only"] is None or who in one["only"]]
        self.note("lever with several settings at once", sum(strength > 0 for strength in strengths) > 1)
        return max(strengths, default=0.0)

    # Helpers

    def note(self, words, happened=True):
        if words not in NOTEWORTHY:
            raise ValueError(f"not in NOTEWORTHY: {words}")
        if happened:
            self.happened.add(words)

    def doubt(self, doubtful):
        """Record that rounding may decide from this month on, if it may."""
        self.certain = min(self.certain, self.t) if doubtful else self.certain

    def compare(self, value, threshold):
        """Doubt a comparison that is decided by less than rounding can change."""
        self.doubt(value != threshold and abs(value - threshold) < BARELY)

    def happens(self, chance, subject, purpose, margin=BARELY):
        u = uniform(self.seed, self.replicate, self.t, subject, purpose)
        self.doubt(abs(u - chance) < margin)
        return u < chance

    def skill(self, i, k):
        return self.organisation[i]["skills"].get(self.programme[k]["domain"], 0.5)

    def in_month(self, kind):
        """Return the events of one kind that happen this month."""
        return [event for event in self.events if event["event"] == kind and event["month"] == self.t]

    def lasting(self, kind):
        """Return the events of one kind that last and act this month: from inclusive, until exclusive."""
        return [one for one in self.events if one["event"] == kind and one["from"] <= self.t < one["until"]]

    # A month: 1 Convene

    def read_events(self, place):
        self.events = []
        for entry in place.get("events", []):
            numbers = {"month": self.month_in(entry, "month", None), "size": number(entry.get("size"))}
            self.events.append({"only": None} | self.window(entry) | numbers)

    def convene(self):
        self.table = [k for k in self.programmes if self.programme[k]["opens"] <= self.t and k not in self.agreements]
        undelivered = [k for k in self.programmes if self.met[k] < self.programme[k]["milestones"]]
        self.delivering = [k for k in undelivered if k in self.agreements]
        self.breaches()
        self.leaders()
        shocks = [event["size"] for event in self.events if event["event"] == "cost_shock" and event["month"] <= self.t]
        self.note("cost shock", any(shocks))
        self.do_nothing = on_line(self.base, self.t) + sum(shocks)
        self.pressure = {i: self.pressure_on(i) for i in self.organisations}

    def breaches(self):
        now = [event for event in self.in_month("breach") if event["size"] > 0]
        for event in sorted(now, key=lambda event: -event["size"]):
            self.note("breach")
            for i, j in self.tau:
                if j == event["organisation"]:
                    self.tau[i, j] *= 1 - event["size"]
        self.note("two breaches in a month", len({event["organisation"] for event in now}) < len(now))

    def leader_changes(self, i):
        """Return True if an organisation's leader changes this month."""
        chance = self.p["turnover"] * (1 - self.p["stability_effect"] * self.lever("leadership_stability", i))
        given = any(event["organisation"] == i for event in self.in_month("leader_change"))
        drawn = not given and self.happens(chance, i, LEADER_CHANGE)
        self.note("leader changed by an event", given)
        self.note("leader changed by chance", drawn)
        return given or drawn

    def leaders(self):
        changed = {i for i in self.organisations if self.leader_changes(i)}
        loss = self.p["turnover_loss"]
        for i in changed:
            self.omega[i] = self.organisation[i]["orientation"]
        for i, j in self.tau:
            self.note("both leaders changed", {i, j} <= changed)
            for end in (i, j):
                if end in changed:
                    self.tau[i, j] = self.tau0[i, j] + (self.tau[i, j] - self.tau0[i, j]) * (1 - loss)
        for k in [*self.table, *self.delivering]:
            for i in self.participants[k]:
                if i in changed:
                    self.note(f"leader changed in a programme {'on the table' if k in self.table else 'in delivery'}")
                    self.c[k] *= 1 - loss / len(self.participants[k])

    def pressure_on(self, i):
        shared = self.lever("shared_accountability", i)
        own, place = self.own_shortfall[i], self.place_shortfall
        self.note("own shortfall", own > 0)
        self.note("shortfall shared", shared > 0 and own != place)
        orders = {k: self.lever("top_down_instruction", k) for k in self.programmes_of[i]}
        pending = max((orders[k] for k in orders if k in self.table), default=0.0)
        obeyed = max((orders[k] for k in orders if k in self.delivering), default=0.0)
        ordered = max(pending, self.p["instruction_persistence"] * obeyed)
        self.note(f"order pressing {'after' if ordered > pending else 'before'} agreement", ordered > 0)
        shock = 0.0
        for event in self.lasting("grip_shock"):
            if event["only"] is None or i in event["only"]:
                shock += event["size"]
                self.note("grip shock for all" if event["only"] is None else "grip shock for some")
        acknowledged = self.lever("regulator_acknowledgement", i)
        self.note("pressure acknowledged", acknowledged > 0)
        p, shortfall = self.p, (1 - shared) * own + shared * place
        felt = 1 + p["grip_response"] * shortfall + p["instruction_effect"] * ordered + shock
        return p["accountability_pressure"] * felt * (1 - p["acknowledgement_effect"] * acknowledged)

    # A month: 2 Take a stance

    def take_stances(self):
        self.find_shares()
        self.asked = [k for k in self.opportunities if k in self.contract or k in self.table or k in self.delivering]
        self.kappa, self.stance = {}, {}
        for k in self.asked:
            for i in self.participants[k]:
                self.stance[k, i] = self.is_population_first(k, i)

    def find_shares(self):
        """Find who keeps what: ρ′ of each contract, the transfers of each programme, and y of each participant."""
        self.rho = {}
        for k, entry in self.contract.items():
            rho, reform = RHO[entry["payment"]], self.lever("payment_reform", k)
            self.rho[k] = (1 - reform) * rho + reform / 2
            self.note("payment reformed", reform > 0 and rho != 0.5)
        self.moved, self.y = {}, {}
        for k, entry in self.contract.items():
            self.y[k, entry["commissioner"]] = 1 - self.rho[k]
            self.y[k, entry["provider"]] = self.rho[k]
        for k, entry in self.programme.items():
            moved = self.payments(k)
            self.moved |= {(k, *who): amount for who, amount in moved.items()}
            b = dict(entry["a"])
            for (payer, payee, _), amount in moved.items():
                b[payee] += amount / entry["value"]
                b[payer] -= amount / entry["value"]
            if k in self.agreements and any(abs(moved[who] - self.fixed_transfers[k][who]) > BARELY for who in moved):
                self.note("payment reformed after agreement")
            self.share_gain(k, b)

    def payments(self, k):
        """Return what each payer in a programme pays each payee more than before, by (payer, payee, contract)."""
        more = {}
        for f, h, x in self.programme[k]["activity"]:
            losing = h if f is None else f
            felt = [self.between[d, losing] for d in self.participants[k] if (d, losing) in self.between]
            represented = sum(self.contract[contract]["amount"] for contract in felt)
            self.note("activity with no commissioner", not felt)
            if any(provider == losing and d not in self.participants[k] for d, provider in self.between):
                self.note("activity of commissioners outside the programme")
            self.note("activity to a provider from nobody", f is None)
            self.note("activity from a provider to nobody", h is None)
            self.note("activity from one provider to another", None not in {f, h})
            for contract in felt:
                d, part = self.contract[contract]["commissioner"], x * self.contract[contract]["amount"] / represented
                if f is not None:
                    more[d, f, contract] = more.get((d, f, contract), 0.0) - part * (1 - self.rho[contract])
                if h is not None:
                    paid_by, rho = self.paid_by(d, h)
                    if rho is not None:
                        more[d, h, paid_by] = more.get((d, h, paid_by), 0.0) + part * (1 - rho)
        return more

    def paid_by(self, d, h):
        """Return the contract by which d pays h and its ρ′; without one, None and the mean of h's, or None."""
        if (d, h) in self.between:
            return self.between[d, h], self.rho[self.between[d, h]]
        others = [k for k, entry in self.contract.items() if entry["provider"] == h]
        if not others:
            self.note("activity not paid for: no contract at all")
            return None, None
        self.note("activity paid at the mean of the provider's contracts")
        amounts = {k: self.contract[k]["amount"] for k in others}
        return None, sum(self.rho[k] * amounts[k] for k in others) / sum(amounts.values())

    def share_gain(self, k, b):
        g = self.lever("gain_share", k)
        if k in self.agreements:
            self.note("share fixed before the gain share changed", g != self.fixed_gain_share[k])
            g = self.fixed_gain_share[k]
        gains = sum(part for part in b.values() if part > 0)
        losses = sum(-part for part in b.values() if part < 0)
        self.note("gain shared in a programme", g > 0 and losses > 0)
        for i in self.participants[k]:
            self.y[k, i] = b[i] * (1 - g * losses / gains) if b[i] > 0 else b[i] * (1 - g)

    def is_population_first(self, k, i):
        opportunity = self.contract[k] if k in self.contract else self.programme[k]
        n, y, omega = len(self.participants[k]), self.y[k, i], self.omega[i]
        trusts = [self.tau[i, j] for j in self.participants[k] if j != i]
        weakest = self.p["weakest_link"]
        q = (1 - weakest) * mean(trusts) + weakest * min(trusts)
        self.note("weakest link below the mean", weakest > 0 and min(trusts) < mean(trusts) - BARELY)
        shared = self.lever("shared_accountability", i)
        counted = (1 - shared) * y + shared / n
        self.note("share counted as the place's", shared > 0)
        less = 1 - self.p["menu_effect"] * self.lever("menu_framing", k)
        less *= 1 - self.p["coaching_skill"] * self.lever("coaching", i)
        self.kappa[k, i] = self.p["exposure"] * less * min(1, n * abs(y))
        self.note("nothing at stake", y == 0)
        sigma = 1 + self.p["goal_effect"] * self.lever("superordinate_goal", k)
        bracket = (1 - omega) * n * counted + omega * sigma * opportunity["benefit"]
        self.note("bracket negative", bracket < 0)
        advantage = q * bracket - (1 - omega) * self.kappa[k, i] - self.pressure[i]
        sharpness = self.p["decision_sharpness"]
        for event in self.lasting("fixed_stance"):
            if event["organisation"] == i:
                self.note("fixed stance")
                return event["stance"] == "population_first"
        # A very sharp decision turns a rounding of the advantage into a larger difference in the chance.
        return self.happens(logistic(sharpness * advantage), f"{k}\x1f{i}", STANCE, max(BARELY, sharpness * 1e-14))

    # A month: 3 Negotiate

    def negotiate(self):
        for k in self.asked:
            if k in self.contract or k in self.table:
                for i in self.participants[k]:
                    self.on_table[k, i][0] += 1
                    self.on_table[k, i][1] += not self.stance[k, i]
        self.yields = dict.fromkeys(self.opportunities, math.nan) | dict.fromkeys(self.contract, 0.0)
        self.shifts = dict(self.yields)
        self.month = dict.fromkeys(self.organisations, 0.0)
        for k in self.contract:
            self.manage(k)
        self.agreed_now = []
        for k in self.programmes:
            if k in self.table or k in self.delivering:
                open_now = sum(self.stance[k, i] for i in self.participants[k])
                self.c[k] += self.p["co_ownership_memory"] * (open_now / len(self.participants[k]) - self.c[k])
            if k in self.table:
                self.seek_agreement(k)

    def manage(self, k):
        """Settle this month's meeting of a contract: its yield, or the cost that is shifted."""
        value, sides = self.contract[k]["value"], self.participants[k]
        open_sides = [i for i in sides if self.stance[k, i]]
        closed_sides = [i for i in sides if not self.stance[k, i]]
        if len(open_sides) == 2:
            self.note("contract yielded")
            self.yields[k] = value / 12
            for i in sides:
                self.month[i] += self.y[k, i] * value / 12
        elif len(open_sides) == 1:
            giver, taker = *open_sides, *closed_sides
            self.shifts[k] = self.kappa[k, giver] * value / 24
            self.note("cost shifted", self.shifts[k] > 0)
            self.note("part of a contract's loss capped at 1", 2 * abs(self.y[k, giver]) > 1)
            self.month[taker] += self.shifts[k]
            self.month[giver] -= self.shifts[k]

    def seek_agreement(self, k):
        n, band = len(self.participants[k]), self.p["neutral_band"]
        self.compare(self.c[k], self.p["quorum"])
        owned = self.c[k] >= self.p["quorum"]
        held_up = False
        for i in self.participants[k]:
            if owned and not self.stance[k, i]:
                self.compare(n * self.y[k, i], -band)
                held_up = held_up or n * self.y[k, i] < -band
        self.note("held up by a board that stands to lose", held_up)
        order = self.lever("top_down_instruction", k)
        self.months_ordered[k] += order > 0
        if owned and not held_up:
            self.note("agreed by consent")
            self.agree(k, by_order=False)
        elif order > 0 and self.months_ordered[k] >= self.p["instruction_months"]:
            if self.happens(order, k, INSTRUCTION):
                self.note("agreed by order")
                self.note("agreed by order against a board that stands to lose", held_up)
                self.agree(k, by_order=True)
            else:
                self.note("refused an order")

    def agree(self, k, by_order):
        u = uniform(self.seed, self.replicate, 0, k, REALISATION)
        outcome, lead = self.outcome_of(k), self.choose_lead(k)
        self.fixed_gain_share[k] = self.lever("gain_share", k)
        self.fixed_transfers[k] = self.payments(k)
        self.agreed_now.append(k)
        self.agreements[k] = {
            "agreed": self.t,
            "by_order": by_order,
            "outcome": outcome,
            "lead": lead,
            "realisation": 1 + self.p["realisation_spread"] * (2 * u - 1),
            "co_ownership": self.c[k],
        }

    def outcome_of(self, k):
        n, band = len(self.participants[k]), self.p["neutral_band"]
        stakes = [n * self.y[k, i] for i in self.participants[k]]
        for stake in stakes:
            self.compare(stake, band)
            self.compare(stake, -band)
        someone_loses, someone_is_neutral = min(stakes) < -band, min(stakes) <= band
        outcome = 2 if someone_loses else 1 if someone_is_neutral else 0
        self.note(("win/win", "win/neutral", "win/lose")[outcome])
        return outcome

    def choose_lead(self, k):
        members, skilled = self.participants[k], self.lever("lead_by_skill", k)
        largest = max(self.organisation[i]["net_income"] for i in members)
        trusted = {i: mean(self.tau[j, i] for j in members if j != i) for i in members}
        size = {i: self.organisation[i]["net_income"] / largest for i in members}
        scores = {i: (1 - skilled) * size[i] + skilled * self.skill(i, k) * trusted[i] for i in members}
        leading = [self.agreements[other]["lead"] for other in [*self.delivering, *self.agreed_now]]
        with_room = [i for i in members if leading.count(i) < self.organisation[i]["lead_capacity"]]
        if not with_room:
            self.note("nobody has room")
        elif any(scores[i] > max(scores[j] for j in with_room) + BARELY for i in members):
            self.note("lead without room")
        best, *others = with_room or members
        for i in others:
            # Left open: how near is a tie? Scores that rounding can make differ are equal.
            ahead = scores[i] - scores[best]
            self.note("lead tied", abs(ahead) <= BARELY)
            self.doubt(BARELY / 10 < abs(ahead) < BARELY * 10)
            best = i if ahead > BARELY else best
        return best

    # A month: 4 Deliver

    def deliver(self):
        self.met_now, self.behind_now = [], dict.fromkeys(self.programmes, math.nan)
        attempts = []
        for k in sorted(self.delivering, key=lambda k: (self.agreements[k]["agreed"], k)):
            agreed, lead = self.agreements[k]["agreed"], self.agreements[k]["lead"]
            mobilised = self.t >= agreed + 1 + self.p["mobilisation"]
            attempted = mobilised and attempts.count(lead) < self.organisation[lead]["lead_capacity"]
            if not mobilised:
                self.note("still mobilising")
            elif not attempted:
                self.note("not attempted")
            else:
                attempts.append(lead)
                self.attempt(k)
            due = math.floor((self.t - agreed - self.p["mobilisation"]) / self.p["pace"])
            due = min(self.programme[k]["milestones"], max(0, due))
            self.behind_now[k] = 1.0 if self.met[k] < due else 0.0
            self.note("behind" if attempted else "behind for want of room", self.met[k] < due)
            self.pay_set_up(k)

    def attempt(self, k):
        programme, agreement, members = self.programme[k], self.agreements[k], self.participants[k]
        trust = mean(self.tau[i, j] for i, j in permutations(members, 2))
        floor = self.p["delivery_floor"]
        if not self.happens(self.skill(agreement["lead"], k) * (floor + (1 - floor) * trust * self.c[k]), k, MILESTONE):
            self.note("milestone not met")
            return
        owned, unowned = self.p["owned_realisation"], self.p["unowned_realisation"]
        whole = programme["value"] / programme["milestones"] * agreement["realisation"]
        self.programme_worth[k] += whole * (unowned + (owned - unowned) * self.c[k])
        self.met[k] += 1
        self.met_now.append(k)
        self.note("milestone met")
        self.note("last milestone", self.met[k] == programme["milestones"])

    def pay_set_up(self, k):
        milestones, cost = self.programme[k]["milestones"], self.programme[k]["set_up_cost"]
        if cost > 0 and self.t - self.agreements[k]["agreed"] <= milestones:
            self.note("set-up paid")
            incomes = {i: self.organisation[i]["income"] for i in self.participants[k]}
            for i, income in incomes.items():
                self.month[i] -= cost / milestones * income / sum(incomes.values())

    # A month: 5 Reflect

    def reflect(self):
        weights = dict(self.tau)
        self.kept_gain, self.kept_loss = dict.fromkeys(self.tau, 1.0), dict.fromkeys(self.tau, 1.0)
        for k in self.asked:
            self.reflect_on_meetings(k)
        for k in sorted(self.met_now):
            self.reflect_on_milestone(k)
        for k in [k for k in self.delivering if self.behind_now[k]]:
            lead = self.agreements[k]["lead"]
            for i in self.participants[k]:
                if i != lead:
                    self.lose(i, lead, self.p["behind"])
        for i, j in self.tau:
            self.tau[i, j] = self.new_trust(self.tau[i, j], 1 - self.kept_gain[i, j], 1 - self.kept_loss[i, j])
        self.omega = {i: self.new_orientation(i, weights) for i in self.organisations}

    def gain(self, i, j, weight):
        self.kept_gain[i, j] *= 1 - self.p["trust_gain"] * weight

    def lose(self, i, j, weight):
        part = self.p["trust_gain"] * self.p["loss_ratio"] * weight
        self.note("loss of trust capped at 1", part > 1)
        self.kept_loss[i, j] *= 1 - min(1.0, part)

    def reflect_on_meetings(self, k):
        for i, j in permutations(self.participants[k], 2):
            if self.stance[k, i] and self.stance[k, j]:
                self.gain(i, j, self.p["meeting"])
            elif self.stance[k, i]:
                self.lose(i, j, self.p["meeting"])
            elif not self.stance[k, j]:
                self.note("stalemate")
                self.lose(i, j, self.p["stalemate"])

    def reflect_on_milestone(self, k):
        members, celebration = self.participants[k], self.lever("celebration", k)
        for i, j in permutations(members, 2):
            w = self.weight_of(len(members) * self.y[k, i])
            if w > 0:
                self.note("milestone won")
                self.gain(i, j, w)
            elif w < 0:
                # Left open: is a share above 0 that is 0 but for rounding? It is; doubt what follows.
                self.compare(self.y[k, j], 0.0)
                if self.y[k, j] > 0:
                    self.note("milestone lost, to one who gains")
                    self.lose(i, j, -w)
                else:
                    self.note("milestone lost, to one who does not")
        for i, j in self.tau:
            if j in members and i not in members and celebration > 0:
                self.note("milestone celebrated")
                self.gain(i, j, self.p["celebrated"] * celebration)

    def weight_of(self, x):
        """Return w(x), what a milestone counts for one who keeps x times an equal share."""
        neutral = self.p["neutral"]
        if x >= 0:
            return neutral + (1 - neutral) * min(x, 1)
        return max(-1, neutral + (1 + neutral) * x)

    def new_trust(self, tau, gain, loss):
        if self.p["trust_rule"] == "linear":
            tau = tau + gain * (1 - tau)
            tau = tau - loss * tau
        else:
            tau = min(1.0, tau + 2 * gain * tau * (1 - tau))
            tau = tau - 2 * loss * tau * (1 - tau)
            self.compare(tau, 0.0)
            tau = max(0.0, tau)
        self.note("trust at a bound", tau in {0.0, 1.0})
        return tau

    def new_orientation(self, i, weights):
        omega, coached = self.omega[i], self.lever("coaching", i)
        mine = [k for k in self.asked if i in self.participants[k]]
        seen = [(weights[i, j], self.stance[k, j]) for k in mine for j in self.participants[k] if j != i]
        total = sum(weight for weight, _ in seen)
        moved = omega + self.p["coaching_effect"] * coached * (1 - omega)
        self.doubt(0 < total < 1e-6)
        if total > 0:
            share = sum(weight for weight, is_open in seen if is_open) / total
            moved += self.p["role_modelling"] * (share - omega)
        elif seen:
            self.note("nobody trusted")
        self.note("orientation clipped", moved != clip(moved))
        return clip(moved)

    # A month: 6 Account

    def account(self):
        p, income = self.p, {i: self.organisation[i]["income"] for i in self.organisations}
        for i in self.organisations:
            mine = self.programmes_of[i]
            busy = sum(k in self.delivering for k in mine) / len(mine) if mine else 0.0
            self.note("attention taken by delivery", busy > 0 and p["attention_cost"] > 0)
            left = self.organisation[i]["pool"] - self.e[i]
            self.e[i] += p["efficiency_rate"] * left * (1 - p["attention_cost"] * busy)
        plan, total = on_line(self.plan, self.t), sum(income.values())
        self.gap = self.do_nothing - sum(self.e.values()) - sum(self.programme_worth.values())
        net = max(total - sum(entry["amount"] for entry in self.contract.values()), total / 10)
        self.place_shortfall = max(0.0, self.gap - plan) / (0.1 * net)
        self.note("place's shortfall", self.place_shortfall > 0)
        # Left open: does a setting cost while what it acts on is not opened, or delivered? It does.
        lever_cost = sum(one["cost"] * self.strength_of(one) for entry in self.settings.values() for one in entry)
        self.note("lever paid for", lever_cost > 0)
        for i in self.organisations:
            part = self.organisation[i]["deficit_share"]
            kept = sum(self.y[k, i] * self.programme_worth[k] for k in self.programmes_of[i])
            missing = max(0.0, part * self.do_nothing - self.e[i] - kept - part * plan)
            self.own_shortfall[i] = missing / (0.1 * income[i])
            self.month[i] += (-part * self.do_nothing + self.e[i] + kept - lever_cost * income[i] / total) / 12

    # Records

    def record(self):
        for name, state in RECORDS.items():
            getattr(self, name).append(dict(getattr(self, state)))
        self.system.append(self.system_of_month())

    def system_of_month(self):
        value = {k: entry["value"] for k, entry in self.programme.items()}
        done = {k: self.met[k] / entry["milestones"] for k, entry in self.programme.items()}
        benefit = {k: entry["benefit"] * entry["value"] for k, entry in self.programme.items()}
        opened = [k for k in self.programmes if self.programme[k]["opens"] <= self.t]
        delivered, worth = sum(value[k] * done[k] for k in self.programmes), sum(self.programme_worth.values())
        benefit_delivered = sum(benefit[k] * done[k] for k in self.programmes)
        position = sum(self.month.values())
        return {
            "gap": self.gap,
            "position": position,
            "cumulative_position": position + (self.system[-1]["cumulative_position"] if self.system else 0.0),
            "do_nothing": self.do_nothing,
            "efficiency": sum(self.e.values()),
            "programmes": worth,
            "milestones_value": delivered,
            "realised": worth / delivered if delivered > 0 else math.nan,
            "behind": mean(self.behind_now[k] for k in self.delivering),
            "trust": mean(self.tau.values()),
            "population_first": mean(self.stance.values()),
            "population_first_programmes": mean(self.stance[k, i] for k, i in self.stance if k in self.programme),
            "population_first_contracts": mean(self.stance[k, i] for k, i in self.stance if k in self.contract),
            "orientation": mean(self.omega.values()),
            "pressure": mean(self.pressure.values()),
            "co_ownership": mean(self.c[k] for k in opened),
            "plan_coverage": sum(value[k] for k in self.agreements) / sum(value[k] for k in opened) if opened else 0.0,
            "people_reached": sum(self.programme[k]["reach"] * done[k] for k in self.programmes),
            # Left open: the benefit where no programme has any, 0 of 0; not a number, as a mean over nothing is.
            "benefit": benefit_delivered / sum(benefit.values()) if any(benefit.values()) else math.nan,
        }
