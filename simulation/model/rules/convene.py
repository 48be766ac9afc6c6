"""Phase 1, convene: breaches, leaders and pressure, before organisations meet. Source: docs/model.md#convene."""

from simulation.model._rule import rule
from simulation.model.rules.numeric import happens


@rule
def trust_after_breach(trust: float, size: float) -> float:
    """Trust in an organisation that broke its word falls by the size of the breach.

    Args:
        trust: Trust in it, 0–1.
        size: The part of trust that the breach destroys, 0–1.
    """
    return trust * (1.0 - size)


@rule
def leader_change_chance(turnover: float, stability_effect: float, stability: float) -> float:
    """Leaders leave by chance, less often where their stability is supported.

    Args:
        turnover: Chance a month without support, 0–1.
        stability_effect: Share of turnover that the lever avoids at full strength, 0–1.
        stability: Strength of the lever, 0–1.

    Returns:
        The chance this month, 0–1.
    """
    return turnover * (1.0 - stability_effect * stability)


@rule
def trust_after_leader_change(trust: float, baseline: float, turnover_loss: float, changed_ends: int) -> float:
    """A new leader takes trust part of the way back to its baseline, from above or from below.

    Args:
        trust: Trust before, 0–1.
        baseline: Opening trust, 0–1.
        turnover_loss: The part of the way, 0–1.
        changed_ends: How many of the two organisations changed their leader this month, 0–2.
    """
    kept = 1.0 - turnover_loss
    if changed_ends == 0:
        return trust
    return baseline + (trust - baseline) * (kept if changed_ends == 1 else kept * kept)


@rule
def co_ownership_after_leader_change(co_ownership: float, turnover_loss: float, participants: float) -> float:
    """A programme loses co-ownership when a participant's leader leaves.

    Args:
        co_ownership: Before, 0–1.
        turnover_loss: The share of one participant's part that leaves with its leader, 0–1.
        participants: How many organisations are in the programme, 2 or more.
    """
    return co_ownership * (1.0 - turnover_loss / participants)


@rule
def accountability_pressure(
    everyday: float,
    grip_response: float,
    own_shortfall: float,
    place_shortfall: float,
    shared: float,
    instruction_effect: float,
    instruction: float,
    shock: float,
    acknowledgement_effect: float,
    acknowledgement: float,
) -> float:
    """Accountability pressure makes an organisation answer for its own budget.

    Pressure rises with its shortfall against plan (or the place's, where accountability is shared), with instruction
    and with a regulator's sudden grip, and eases where the regulator acknowledges the tension.

    Args:
        everyday: Pressure without a shortfall, in units of value per participant, 0 or more.
        grip_response: Added for each unit of shortfall, in units of the everyday pressure, 0 or more.
        own_shortfall: Last month's own shortfall, in units, 0 or more.
        place_shortfall: Last month's shortfall of the place, in units, 0 or more.
        shared: Strength of shared accountability, 0–1.
        instruction_effect: Added by instruction at full strength, in units of the everyday pressure, 0 or more.
        instruction: The order that the organisation feels, 0–1.
        shock: This month's grip shocks, in units of the everyday pressure.
        acknowledgement_effect: Share of the pressure that acknowledgement takes away at full strength, 0–1.
        acknowledgement: Strength of the lever, 0–1.

    Returns:
        The pressure, in units of value per participant.
    """
    shortfall = (1.0 - shared) * own_shortfall + shared * place_shortfall
    grip = 1.0 + grip_response * shortfall + instruction_effect * instruction + shock
    return everyday * grip * (1.0 - acknowledgement_effect * acknowledgement)


@rule
def order_felt(on_table: float, in_delivery: float, instruction_persistence: float) -> float:
    """An order presses in full until its programme is agreed, and less while it is delivered.

    Args:
        on_table: The strongest instruction over the organisation's programmes on the table, 0–1.
        in_delivery: The strongest over its programmes in delivery, 0–1.
        instruction_persistence: The part of an order's pressure that is left once its programme is agreed, 0–1.

    Returns:
        The order that the organisation feels, 0–1.
    """
    obeyed = instruction_persistence * in_delivery
    return on_table if on_table > obeyed else obeyed


@rule
def leader_changes(by_event: bool, draw: float, chance: float) -> bool:
    """A leader leaves for certain where the scenario says so, else by chance.

    Args:
        by_event: True if the scenario says so for this month.
        draw: A uniform draw, 0–1.
        chance: The chance this month, 0–1.
    """
    return by_event or happens(draw, chance)


@rule
def orientation_after_leader_change(orientation: float, opening_orientation: float, changed: bool) -> float:
    """A new leader takes orientation back to where the organisation began; without one, it stays as it was.

    Args:
        orientation: The organisation's orientation before, 0–1.
        opening_orientation: The organisation's orientation at the start, 0–1.
        changed: True if the leader changed this month.
    """
    return opening_orientation if changed else orientation
