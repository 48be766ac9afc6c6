"""Phase 2, who keeps what: contracts decide whose income follows activity. Source: docs/model.md#stance."""

from simulation.model._rule import rule


@rule
def risk_after_reform(risk: float, payment_reform: float) -> float:
    """Payment reform moves the risk that activity differs from plan toward an even split.

    Args:
        risk: The provider's part of that risk under the contract: 0 by tariff, 1 by block, one half if shared.
        payment_reform: Strength of the lever on the contract, 0–1.

    Returns:
        The provider's part of the risk, 0–1.
    """
    return (1.0 - payment_reform) * risk + payment_reform / 2.0


@rule
def risk_of_the_other(risk: float) -> float:
    """The commissioner carries the risk that the provider does not.

    Args:
        risk: The provider's part of the risk, 0–1.
    """
    return 1.0 - risk


@rule
def part_of_amounts(amount: float, amounts: float) -> float:
    """A commissioner bears its part of a move by the size of its contract.

    Args:
        amount: The amount of its contract, £m a year.
        amounts: The amounts of the contracts of all the commissioners that feel the move, £m a year.
    """
    return amount / amounts


@rule
def income_moved(income: float, part: float, risk: float) -> float:
    """Income follows activity as far as the commissioner, and not the provider, carries the risk.

    Args:
        income: What the activity is paid for at full price, £m a year.
        part: The part of the move that this commissioner bears, 0–1.
        risk: The provider's part of the risk that activity differs from plan, 0–1.

    Returns:
        What the provider loses to the commissioner, or gains from it, £m a year.
    """
    return income * part * (1.0 - risk)


@rule
def share_after_payment(cost_share: float, received: float, value: float) -> float:
    """A participant keeps its saving in cost, with the income that it receives and without the income that it gives.

    Args:
        cost_share: Its part of the saving in cost.
        received: What it receives less what it gives as activity moves, £m a year.
        value: Value of the programme on paper, £m a year, above 0.

    Returns:
        Its share of the value; over all participants these add up to 1, as the parts of the saving in cost do.
    """
    return cost_share + received / value
