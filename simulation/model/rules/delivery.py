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
def is_mobilised(month: float, agreed: float, mobilisation: float) -> bool:
    """A programme mobilises for some months after agreement before a milestone can be met.

    Args:
        month: This month.
        agreed: The month of agreement; infinity until then.
        mobilisation: How many months it takes to mobilise, 0 or more.
    """
    return month > agreed + mobilisation


@rule
def milestone_worth(
    value: float, milestones: float, realised: float, unowned: float, owned: float, co_ownership: float
) -> float:
    """A milestone saves its part of the value on paper, less where fewer own it.

    Args:
        value: Value of the programme on paper, £m a year.
        milestones: How many milestones there are, 1 or more.
        realised: The programme's chance of realisation, a factor around 1.
        unowned: The part of the value that is saved where nobody owns it, 0–1.
        owned: The part that is saved where all own it, 0–1.
        co_ownership: Co-ownership when the milestone is met, 0–1.

    Returns:
        The saving that the milestone adds, £m a year.
    """
    return value / milestones * realised * (unowned + (owned - unowned) * co_ownership)


@rule
def is_behind(
    in_delivery: bool, finished: bool, month: float, agreed: float, mobilisation: float, pace: float, met: float
) -> bool:
    """A programme in delivery is behind while fewer milestones are met than its promised pace makes due.

    Args:
        in_delivery: True if it is in delivery this month.
        finished: True if its last milestone was met this month.
        month: This month.
        agreed: The month of agreement; infinity until then.
        mobilisation: How many months it takes to mobilise, 0 or more.
        pace: How many months a milestone takes by the promise, 1 or more.
        met: How many milestones are met, this month's included.
    """
    return in_delivery and not finished and month - agreed - mobilisation >= (met + 1.0) * pace


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
