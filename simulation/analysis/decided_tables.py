"""The result of a decision as tables: options, organisations, more money, and start months."""

from typing import TYPE_CHECKING

from simulation.analysis.decided import Decided, find_front

if TYPE_CHECKING:
    import pandas as pd


def options_to_pandas(decided: Decided) -> "pd.DataFrame":
    """Return a row for each option that was compared at all points, by cost.

    Columns: option (its letter, or empty), name, levers (lever:strength:start month), cost and cost_ by financial year,
    £m; for each objective its mean, low and high (95% interval of the mean); worst_off_organisation; losers (ids); and
    whether it is on_front, near_front, recommended, and which rules choose it or hold it tied.

    Args:
        decided: The result of a search.
    """
    import pandas as pd

    front, near = set(find_front(decided)), set(decided.near)
    rows = []
    for index, option in enumerate(decided.options):
        levers = [f"{lever}:{setting.strength:g}:{setting.from_}" for lever, setting in option.settings.items()]
        years = zip(decided.decision.years, option.costs_by_year, strict=True)
        row = {
            "option": decided.letter(index) or "",
            "name": option.name,
            "levers": " ".join(levers),
            "cost": option.cost,
            **{f"cost_{year.replace('/', '_')}": cost for year, cost in years},
        }
        for objective, amount in option.gains.items():
            row |= {objective: amount.mean, f"{objective}_low": amount.low, f"{objective}_high": amount.high}
        row |= {
            "worst_off_organisation": option.worst_off[0],
            "losers": " ".join(name for name, _ in option.losers),
            "on_front": index in front,
            "near_front": index in near,
            "recommended": index == decided.recommended,
            "chosen_by": "; ".join(each.rule for each in decided.rules if each.index == index),
            "tied_by": "; ".join(each.rule for each in decided.rules if index in each.tied),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def organisations_to_pandas(decided: Decided) -> "pd.DataFrame":
    """Return a row for each named option and organisation: the change of its position over the run, £m.

    Args:
        decided: The result of a search.
    """
    import pandas as pd

    rows = [
        {
            "option": decided.letter(index),
            "organisation": organisation,
            "change": amount.mean,
            "low": amount.low,
            "high": amount.high,
        }
        for index in decided.named
        for organisation, amount in decided.options[index].organisations.items()
    ]
    return pd.DataFrame(rows, columns=["option", "organisation", "change", "low", "high"])


def money_to_pandas(decided: Decided) -> "pd.DataFrame":
    """Return a row for each step of the budget: from and to, £m, and what it adds with its 95% interval.

    Args:
        decided: The result of a search.
    """
    import pandas as pd

    rows = [
        {
            "from": each.start,
            "to": each.end,
            "gain": each.gain,
            "low": each.gain - each.half_width,
            "high": each.gain + each.half_width,
        }
        for each in decided.money
    ]
    return pd.DataFrame(rows, columns=["from", "to", "gain", "low", "high"])


def delays_to_pandas(decided: Decided) -> "pd.DataFrame":
    """Return a row for each lever of the recommended option and start month: its worth with the 95% interval.

    Args:
        decided: The result of a search.
    """
    import pandas as pd

    rows = [
        {
            "lever": str(delay.lever),
            "from": month,
            "worth": worth.mean,
            "low": worth.mean - worth.half_width,
            "high": worth.mean + worth.half_width,
            "lost_per_month": delay.per_month.mean,
            "lost_per_month_half_width": delay.per_month.half_width,
        }
        for delay in decided.delays
        for month, worth in zip(delay.months, delay.worth, strict=True)
    ]
    columns = ["lever", "from", "worth", "low", "high", "lost_per_month", "lost_per_month_half_width"]
    return pd.DataFrame(rows, columns=columns)
