"""The words for the swings of parameters and of the place's own numbers."""

from collections.abc import Iterable

from simulation.analysis.assumptions import Swing, Swings
from simulation.charts.drawing.lettering import drawable
from simulation.charts.text.words import parameter_words
from simulation.formatting import counted
from simulation.scenario.number_names import number_name
from simulation.scenario.own_numbers import find_own_numbers
from simulation.scenario.schema import Scenario


class SwingNames:
    """The names of what has a swing, of a parameter from its table and of an own number from its scenario."""

    def __init__(self, scenarios: Iterable[Scenario] = ()) -> None:
        """Take the names of own numbers from scenarios, the first one's where several have a number.

        Args:
            scenarios: Those whose own numbers were varied.
        """
        self._own: dict[str, str] = {}
        for scenario in scenarios:
            for number in find_own_numbers(scenario):
                self._own.setdefault(number.where, drawable(number_name(scenario, number)))

    def label(self, swing: Swing) -> str:
        """Return the name as a label: Opening trust; Gap before any savings, March 2019.

        Args:
            swing: The swing of a parameter or an own number.
        """
        return self._own.get(swing.parameter) or parameter_words(swing.parameter)

    def within(self, swing: Swing) -> str:
        """Return the name within a sentence: opening trust; “Gap before any savings, March 2019”.

        Args:
            swing: The swing of a parameter or an own number.
        """
        label = self.label(swing)
        return f"“{label}”" if swing.parameter in self._own else f"{label[:1].lower()}{label[1:]}"


def count_rivals(found: Swings) -> int:
    """Return how many may move a result more than the first does: their intervals reach its own.

    Args:
        found: All swings, of one number or more.
    """
    first, *others = found.ranked
    least = abs(first.swing) - first.half_width
    return sum(abs(each.swing) + each.half_width > least for each in others)


def whose_words(found: Swings) -> str:
    """Say that a ranking is of the model's assumptions alone, where own numbers were varied that it doesn't hold.

    Args:
        found: All swings.

    Returns:
        The start of a clause; nothing if all that was varied is ranked.
    """
    return "of the model’s assumptions, " if found.unranked else ""


def none_words(found: Swings) -> str:
    """Return the subject of a sentence in which nothing clearly moves a result.

    Args:
        found: All swings.
    """
    return "None of the model’s assumptions by itself" if found.unranked else "No single assumption"


def unranked_words(found: Swings) -> str:
    """Say in a sentence that follows others which numbers were varied and are not ranked; nothing if all are.

    Args:
        found: All swings.
    """
    if not found.unranked:
        return ""
    return (
        f" Not ranked: {counted(found.unranked, 'number')} of the place’s own that varied too. One of them may move it "
        f"more, but {found.points:,} sets of assumptions are too few to say."
    )
