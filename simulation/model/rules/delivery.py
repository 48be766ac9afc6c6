"""Phase 4, deliver: what it takes to meet a milestone. Source: docs/model.md#deliver."""

from simulation.model._rule import rule


@rule
def milestone_chance(skill: float, delivery_floor: float, mean_trust: float, co_ownership: float) -> float:
    """A milestone needs the lead's skill and, beyond a floor, trust and co-ownership, which no instruction gives.

    Args:
        skill: The lead's skill in the domain, 0–1.
        delivery_floor: The part that needs neither, 0–1.
        mean_trust: Mean trust over the ordered pairs of participants, 0–1.
        co_ownership: 0–1.
    """
    return skill * (delivery_floor + (1.0 - delivery_floor) * (mean_trust * co_ownership))


@rule
def set_up_instalment(set_up_cost: float, milestones: float) -> float:
    """Set-up is paid evenly over as many months as there are milestones, in £m a month.

    Args:
        set_up_cost: In all, in £m.
        milestones: 1 or more.
    """
    return set_up_cost / milestones


@rule
def set_up_due(instalment: float, months_in_delivery: float, milestones: float) -> float:
    """What setting up costs this month, in £m: an instalment in each of the first months in delivery, met or not.

    Args:
        instalment: £m a month.
        months_in_delivery: 1 in the month after agreement; 0 or less before, without end if never agreed.
        milestones: As many months as there are milestones.
    """
    return instalment if 0.0 < months_in_delivery <= milestones else 0.0
