"""The number of rows that each table has for one replicate of a place."""

from simulation.results.axes import Axes, axes_of, chosen_months
from simulation.results.financial_year import financial_years
from simulation.scenario.schema import Scenario


def rows_of_replicate(scenario: Scenario) -> dict[str, int]:
    """Return how many rows each table has for one replicate, by its name.

    Args:
        scenario: The place.
    """
    return _rows_of(axes_of(scenario))


def rows_at_least(scenario: Scenario) -> dict[str, int]:
    """Return of how many rows each table of a run's supporting runs has a multiple, by its name.

    Args:
        scenario: The place.
    """
    rows = _rows_of(axes_of(scenario))
    monthly = dict.fromkeys(("all_population_first", "all_institutional", "assumptions"), rows["system"])
    return monthly | dict.fromkeys(("assumptions_outturns", "holding_out"), rows["outturns"])


def _rows_of(axes: Axes) -> dict[str, int]:
    months, organisations, relationships = len(axes.months), len(axes.organisations), len(axes.relationships)
    return {
        "system": months,
        "outturns": organisations * len(financial_years(axes.months)),
        "agreements": len(axes.programmes),
        "memberships": len(axes.memberships),
        "organisations": months * organisations,
        "relationships": months * relationships,
        "opportunities": months * len(axes.opportunities),
        "trust": len(chosen_months(months)) * relationships,
        "ends": 1,
    }
