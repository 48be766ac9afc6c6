"""Phase 4, deliver: milestones and the cost of setting up. Source: docs/model.md#deliver."""

from simulation.model._rule import rule


@rule
def milestone_chance(skill: float, delivery_floor: float, mean_trust: float, co_ownership: float) -> float:
    """A milestone needs the lead's skill and, beyond a floor, trust and co-ownership, which instruction cannot give.

    Args:
        skill: The lead's skill in the domain, 0–1.
        delivery_floor: The part of delivery that needs neither trust nor co-ownership, 0–1.
        mean_trust: Mean trust over the ordered pairs of participants, 0–1.
        co_ownership: Co-ownership of the programme, 0–1.

    Returns:
        The chance that an attempt this month meets the milestone, 0–1.
    """
    return skill * (delivery_floor + (1.0 - delivery_floor) * (mean_trust * co_ownership))


@rule
def set_up_instalment(set_up_cost: float, milestones: float) -> float:
    """Set-up is paid evenly over as many months as there are milestones.

    Args:
        set_up_cost: The whole cost, £m.
        milestones: How many milestones there are, 1 or more.

    Returns:
        The instalment, £m a month.
    """
    return set_up_cost / milestones


@rule
def set_up_due(instalment: float, month: float, agreed: float, milestones: float) -> float:
    """An instalment of set-up is due in each of the first months in delivery, whether milestones are met or not.

    Args:
        instalment: £m a month.
        month: This month.
        agreed: The month of agreement; infinity until then.
        milestones: How many milestones there are, which is also how many months are paid for.

    Returns:
        The cost of setting up this month, in £m.
    """
    return instalment if 0.0 < month - agreed <= milestones else 0.0


@rule
def is_last_milestone(milestones_met: float, milestones: float) -> bool:
    """A programme is delivered when all its milestones are met.

    Args:
        milestones_met: How many are met, this month's included.
        milestones: How many there are, 1 or more.
    """
    return milestones_met >= milestones


@rule
def delivers_before(agreed: float, index: int, other_agreed: float, other_index: int) -> bool:
    """A lead attends first to the programme that was agreed earlier, and of two agreed together to the lower id.

    Args:
        agreed: The month in which this programme was agreed.
        index: Its index in id order.
        other_agreed: The month in which the other was agreed.
        other_index: The other's index in id order.
    """
    return agreed < other_agreed or (agreed == other_agreed and index < other_index)
