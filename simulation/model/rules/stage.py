"""The stages of an opportunity: on the table, in delivery, delivered. Source: docs/model.md#entities.

Months are counted from the start; an event that has not happened yet is at infinity.
"""

from simulation.model._rule import rule


@rule
def has_opened(month: float, opens: float) -> bool:
    """An opportunity is open from its first month on the table.

    Args:
        month: This month.
        opens: The first month on the table.
    """
    return opens <= month


@rule
def is_active(month: float, opens: float, delivered: float) -> bool:
    """An opportunity is active, and its participants meet, from the month it opens to that of its last milestone.

    Args:
        month: This month.
        opens: The first month on the table.
        delivered: The month of its last milestone; infinity for a contract, which never closes.
    """
    return opens <= month <= delivered


@rule
def is_on_table(month: float, opens: float, agreed: float) -> bool:
    """An opportunity is on the table until it is agreed, that month included; a contract always is once it opens.

    Args:
        month: This month.
        opens: The first month on the table.
        agreed: The month of agreement; infinity for a contract, which is managed every month.
    """
    return opens <= month <= agreed


@rule
def is_in_delivery(month: float, agreed: float, delivered: float) -> bool:
    """A programme is in delivery from the month after it was agreed until its last milestone.

    Args:
        month: This month.
        agreed: The month of agreement.
        delivered: The month of its last milestone.
    """
    return agreed < month <= delivered


@rule
def is_agreed(month: float, agreed: float) -> bool:
    """A programme counts as agreed from the month of agreement on.

    Args:
        month: This month.
        agreed: The month of agreement.
    """
    return agreed <= month


@rule
def is_undelivered(month: float, delivered: float) -> bool:
    """A programme counts as undelivered up to the month of its last milestone, that month included.

    Args:
        month: This month.
        delivered: The month of its last milestone.
    """
    return month <= delivered
