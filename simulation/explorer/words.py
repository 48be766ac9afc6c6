"""What levers and assumptions are called on the page, and what each does, in words a room follows."""

from simulation.parameters import TABLE
from simulation.vocabulary import Lever

LEVER_NOTES: dict[Lever, str] = {
    Lever.SUPERORDINATE_GOAL: "one goal that all answer for: the population’s benefit weighs more",
    Lever.COACHING: "leaders come to weigh the population more, and expose less in a conversation",
    Lever.MENU_FRAMING: "each is asked what it would contribute from a menu, so less is exposed",
    Lever.GAIN_SHARE: "those who gain make whole those who lose",
    Lever.REGULATOR_ACKNOWLEDGEMENT: "the regulator says openly that there is a tension, and presses less",
    Lever.SHARED_ACCOUNTABILITY: "pressed by the place’s shortfall in place of one’s own",
    Lever.LEAD_BY_SKILL: "the most skilled whom the others trust leads, not the largest",
    Lever.CELEBRATION: "a met milestone raises trust beyond those who took part",
    Lever.LEADERSHIP_STABILITY: "leaders change less often",
    Lever.TOP_DOWN_INSTRUCTION: "agreed by order, with more pressure on those who are in it",
}
"""What each lever does, see docs/model.md#levers."""

FIRST = ("opening_trust", "opening_trust_same_sector", "loss_ratio", "trust_rule")
"""The assumptions that a room asks about first; the others are under them."""

_NAMES = {
    "opening_trust": "Opening trust between sectors",
    "opening_trust_same_sector": "Opening trust within a sector",
    "loss_ratio": "Losses weigh against gains",
    "trust_rule": "How trust moves",
}


def parameter_name(name: str) -> str:
    """What an assumption is called: Opening trust between sectors; Meeting."""
    return _NAMES.get(name, name.replace("_", " ").capitalize())


def parameter_note(name: str) -> str:
    """What an assumption means, in what unit, and what stands behind it."""
    row = next(row for row in TABLE if row.name == name)
    stands = "assumed" if row.status == "assumed" else f"{row.status}: {row.source}"
    unit = "" if row.name == "trust_rule" else f" ({row.unit})"
    return f"{row.meaning}{unit}; {stands}"
