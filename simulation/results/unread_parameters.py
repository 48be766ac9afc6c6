"""The parameters that no rule reads in a place, such as the effect of a lever that never acts: they change nothing."""

from collections.abc import Callable, Collection, Iterator
from functools import cache

from simulation.levers import Lever
from simulation.results.axes import Axes, axes_of
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.schema import Scenario

_LEVER_OF = {
    "goal_effect": Lever.SUPERORDINATE_GOAL,
    "coaching_effect": Lever.COACHING,
    "coaching_skill": Lever.COACHING,
    "menu_effect": Lever.MENU_FRAMING,
    "acknowledgement_effect": Lever.REGULATOR_ACKNOWLEDGEMENT,
    "stability_effect": Lever.LEADERSHIP_STABILITY,
    "celebrated": Lever.CELEBRATION,
    "instruction_effect": Lever.TOP_DOWN_INSTRUCTION,
    "instruction_months": Lever.TOP_DOWN_INSTRUCTION,
    "instruction_persistence": Lever.TOP_DOWN_INSTRUCTION,
}
"""The lever without which no rule reads a parameter."""

_OF_PROGRAMMES = (
    *("behind", "neutral", "celebrated", "co_ownership_memory", "quorum", "delivery_floor", "owned_realisation"),
    *("unowned_realisation", "realisation_spread", "mobilisation", "pace", "attention_cost", "neutral_band"),
)
"""Parameters that no rule reads where there is no programme."""

_OF_OWN_SAVINGS = ("efficiency_rate", "attention_cost")
"""Parameters that no rule reads where no organisation has savings of its own to find."""


def _gives_trust(axes: Axes, *, within_sectors: bool = False) -> bool:
    """Return True if a place gives the trust of every relationship, or of every one within a sector."""
    given = {(each.of, each.in_) for each in axes.scenario.relationships.overrides}
    pairs = _within_sectors(axes) if within_sectors else axes.relationships
    return bool(pairs) and given.issuperset(pairs)


def _within_sectors(axes: Axes) -> tuple[tuple[str, str], ...]:
    sectors = {each: axes.scenario.sector_of(each) for each in axes.organisations}
    return tuple((one, other) for one, other in axes.relationships if sectors[one] == sectors[other])


def _gives_of_all(axes: Axes, name: str) -> bool:
    """Return True if a place gives a number of every organisation."""
    return all(getattr(axes.organisation(each), name) is not None for each in axes.organisations)


OPENING: dict[str, tuple[Callable[[Axes], bool], str]] = {
    "opening_trust": (_gives_trust, "the place gives the trust of every relationship, in relationships.overrides"),
    "same_sector_premium": (
        lambda axes: _gives_trust(axes, within_sectors=True),
        "the place gives the trust of every relationship within a sector, in relationships.overrides",
    ),
    "opening_orientation": (
        lambda axes: _gives_of_all(axes, "orientation"),
        "the place gives the orientation of every organisation",
    ),
    "lead_capacity": (
        lambda axes: _gives_of_all(axes, "lead_capacity"),
        "the place gives the lead_capacity of every organisation",
    ),
}
"""Parameters that stand for what a place leaves out: true if it leaves nothing out, and how a warning says so."""


def needs_lever(name: str) -> bool:
    """Return True if a parameter acts through a lever alone.

    Args:
        name: The parameter.
    """
    return name in _LEVER_OF


@cache
def conditional_parameters() -> frozenset[str]:
    """Return the parameters that change nothing in some places."""
    return frozenset((*OPENING, *_LEVER_OF, *_OF_PROGRAMMES, *_OF_OWN_SAVINGS, "contract_saving"))


def unread_parameters(scenario: Scenario, varied: Collection[str] = ()) -> frozenset[str]:
    """Return the parameters that change nothing in a place, whatever their values.

    Args:
        scenario: The place.
        varied: Names of those of its own numbers that are varied too: such an amount counts, also where it is 0.
    """
    axes = axes_of(scenario)
    return frozenset(name for name in conditional_parameters() if why_unread(name, axes, varied))


def why_unread(name: str, axes: Axes, varied: Collection[str] = ()) -> str:
    """Return why no rule reads a parameter in a place; empty if one does, or if nothing shows that none does.

    Args:
        name: The parameter.
        axes: The place's axes.
        varied: Names of those of its own numbers that are varied too.
    """
    return next(_reasons(name, axes, varied), "")


def _reasons(name: str, axes: Axes, varied: Collection[str]) -> Iterator[str]:
    lever, (is_given, given) = _LEVER_OF.get(name), OPENING.get(name, (None, ""))
    if lever is not None and not _ever_acts(lever, axes):
        yield f"it acts through the lever {lever} alone, which never acts"
    if name in _OF_PROGRAMMES and not axes.programmes:
        yield "there is no programme"
    if name in _OF_OWN_SAVINGS and not _has_own_savings(axes, varied):
        yield "no organisation has an efficiency_pool"
    if name == "contract_saving" and not axes.scenario.contracts.keys() & set(axes.opportunities):
        yield "no contract has an amount"
    if name == "same_sector_premium" and not _within_sectors(axes):
        yield "no two partners share a sector"
    if is_given is not None and is_given(axes):
        yield given


def _ever_acts(lever: Lever, axes: Axes) -> bool:
    """Return True if a setting of a lever acts in a month, on something that the lever acts on."""
    start, months = month_number(axes.scenario.start), axes.scenario.months
    there = {each for each in axes.acted_on(lever) if each is not None}
    for each in axes.scenario.levers.get(lever, ()):
        begin, end = acting_months(start, months, each.from_, each.until)
        acted_on = there if each.only is None else there.intersection(each.only)
        if each.strength > 0 and begin < end and acted_on:
            return True
    return False


def _has_own_savings(axes: Axes, varied: Collection[str]) -> bool:
    return any(
        axes.organisation(each).efficiency_pool > 0 or f"organisations.{each}.efficiency_pool" in varied
        for each in axes.organisations
    )
