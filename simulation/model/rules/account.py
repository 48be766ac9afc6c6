"""Phase 6, account: savings, shortfalls and each organisation's surplus or deficit. Source: docs/model.md#account."""

from simulation.model._rule import rule


@rule
def efficiency_after_month(
    efficiency: float, pool: float, rate: float, attention_cost: float, in_delivery: float, programmes: float
) -> float:
    """An organisation's own savings draw on a shrinking pool, and slow down while it delivers programmes.

    Args:
        efficiency: Its own savings so far, £m a year.
        pool: All the savings that it could find, £m a year.
        rate: Share of the remaining pool that it finds in a month, 0–1.
        attention_cost: Share of that work lost when all its programmes are in delivery, 0–1.
        in_delivery: How many of its programmes are in delivery this month, 0 or more.
        programmes: How many programmes it is in, opened or not; 0 if none.

    Returns:
        Its own savings with this month's, £m a year.
    """
    busy = in_delivery / programmes if programmes > 0.0 else 0.0
    return efficiency + rate * (pool - efficiency) * (1.0 - attention_cost * busy)


@rule
def part_of(amount: float, share: float) -> float:
    """A participant's part of an amount is its share of it.

    Args:
        amount: The whole amount: a saving, a cost or a planned gap, in £m or £m a year.
        share: The participant's share; negative for a participant that loses.
    """
    return amount * share


@rule
def part_met(milestones_met: float, milestones: float) -> float:
    """A programme is delivered in proportion to the milestones met.

    Args:
        milestones_met: How many milestones are met, 0 or more.
        milestones: How many there are, 1 or more.

    Returns:
        The delivered part, 0–1.
    """
    return milestones_met / milestones


@rule
def run_rate_gap(do_nothing: float, efficiency: float, programmes: float) -> float:
    """The gap is the do-nothing gap less all savings; below 0 it is a surplus.

    Args:
        do_nothing: The gap before any savings, £m a year.
        efficiency: All organisations' own savings, £m a year.
        programmes: All programmes' savings, £m a year.
    """
    return do_nothing - efficiency - programmes


@rule
def shortfall(gap: float, plan: float, income: float) -> float:
    """A shortfall is the distance of a gap from its plan in tenths of income; never below 0.

    Args:
        gap: The gap of the place or an organisation's part of it, £m a year.
        plan: The planned gap, £m a year.
        income: Net income of the place, or the organisation's own income, £m a year.

    Returns:
        The shortfall; 1 is a tenth of income.
    """
    behind = gap - plan
    return behind / (0.1 * income) if behind > 0.0 else 0.0


@rule
def own_gap(deficit_share: float, do_nothing: float, efficiency: float, programmes: float) -> float:
    """An organisation's gap is its part of the do-nothing gap less its own savings and its shares of programmes.

    Args:
        deficit_share: Its part of the do-nothing gap, 0–1.
        do_nothing: The gap before any savings, £m a year.
        efficiency: Its own savings, £m a year.
        programmes: Its shares of programmes' savings, £m a year.
    """
    return deficit_share * do_nothing - efficiency - programmes


@rule
def position_this_month(gap: float, contracts: float, cost_shifts: float, set_up: float, lever_costs: float) -> float:
    """An organisation's position is its surplus this month, in £m; below 0 it is a deficit.

    Args:
        gap: Its part of the gap, £m a year.
        contracts: Its shares of contracts' savings, £m.
        cost_shifts: Costs that it shifted to others less those that others shifted to it, £m.
        set_up: Its part of set-up costs, £m.
        lever_costs: Its part of the cost of levers, £m a year.
    """
    return -gap / 12.0 + contracts + cost_shifts - set_up - lever_costs / 12.0


@rule
def benefit_on_paper(benefit: float, value: float) -> float:
    """A programme's benefit to the population counts in proportion to its value.

    Args:
        benefit: Benefit to the population; 1 is typical.
        value: Value on paper, £m a year.
    """
    return benefit * value


@rule
def plan_coverage(agreed: float, opened: float) -> float:
    """The plan is covered by the programmes agreed, by value on paper; 0 before any programme opens.

    Args:
        agreed: Value of programmes agreed so far, £m a year.
        opened: Value of programmes opened so far, £m a year.

    Returns:
        The agreed part, 0–1.
    """
    return agreed / opened if opened > 0.0 else 0.0


@rule
def net_of(income: float, paid: float) -> float:
    """Net income is income less what is paid on in contracts, and at least a tenth of income.

    Args:
        income: Income of an organisation or of the place, £m a year.
        paid: The amounts of the contracts in which it pays, £m a year.
    """
    net, least = income - paid, 0.1 * income
    return net if net > least else least
