"""Words for the columns of tables of results, so that no sheet shows the name of a column in a file."""

from simulation.formatting import capital

_BASES = {
    "organisation": "Organisation",
    "name": "Organisation",
    "trusting": "Trusting organisation",
    "trusted": "Trusted organisation",
    "part": "Part of a year",
    "of": "Simulated runs",
    "varied": "What varies",
    "varied_of": "Allowing for uncertain assumptions: simulated runs",
    "varied_points": "Sets of assumptions",
    "points": "Sets of assumptions",
    "replicates": "Simulated runs",
    "cases": "Cases",
    "loses_in": "Runs in which it loses",
    "varied_loses_in": "Allowing for uncertain assumptions: runs in which it loses",
    "less_in": "Leaves less in",
    "no_different_in": "No different in",
    "more_in": "Leaves more in",
    "target_met_in": "Target met in",
    "never_agreed_in": "Never agreed in",
    "in_delivery_in": "In delivery in",
    "gap_varied": "Gap (assumptions)",
    "position_varied": "Position (assumptions)",
    "closed": "Part of the gap closed, a surplus as all",
    "delivered": "Delivered",
    "against_plan": "Against its own plan",
    "against_no_savings": "Against the gap before any savings",
    "gain": "Gain if it never moves",
    "cost_to_others": "Cost to the others",
    "adds_to_gap": "Adds to the gap, a year",
    "discount": "Discounted, % a year",
    "what": "Name in files",
    "known": "What would be known",
    "low_95": "95% interval, from",
    "high_95": "95% interval, to",
    "by_chance": "What chance may show: all, shuffled, are below it in 19 of 20 shuffles",
    "is_clear": "Distinguishable from 0",
    "changes": "Changes the choice in",
    "net": "Worth less cost",
    "across": "Assumption across",
    "up": "Assumption up",
    "parameter": "Assumption",
    "swing": "Worth to the gap",
    "holds_to": "Better in 60 of 100 cases up to ranges stretched by",
    "holds_to_at_least": "By at least that",
    "central": "Median at the central assumptions",
    "realised_part": "Saved of what is delivered",
    "domain": "Field of skill",
    "paper": "On paper",
    "early": "1 in 20 has paid back by",
    "late": "19 in 20 have paid back by",
    "paid": "Paid back within the run",
    "same": "Runs with no difference in any month",
    "differ": "Runs with a difference",
    "mutual": "Mutual trust, mean of both",
}
"""Headings by column, where the column's name does not say it."""

_ENDS = {
    "mean": "mean",
    "median": "median",
    "low_50": "middle half, from",
    "high_50": "middle half, to",
    "low_90": "9 in 10, from",
    "high_90": "9 in 10, to",
    "half_width_95": "± half the 95% interval",
    "low": "from",
    "high": "to",
}
"""Words for the ends of columns that hold a statistic or a limit of a band."""

LABELLED = frozenset({"organisation", "trusting", "trusted", "programme", "lever", "parameter", "across", "up"})
"""Columns of ids and codes, which get a column of words before them."""

SHARES = frozenset(
    {"closed", "realised_part", "behind", "changes"}
    | {f"{each}{end}" for each in ("better", "no_different", "worse") for end in ("", "_low", "_high")}
)
"""Columns of shares that are shown in per cent."""

IN_WORDS = frozenset({"gap", "position", "gap_varied", "position_varied"})
"""Columns that hold numbers in some tables, and a median with its band in words in others."""

UNROUNDED = frozenset({"across_from", "across_to", "up_from", "up_to", "discount", "stretch", "holds_to"})
"""Columns of numbers of several units, which are shown as they are."""


def heading_of(column: str, *, is_code: bool = False) -> str:
    """Return the heading of a column.

    >>> heading_of("varied_low_90"), heading_of("agreed_high_90"), heading_of("organisation", is_code=True)
    ('Allowing for uncertain assumptions: 9 in 10, from', 'Agreed: 9 in 10, to', 'Organisation, id')

    Args:
        column: The name of the column in files.
        is_code: True if it holds ids or codes, next to a column of words.
    """
    if is_code:
        return f"{heading_of(column)}, id"
    if column in _BASES:
        return _BASES[column]
    if column.startswith("varied_"):
        return f"Allowing for uncertain assumptions: {after_colon(column.removeprefix('varied_'))}"
    for end, words in _ENDS.items():
        if column == end:
            return capital(words)
        if column.endswith(f"_{end}"):
            return f"{heading_of(column.removesuffix(f'_{end}'))}: {words}"
    return capital(column.replace("_", " "))


def after_colon(column: str) -> str:
    """Return the heading of a column as it stands after other words and a colon, with a small letter.

    Args:
        column: The name of the column in files.
    """
    heading = heading_of(column)
    return heading[:1].lower() + heading[1:]
