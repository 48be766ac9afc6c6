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
