"""Turn the answers of a survey into trust between organisations."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._console import print_next
from simulation.cli._new_files import find_mistakes, schema_line, write_new
from simulation.cli._outputs import refuse

if TYPE_CHECKING:
    from simulation.survey.results import MonthOfTrust, SurveyOfTrust


def survey(
    answers: Annotated[str, typer.Argument(metavar="ANSWERS", help="The answers: CSV, or a workbook (.xlsx).")],
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario file of the place.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The file to write; the scenario's name with -with-trust if left out."),
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="The month that all answers count for; by their dates if not.")
    ] = None,
) -> None:
    """Write a scenario that extends a place with opening and observed trust from a survey of its organisations.

    The answers are one a row (from, to, item, score, date), one respondent a row, or a Microsoft Forms export; scores
    are 1 to 7. What fewer than three people say about an organisation is pooled; names and addresses are never kept.
    All mistakes are printed on stderr, each with its line, and nothing is written then. No file is overwritten.
    """
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import one_line
    from simulation.survey.results import survey_trust
    from simulation.survey.writing import survey_to_yaml

    path = out or Path(f"{Path(scenario).stem}-with-trust.yaml")
    if path.suffix.lower() not in {".yaml", ".yml"}:
        refuse(f"{one_line(str(path))}: the name of the file ends in .yaml")
    if month is not None and not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        refuse(f"--month {month}: must be a month written YYYY-MM, such as 2026-06")
    if mistakes := list(find_mistakes(path)):
        refuse("\n".join(mistakes))
    found = survey_trust(answers, load_scenario(scenario), month)
    for notice in found.notices:
        typer.echo(f"{answers}: {notice}", err=True)
    if found.opening is None:
        refuse(f"{answers}: too few answers about organisations that work together; nothing was written")
    for each in found.months:
        _show(each, found)
    write_new(path, survey_to_yaml(found, scenario, str(path), schema_line(path.parent)))
    typer.echo(f"wrote {path}")
    print_next("run", path)


def _show(month: "MonthOfTrust", found: "SurveyOfTrust") -> None:
    """Print what a survey says of one month: the mean of the place, pairs, and what is pooled."""
    from simulation.formatting import counted, month_words, two_decimals

    if month.mean is None:
        return
    value, low, high = map(two_decimals, month.mean)
    typer.echo(
        f"{month_words(month.month)}: mean trust {value} ({low} to {high}), "
        f"{counted(month.respondents, 'respondent')}, {month.relationships} of {found.relationships} relationships"
    )
    if (belief := month.belief) is not None:
        is_of_more = belief.of_respondents != belief.respondents
        of = f", {counted(belief.of_respondents, 'respondent')}" if is_of_more else ""
        typer.echo(
            f"  question 10 alone, which asks for the belief itself: {two_decimals(belief.value)}, "
            f"{counted(belief.respondents, 'respondent')}, {belief.relationships} of {found.relationships} "
            f"relationships; mean trust there {two_decimals(belief.trust)}{of}"
        )
    for group, interval in month.groups:
        value, low, high = map(two_decimals, interval)
        about = f"pooled ({group.pooled_by}): " if group.pooled_by else ""
        pairs = ", ".join(f"{of} in {trusted}" for of, trusted in group.pairs)
        typer.echo(f"  {about}{pairs}: {value} ({low} to {high}), {counted(group.respondents, 'respondent')}")
