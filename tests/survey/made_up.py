"""A small place, and made-up answers about its organisations in each layout."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from simulation.survey.form import STATEMENTS

PLACE = """\
title: A small place
start: 2026-04
months: 24
population: 1000
do_nothing: {2026-04: 10, 2028-03: 20}
organisations:
  board: {role: commissioner, income: 500, name: The board}
  hospital: {role: provider, income: 300, name: The general hospital, sector: acute}
  community: {role: provider, income: 100, name: Community care}
  hospice: {role: provider, income: 10}
contracts:
  deal: {commissioner: board, provider: hospital, amount: 200}
programmes:
  frailty: {saves: {board: 1, hospital: 1, community: -0.5}}
"""
"""The board, the hospital and community care work together; the hospice works with nobody."""

LONG = "respondent,from,to,item,score,date"
SAID = (
    ("b1", "board", "hospital", 2),
    ("b2", "board", "hospital", 3),
    ("b3", "board", "hospital", 4),
    ("h1", "hospital", "board", 5),
    ("h2", "hospital", "board", 6),
    ("h3", "hospital", "board", 7),
)
"""Respondent, from, to, and an agreement of 1 to 7 with trust: means 1/3 and 5/6."""


def make_place(folder: Path) -> Scenario:
    """Write the place as place.yaml and read it."""
    path = folder / "place.yaml"
    path.write_text(PLACE, encoding="utf-8")
    return load_scenario(path)


def score_of(agreement: int, reversed_: bool) -> int:
    """The answer of someone who trusts as much as this: statements against trust are disagreed with."""
    return 8 - agreement if reversed_ else agreement


def long_rows(said: Iterable[tuple[str, str, str, int]] = SAID, date: str = "2026-05-11") -> list[str]:
    """The rows of a file in long layout."""
    return [
        f"{who},{of},{to},{each.id},{score_of(agreement, each.is_reversed)},{date}"
        for who, of, to, agreement in said
        for each in STATEMENTS
    ]


def long_text(said: Iterable[tuple[str, str, str, int]] = SAID, date: str = "2026-05-11") -> str:
    """A file in long layout."""
    return "\n".join([LONG, *long_rows(said, date)]) + "\n"


def about_text(said: Iterable[tuple[str, str, str, int]] = SAID) -> str:
    """A file with one row for each respondent and organisation, and a column for each statement."""
    head = ",".join(["respondent", "from", "to", "date", *(f'"{each.wording}"' for each in STATEMENTS)])
    rows = [
        ",".join([who, of, to, "2026-05-11", *(str(score_of(agreement, each.is_reversed)) for each in STATEMENTS)])
        for who, of, to, agreement in said
    ]
    return "\n".join([head, *rows]) + "\n"


def across_text(said: Mapping[tuple[str, str], Mapping[str, int]]) -> str:
    """A file with one row for each respondent, and a column for each organisation and statement.

    Args:
        said: By respondent and organisation, the agreement about each other organisation.
    """
    abouts = list(dict.fromkeys(about for agreements in said.values() for about in agreements))
    head = ["from", "date", *(f'"{about}: {each.wording}"' for about in abouts for each in STATEMENTS)]
    rows = []
    for (_, of), agreements in said.items():
        scores = [
            str(score_of(agreements[about], each.is_reversed)) if about in agreements else ""
            for about in abouts
            for each in STATEMENTS
        ]
        rows.append(",".join([of, "2026-05-11", *scores]))
    return "\n".join([",".join(head), *rows]) + "\n"


def forms_text(said: Iterable[tuple[str, str, str, int]] = SAID, dates: str = "5/11/26 19:17:10") -> str:
    """A Microsoft Forms export, saved as CSV."""
    head = [
        "ID", "Start time", "Completion time", "Email", "Name", "Last modified time",
        "Which organisation do you work for?", "Which organisation are your answers about?",
        *(f'"{each.wording}"' for each in STATEMENTS), "Is there anything else?",
    ]  # fmt: skip
    options = ["Strongly disagree", "Disagree", "Slightly disagree", "Neither agree nor disagree", "Slightly agree"]
    options += ["Agree", "Strongly agree"]
    rows = [
        ",".join(
            [
                str(number), dates, dates, f"{who}@example.org", f"Name {who}", "", of, to,
                *(options[score_of(agreement, each.is_reversed) - 1] for each in STATEMENTS), "They are nice",
            ]
        )
        for number, (who, of, to, agreement) in enumerate(said, start=1)
    ]  # fmt: skip
    return "\n".join([",".join(head), *rows]) + "\n"
