"""Phase 6, account: efficiency, worth, shortfalls and each organisation's month. Source: docs/model.md#account."""

from simulation.model._rule import rule


@rule
def efficiency_after_month(
    efficiency: float, pool: float, rate: float, attention_cost: float, in_delivery: float, programmes: float
) -> float:
    """An organisation's own savings draw on a pool with diminishing returns; delivering jointly takes attention.

    Args:
        efficiency: So far, £m a year.
        pool: All that could be found, £m a year.
        rate: Share of what is left, a month.
        attention_cost: Share of the work lost when all its programmes are in delivery, 0–1.
        in_delivery: Its programmes in delivery this month.
        programmes: All its programmes, opened or not; 0 if it has none.
    """
    busy = in_delivery / programmes if programmes > 0.0 else 0.0
    return efficiency + rate * (pool - efficiency) * (1.0 - attention_cost * busy)


@rule
def part_of(amount: float, share: float) -> float:
    """A participant's part of an amount is its share of it.

    Args:
        amount: The whole: what a programme is worth, a contract yields, set-up or levers cost, a plan asks for.
        share: The participant's share; negative for one who loses.
    """
    return amount * share


@rule
def part_met(milestones_met: float, milestones: float) -> float:
    """How much of a programme is delivered, 0–1.

    Args:
        milestones_met: So far.
        milestones: 1 or more.
    """
    return milestones_met / milestones


@rule
def programme_worth(value: float, realised: float, milestones_met: float, milestones: float) -> float:
    """What a programme saves every year by now, in £m a year.

    Args:
        value: On paper, £m a year.
        realised: What of it is there when delivered.
        milestones_met: So far.
        milestones: 1 or more.
    """
    return value * realised * part_met(milestones_met, milestones)


@rule
def run_rate_gap(do_nothing: float, efficiency: float, programmes: float) -> float:
    """The gap that is left, in £m a year.

    Args:
        do_nothing: The gap if nothing is done, £m a year.
        efficiency: All organisations' own savings, £m a year.
        programmes: All programmes' worth, £m a year.
    """
    return do_nothing - efficiency - programmes


@rule
def shortfall(gap: float, plan: float, shortfall_unit: float, income: float) -> float:
    """How far a gap is behind its plan, in units of a share of income; never below 0.

    Args:
        gap: The gap (of the place, or an organisation's part of it), £m a year.
        plan: What was planned for it, £m a year.
        shortfall_unit: The share of income that counts as one unit.
        income: £m a year.
    """
    behind = gap - plan
    return behind / (shortfall_unit * income) if behind > 0.0 else 0.0


@rule
def own_gap(deficit_share: float, do_nothing: float, efficiency: float, programmes: float) -> float:
    """An organisation's part of the gap, in £m a year.

    Args:
        deficit_share: Its part of the do-nothing gap, 0–1.
        do_nothing: £m a year.
        efficiency: Its own savings, £m a year.
        programmes: Its shares of the programmes' worth, £m a year.
    """
    return deficit_share * do_nothing - efficiency - programmes


@rule
def position_this_month(gap: float, contracts: float, cost_shifts: float, set_up: float, lever_costs: float) -> float:
    """An organisation's surplus (or, below 0, deficit) this month, in £m.

    Args:
        gap: Its part of the gap, £m a year.
        contracts: Its shares of what contracts yielded, £m.
        cost_shifts: What it took from others less what others took from it, £m.
        set_up: What it paid to set up programmes, £m.
        lever_costs: What it paid for levers, £m a year.
    """
    return -gap / 12.0 + contracts + cost_shifts - set_up - lever_costs / 12.0


@rule
def plan_coverage(agreed: float, opened: float) -> float:
    """How much of the plan is agreed, by value on paper; nothing of nothing.

    Args:
        agreed: Value of programmes agreed so far, £m a year.
        opened: Value of programmes opened so far, £m a year.
    """
    return agreed / opened if opened > 0.0 else 0.0
