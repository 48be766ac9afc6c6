"""A month to move by hand or to play: what the trust map shows."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from simulation.formatting import month_words


class MonthPlayer(anywidget.AnyWidget):
    """A slider over the months with a button that plays them, see player.js."""

    _esm = Path(__file__).with_name("player.js")
    month = traitlets.Int(0).tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)


def month_player(months: tuple[str, ...]) -> Any:
    """A player that stands at the last of some months.

    Args:
        months: YYYY-MM, in order.
    """
    return MonthPlayer(month=len(months) - 1, names=[month_words(month) for month in months])
