"""The groups of assumptions that can be found out together, in one table: name, label, parameters, how to find out."""

from typing import NamedTuple


class Group(NamedTuple):
    """Some of the model's parameters that one inquiry would find out about.

    Attributes:
        name: The group's name in tables.
        label: Name of what would be known, in a board's words, to follow "knowing".
        parameters: Names of its parameters; each parameter is in one group or in none.
        found_by: How one could find out.
    """

    name: str
    label: str
    parameters: tuple[str, ...]
    found_by: str


OWN_NUMBERS = Group("own_numbers", "the place’s own assumed numbers", (), "ask those who hold the figures")
"""The group of a place's own numbers, where they were varied too; which these are differs from place to place."""

GROUPS: tuple[Group, ...] = (
    Group(
        "trust",
        "how much these organisations trust each other now",
        ("opening_trust", "same_sector_premium"),
        "ask those who negotiate",
    ),
    Group(
        "trust_moves",
        "what moves trust, and how fast",
        (
            "trust_gain", "loss_ratio", "trust_rule", "meeting", "stalemate", "behind", "neutral", "celebrated",
            "turnover_loss",
        ),
        "ask for trust again every six months",
    ),
    Group(
        "orientation",
        "what leaders put first, and how long they stay",
        ("opening_orientation", "role_modelling", "turnover"),
        "ask them, and count changes of leaders",
    ),
    Group(
        "payment",
        "how hard payment presses on each budget",
        ("accountability_pressure", "grip_response", "exposure", "neutral_band", "contract_saving"),
        "ask finance directors, and try a contract",
    ),
    Group(
        "delivery",
        "how much of a plan is delivered, and how fast",
        (
            "delivery_floor", "owned_realisation", "unowned_realisation", "realisation_spread", "mobilisation", "pace",
            "efficiency_rate", "attention_cost", "lead_capacity",
        ),
        "look at earlier programmes",
    ),
    Group(
        "levers",
        "what levers do",
        (
            "goal_effect", "coaching_effect", "coaching_skill", "menu_effect", "acknowledgement_effect",
            "stability_effect", "instruction_effect", "instruction_months", "instruction_persistence",
        ),
        "try a lever in one programme first",
    ),
)  # fmt: skip
"""In the order in which they are shown. `decision_sharpness`, `weakest_link`, `co_ownership_memory` and `quorum`, by
which the model has organisations decide, are in none: nobody could find them out in time."""

TRUST, LEVERS = GROUPS[0], GROUPS[-1]

FOUND_BY = {group.name: group.found_by for group in (*GROUPS, OWN_NUMBERS)}
"""How one could find out about each group."""
