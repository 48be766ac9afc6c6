"""Ways of payment by their everyday names, and the message that says which of the model's three is nearest."""

from pathlib import Path

import pytest

from simulation.scenario.typed_payments import how_to_write_payment

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("API", "shared"),
        ("aligned payment and incentive", "shared"),
        ("PbR", "tariff"),
        ("Block contract", "block"),
        ("Fixed", "block"),
    ],
)
def test_the_nearest_payment_and_the_reason_are_those_of_typical_values(text: str, nearest: str) -> None:
    said = how_to_write_payment(text)
    assert f"is {nearest} here" in said
    document = (Path(__file__).parents[2] / "docs/typical-values.md").read_text(encoding="utf-8")
    for words in ("`tariff` is a price for each patient", "`block` a fixed sum", "part fixed, part by activity"):
        assert words in document


def test_a_payment_that_is_none_of_them_is_not_guessed() -> None:
    assert (
        how_to_write_payment("cost and volume")
        == "tariff is a price for each patient, block a fixed sum, shared half of each"
    )
