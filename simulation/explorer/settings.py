"""What a room has set: levers, assumptions, who never moves; and the scenario that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

from simulation.levers import Lever
from simulation.parameters import TABLE, default_parameters, trust_rule_code
from simulation.scenario.changes import with_levers, with_stance
from simulation.scenario.entries import FixedStance, ParameterOverrides, Setting
from simulation.scenario.months import month_names
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

REPLICATES = (64, 256, 1000)
"""How many replicates can be asked for: quick, usual, and more sure."""

HeldAgainst = Literal["file", "assumptions"]
"""What is held against: the place as its file has it, or with the same assumptions and the file's levers."""

Value = float | str
"""A parameter: a number, or the name of a trust rule."""


class Use(NamedTuple):
    """How a lever is used: how strongly, 0–1, and from which month, YYYY-MM."""

    strength: float
    month: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set on the page.

    Attributes:
        levers: Every lever in the vocabulary's order, with its use.
        parameters: Every parameter in the table's order, with its value.
        never_moves: The organisation that always asks “my organisation”; None for nobody but whom the file names.
        replicates: How many replicates of each scenario, of `HISTORIES`.
        held_against: What is held against.
    """

    levers: tuple[tuple[Lever, Use], ...]
    parameters: tuple[tuple[str, Value], ...]
    never_moves: str | None = None
    replicates: int = 256
    held_against: HeldAgainst = "file"

    def changes(self, opening: "Settings") -> tuple[dict[Lever, Use], dict[str, Value]]:
        """The levers and the parameters that are not as they were at the opening."""
        levers, parameters = dict(opening.levers), dict(opening.parameters)
        return (
            {lever: use for lever, use in self.levers if use != levers[lever]},
            {name: value for name, value in self.parameters if value != parameters[name]},
        )

    def with_changes(
        self,
        levers: Mapping[Lever, Use] | None = None,
        parameters: Mapping[str, Value] | None = None,
        never_moves: str | None = None,
    ) -> "Settings":
        """The same with some of it set anew."""
        return replace(
            self,
            levers=tuple((lever, (levers or {}).get(lever, use)) for lever, use in self.levers),
            parameters=tuple((name, (parameters or {}).get(name, value)) for name, value in self.parameters),
            never_moves=never_moves or self.never_moves,
        )


def opening_settings(scenario: Scenario) -> Settings:
    """The page's settings as a scenario's file has them: what has several uses shows its strongest."""
    levers = []
    for lever in Lever:
        uses = scenario.levers.get(lever, ())
        strongest = max(uses, key=lambda use: float(use.strength), default=None)
        if strongest is None:
            levers.append((lever, Use(0.0, scenario.start)))
        else:
            levers.append((lever, Use(float(strongest.strength), str(strongest.from_ or scenario.start))))
    assumed = scenario.resolve_parameters()
    return Settings(
        levers=tuple(levers),
        parameters=tuple((row.name, _value(row.name, getattr(assumed, row.name))) for row in TABLE),
    )


def scenario_as_set(scenario: Scenario, settings: Settings) -> Scenario:
    """A scenario with what was set; what was not touched stays as its file has it, to the last setting.

    Args:
        scenario: The place as its file has it.
        settings: What was set.
    """
    levers, parameters = settings.changes(opening_settings(scenario))
    changed = _with_parameters(scenario, parameters)
    if levers:
        used = {
            str(lever): _setting(scenario, lever, use) if use.strength > 0 else None for lever, use in levers.items()
        }
        changed = with_levers(changed, **used)
    return _with_one_that_never_moves(changed, settings.never_moves)


def baseline_settings(settings: Settings, opening: Settings) -> Settings:
    """What is held against: all as in the file, or the same assumptions and who never moves with the file's levers.

    Args:
        settings: What was set.
        opening: As the file has it.
    """
    if settings.held_against == "file":
        return replace(opening, replicates=settings.replicates)
    return replace(settings, levers=opening.levers, held_against=opening.held_against)


def can_be_held_against(told: str) -> HeldAgainst | None:
    """What is held against, by its name; None if there is no such thing."""
    return next((each for each in get_args(HeldAgainst) if each == told), None)


def months_of(scenario: Scenario) -> tuple[str, ...]:
    """The months from which a lever can act."""
    return month_names(scenario.start, scenario.months)


def _setting(scenario: Scenario, lever: Lever, use: Use) -> Setting:
    """One use of a lever: ramp, cost and whom it acts on as in the file, if it is used there."""
    uses = scenario.levers.get(lever)
    month = None if use.month == scenario.start else use.month
    if not uses:
        return Setting.model_validate({"strength": use.strength, **({"from": month} if month else {})})
    strongest = max(uses, key=lambda each: float(each.strength))
    written = strongest.model_dump(by_alias=True, exclude_none=True, exclude_unset=True, exclude={"from_", "until"})
    return Setting.model_validate(written | {"strength": use.strength, **({"from": month} if month else {})})


def _with_parameters(scenario: Scenario, parameters: Mapping[str, Value]) -> Scenario:
    if not parameters:
        return scenario
    written = scenario.parameters.model_dump(exclude_none=True, exclude_unset=True)
    counted = {row.name for row in TABLE if row.whole}
    told = {
        name: int(value) if name in counted and not isinstance(value, str) else value
        for name, value in parameters.items()
    }
    return _as_used(scenario, written | told)


def _as_used(scenario: Scenario, given: Mapping[str, object]) -> Scenario:
    """Return the scenario with parameters; where two sliders crossed, what is used without ownership is written."""
    changed = scenario.model_copy(update={"parameters": ParameterOverrides.model_validate(given)})
    name = "unowned_realisation"
    written, used = getattr(changed.parameters, name), getattr(changed.resolve_parameters(), name)
    crossed = used < float(getattr(default_parameters(), name) if written is None else written)
    return _as_used(scenario, {**given, name: used}) if crossed else changed


def _with_one_that_never_moves(scenario: Scenario, organisation: str | None) -> Scenario:
    if organisation is None or _never_moves(scenario, organisation):
        return scenario
    return with_stance(scenario, (organisation,), population_first=False)


def _never_moves(scenario: Scenario, organisation: str) -> bool:
    """Whether it never moves already."""
    return any(
        isinstance(event, FixedStance)
        and event.organisation == organisation
        and event.stance == "institutional"
        and event.from_ is None
        and event.until is None
        for event in scenario.events
    )


def _value(name: str, number: float) -> Value:
    if name != "trust_rule":
        return number
    return next(str(rule) for rule in TrustRule if trust_rule_code(rule) == number)
