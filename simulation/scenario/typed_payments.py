"""Ways of payment by their everyday names, such as PbR, and the one of the model's three that is nearest."""

from simulation.vocabulary import Payment

_NAMES = {
    Payment.SHARED: (
        "api",
        "aligned payment and incentive",
        "aligned payment & incentive",
        "aligned payments and incentives",
        "aligned incentive",
        "blended",
        "blended payment",
    ),
    Payment.TARIFF: (
        "pbr",
        "payment by results",
        "by activity",
        "activity",
        "activity-based",
        "activity based",
        "national tariff",
        "unit price",
        "unit prices",
        "cost per case",
    ),
    Payment.BLOCK: ("block contract", "fixed", "fixed payment", "fixed sum", "fixed price"),
}
"""The everyday names of each, as docs/typical-values.md has them or as they say of themselves how they pay."""

_REASONS = {
    Payment.SHARED: "aligned payment and incentive is shared here: part fixed, part by activity",
    Payment.TARIFF: "payment by activity is tariff here: a price for each patient",
    Payment.BLOCK: "a fixed sum is block here",
}

_ALL = "tariff is a price for each patient, block a fixed sum, shared half of each"


def how_to_write_payment(text: str) -> str:
    """Return the payment that a text was meant to be, with the reason; what each pays for if that cannot be seen.

    >>> how_to_write_payment("API")
    'aligned payment and incentive is shared here: part fixed, part by activity'
    >>> how_to_write_payment("cost and volume")
    'tariff is a price for each patient, block a fixed sum, shared half of each'

    Args:
        text: As it was typed.
    """
    typed = " ".join(text.casefold().replace("_", " ").split())
    return next((_REASONS[payment] for payment, names in _NAMES.items() if typed in names), _ALL)
