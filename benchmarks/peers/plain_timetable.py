"""A place's plain data made ready for the plain Mesa model: parameters, and what is known beforehand of every month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

EVIDENCE = {"value", "unit", "source", "status"}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the model assumes, by default."""

    decision_sharpness: float = 6.0
    exposure: float = 0.3
    accountability_pressure: float = 0.2
    grip_response: float = 1.0
    opening_trust: float = 0.4
    same_sector_premium: float = 0.1
    opening_orientation: float = 0.2
    weakest_link: float = 0.25
    trust_gain: float = 0.08
    loss_ratio: float = 2.0
    trust_rule: str = "linear"
    meeting: float = 0.1
    stalemate: float = 0.03
    behind: float = 0.1
    neutral: float = 0.4
    celebrated: float = 0.2
    co_ownership_memory: float = 0.5
    quorum: float = 0.7
    delivery_floor: float = 0.05
    owned_realisation: float = 0.75
    unowned_realisation: float = 0.55
    realisation_spread: float = 0.25
    mobilisation: int = 6
    pace: int = 3
    efficiency_rate: float = 0.03
    attention_cost: float = 0.3
    contract_saving: float = 0.01
    turnover: float = 0.019
    turnover_loss: float = 0.4
    role_modelling: float = 0.04
    neutral_band: float = 0.1
    goal_effect: float = 0.6
    coaching_effect: float = 0.03
    coaching_skill: float = 0.2
    menu_effect: float = 0.33
    acknowledgement_effect: float = 0.4
    stability_effect: float = 0.6
    instruction_effect: float = 1.0
    instruction_months: int = 2
    instruction_persistence: float = 0.5
    lead_capacity: int = 8


def plain_numbers(data: Any) -> Any:
    """The same data, every number stripped of the evidence that it may carry."""
    if isinstance(data, dict):
        if "value" in data and data.keys() <= EVIDENCE:
            return data["value"]
        return {key: plain_numbers(each) for key, each in data.items()}
    return [plain_numbers(each) for each in data] if isinstance(data, list) else data


def month_number(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:]) - 1


def financial_year(number: int) -> str:
    year = (number - 3) // 12
    return f"{year}/{(year + 1) % 100:02d}"


class Timetable:
    """Month by month: the gap and the plan, how strongly each lever acts and at what cost, and what happens.

    Args:
        place: A scenario as plain data, its numbers stripped of evidence.
    """

    def __init__(self, place: dict):
        self.start, self.months = month_number(place["start"]), place["months"]
        self.never = [0.0] * self.months
        self.do_nothing = self._path(place["do_nothing"])
        if "plan" in place:
            self.plan = self._path(place["plan"])
        else:
            last = max(1, self.months - 1)
            self.plan = [self.do_nothing[0] * (1 - month / last) for month in range(self.months)]
        self.target = place.get("target", self.plan[-1])
        self.years = [financial_year(self.start + month) for month in range(self.months)]
        self.part_years = {year for year in set(self.years) if self.years.count(year) < 12}
        self._plan_levers(place.get("levers", {}))
        self._plan_events(place.get("events", ()), place["organisations"])

    def month(self, date: str) -> int:
        """Months from the start to a date."""
        return month_number(date) - self.start

    def lever(self, lever: str, id: str) -> list[float]:
        """How strongly a lever acts on one organisation or opportunity, by month."""
        acting = [strengths for only, strengths in self.settings[lever] if only is None or id in only]
        if len(acting) > 1:
            return [max(strengths) for strengths in zip(*acting, strict=True)]
        return acting[0] if acting else self.never

    def _window(self, entry: dict) -> range:
        until = self.month(entry["until"]) if "until" in entry else self.months
        return range(self.month(entry["from"]) if "from" in entry else 0, min(until, self.months))

    def _path(self, dated: dict[str, float]) -> list[float]:
        points = sorted((self.month(date), amount) for date, amount in dated.items())
        amounts = [points[0][1] if month <= points[0][0] else points[-1][1] for month in range(self.months)]
        for (first, low), (last, high) in pairwise(points):
            for month in range(max(first, 0), min(last, self.months)):
                amounts[month] = low + (high - low) * (month - first) / (last - first)
        return amounts

    def _plan_levers(self, levers: dict[str, list[dict]]) -> None:
        self.lever_costs = list(self.never)
        self.settings = defaultdict(list)
        for lever, settings in levers.items():
            for setting in settings:
                strengths, ramp = list(self.never), setting.get("ramp", 1)
                for step, month in enumerate(self._window(setting), start=1):
                    strengths[month] = setting["strength"] * min(1.0, step / ramp)
                    self.lever_costs[month] += setting.get("cost", 0.0) * strengths[month]
                self.settings[lever].append((setting.get("only"), strengths))

    def _plan_events(self, events: list[dict], organisations: Iterable[str]) -> None:
        self.grip_shocks = {id: list(self.never) for id in organisations}
        self.breaches, self.new_leaders, self.fixed_stances = defaultdict(list), defaultdict(set), defaultdict(dict)
        for event in events:
            match event["event"]:
                case "breach":
                    self.breaches[self.month(event["month"])].append((event["organisation"], event["size"]))
                case "leader_change":
                    self.new_leaders[event["organisation"]].add(self.month(event["month"]))
                case "cost_shock":
                    for month in range(self.month(event["month"]), self.months):
                        self.do_nothing[month] += event["size"]
                case "grip_shock":
                    for id in event.get("only", self.grip_shocks):
                        for month in self._window(event):
                            self.grip_shocks[id][month] += event["size"]
                case "fixed_stance":
                    stance = event["stance"] == "population_first"
                    self.fixed_stances[event["organisation"]].update(dict.fromkeys(self._window(event), stance))
