"""The headline of the chart of money, from scenarios that pay back and scenarios that don't."""

import numpy as np
import pytest

from simulation.analysis.bands import bands_of
from simulation.analysis.pay_back import PayBack, PayBackMonths
from simulation.charts import money
from simulation.charts.money import headline
from tests.charts.conftest import with_levers

pytestmark = pytest.mark.unit


def paid(scenario, chance, varied=None, of=1000, same=0):
    """A scenario that has paid back in so many of a thousand runs by chance, and allowing for assumptions."""

    def months(count):
        return PayBackMonths(
            median="2016-06", early="2016-01", late=None, paid=max(0, count - same), of=of - same, same=same
        )

    return PayBack(
        scenario=scenario,
        baseline="no joint action",
        months=("2016-01", "2016-02"),
        discount=0.0,
        difference=bands_of(np.zeros((2, 2))),
        by_chance=months(chance),
        varied=None if varied is None else months(varied),
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([paid("by order", 210, 390)], "Paid back by February 2016: by order in 39 of 100 cases"),
        (
            [paid("by order", 210, 390), paid("in partnership", 1000, 670)],
            "Paid back by February 2016: by order in 39 of 100 cases and in partnership in 67 of 100 cases",
        ),
        # a case is a set of assumptions with a run; where no assumption was varied, there are runs alone
        ([paid("by order", 0, of=80)], "Paid back by February 2016: by order in 0 of 80 simulated runs"),
        ([paid("by order", 1, of=1)], "Paid back by February 2016: by order in 1 of 1 simulated run"),
        ([paid("by order", 1, 1, of=1)], "Paid back by February 2016: by order in 1 of 1 case"),
        (
            [paid("by order", 210), paid("in partnership", 1000, 670)],
            "Paid back by February 2016: by order in 21 of 100 simulated runs and in partnership in 67 of 100 cases",
        ),
        (
            [paid("by order", 1000, 1000, same=500)],
            "Costs and savings are the same as with no joint action for by order in 50 of 100 cases",
        ),
        (
            [paid("by order", 700, 700, same=400)],
            "Paid back by February 2016: by order in 50 of 100 cases that differ",
        ),
        (
            [paid("by order", 1000, 1000, same=1000)],
            "By order costs and saves the same as no joint action",
        ),
        (
            [paid("by order", 210), paid("a", 1000, same=1000), paid("b", 1000, same=1000)],
            "Paid back by February 2016: by order in 21 of 100 simulated runs; a and b cost and save the same as no "
            "joint action",
        ),
        (
            [paid("a", 0, 600), paid("b", 1000, 1000, same=1000), paid("c", 1000, 900), paid("d", 0, 0)],
            "2 of 4 choices have paid back by February 2016 in at least 60 of 100 cases with uncertain assumptions",
        ),
        (
            [paid("a", 0, 900), paid("b", 1000), paid("c", 1000), paid("d", 0)],
            "2 of 4 choices have paid back by February 2016 in at least 60 of 100 simulated runs by chance",
        ),
        (
            [paid("a", 0, 600), paid("b", 1000, 599), paid("c", 1000, 900), paid("d", 0, 0)],
            "2 of 4 choices have paid back by February 2016 in at least 60 of 100 cases with uncertain assumptions",
        ),
        (
            [paid("a", 0), paid("b", 1000), paid("c", 1000), paid("d", 0)],
            "2 of 4 choices have paid back by February 2016 in at least 60 of 100 simulated runs by chance",
        ),
    ],
)
def test_how_many_have_paid_back(found, words):
    assert headline(found) == words


def test_every_scenario_has_a_line_that_ends_in_its_label():
    chart = money(with_levers("no joint action"))
    written = {text.get_text().partition(":")[0] for panel in chart.axes for text in panel.texts}
    assert {"With levers", "As it is"} <= written
    assert set(chart.data["scenario"]) == {"with levers"}
