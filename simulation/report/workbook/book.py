"""All sheets of a workbook of results, in the order in which to read them."""

from collections.abc import Iterator

from simulation.analysis.compare import has_only_choices
from simulation.analysis.held import held_in, held_words
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import source_of
from simulation.formatting import capital, counted, stretch_words
from simulation.report.paper import Paper
from simulation.report.register import number_label, register_to_pandas
from simulation.report.register_others import others_words, register_others, register_source
from simulation.report.workbook.chart_data import chart_sheets
from simulation.report.workbook.costs import cost_sheets
from simulation.report.workbook.names import names_of
from simulation.report.workbook.positions import position_sheets
from simulation.report.workbook.scenarios import scenario_sheets
from simulation.report.workbook.sheet import Cell, Column, Format, Sheet, cell_of
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words
from simulation.scenario.writing import scenario_hash

_OF_SCENARIOS = (
    (
        "By chance alone",
        "Columns without another word: all simulated runs have the same assumptions, and only random events differ.",
    ),
    (
        "Allowing for uncertain assumptions",
        "Simulated runs in which every parameter is drawn from its range too, and the place's own uncertain "
        "numbers where the experiment varies them. Decide by these, if there are any.",
    ),
    (
        "9 in 10; middle half",
        "Nine in ten simulated runs lie between the two numbers of 9 in 10, and half of them between those of the "
        "middle half.",
    ),
)
_OF_SETS = (
    (
        "By chance alone",
        "The sheet Sets of assumptions, and columns elsewhere that say so: all simulated runs of a row have the same "
        "assumptions, and only random events differ.",
    ),
    (
        "Over sets of assumptions",
        "The sheet Choices: a mean of the simulated runs at each set of assumptions, and the median and range of these "
        "means.",
    ),
    (
        "9 in 10; middle half",
        "In the sheet Choices nine in ten of the means at the sets of assumptions lie between the two numbers of 9 in "
        "10, and half of them between those of the middle half; single simulated runs may lie further apart. In "
        "the sheet Sets of assumptions they are of the simulated runs of a row.",
    ),
)
_MEANS = (
    "Mean and ±",
    "Means add up, medians do not. The ± is half the 95% interval of the mean: how exactly it is known, not how "
    "far single runs differ.",
)


def build_sheets(comparison: Comparison, paper: Paper, *, theme: Theme = ANALYSIS_FUNCTION) -> tuple[Sheet, ...]:
    """Return the sheets: read me, position, costs, scenarios, assumptions, how to reproduce, and those of charts.

    Args:
        comparison: The results.
        paper: The content of the paper of the same results, whose words the workbook repeats.
        theme: The theme with which charts are drawn.
    """
    rests, names = rests_words(comparison), names_of(comparison)
    reproduce = tuple(_reproduce(comparison, paper))
    rest = (
        *position_sheets(comparison, names, rests),
        *cost_sheets(comparison, names, rests),
        *scenario_sheets(comparison, rests),
        _assumptions(comparison, paper, rests),
        _pairs("How to reproduce", "How to reproduce these figures", "What to type, and what to compare.", reproduce),
        *chart_sheets(comparison, names, theme, rests),
    )
    return (_read_me(comparison, paper, rests, reproduce, rest), *rest)


def rests_words(comparison: Comparison) -> str:
    """Say on how many simulated runs and sets of assumptions numbers rest, and that they are not a forecast.

    Args:
        comparison: The results.
    """
    points = [study.assumptions.points for study in comparison.studies.values() if study.assumptions is not None]
    sets = f" {counted(min(points), 'set')} of assumptions." if points else f" {capital(unvaried_words(comparison))}."
    if comparison.assumptions:
        sets = " The cases differ in their assumptions."
    return f"{source_of(comparison)}{sets} This is not a forecast."


def _reproduce(comparison: Comparison, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the paper's pairs, with the command of the workbook and the whole hash of each scenario."""
    for name, value in paper.reproduce:
        if name == "Then this paper":
            yield "Then this workbook", f"{value} --format xlsx"
        elif not name.startswith("Scenarios"):
            yield name, value
    for label, study in comparison.studies_in_tables.items():
        yield f"SHA-256 of the scenario “{label}”", scenario_hash(study.ensemble.scenario)


def _pairs(name: str, title: str, holds: str, pairs: tuple[tuple[str, str], ...], rests: str = "") -> Sheet:
    columns = (Column("Item", Format.LONG_TEXT, 36), Column("Text", Format.LONG_TEXT, 110))
    return Sheet(name=name, title=title, holds=holds, rests=rests, columns=columns, rows=pairs, is_data=False)


def _read_me(
    comparison: Comparison, paper: Paper, rests: str, reproduce: tuple[tuple[str, str], ...], rest: tuple[Sheet, ...]
) -> Sheet:
    """Return the verdict in words, what it rests on and must not be used for, and a list of the sheets."""
    verdict, *findings = paper.answer
    pairs = [
        ("Question", paper.question),
        ("Verdict", verdict),
        *(("Finding", text) for text in findings),
        *(("Caution", text) for text in paper.cautions),
        *(("Money", text) for text in paper.money),
        ("What it rests on", rests),
        ("Assumptions", f"{paper.register.caption}."),
        *(("Must not be used for", text) for text in paper.not_for),
        *(_OF_SCENARIOS if has_only_choices(comparison) else _OF_SETS),
        _MEANS,
        *(("How to reproduce: " + name[:1].lower() + name[1:], value) for name, value in reproduce[:4]),
        *((f"Sheet {sheet.name}", sheet.title) for sheet in rest),
    ]
    holds = f"Simulated period: {paper.period}. Money is in £m. Every number is stored with its whole precision."
    return _pairs("Read me", paper.title, holds, tuple(pairs), "This is not a forecast.")


_REGISTER_COLUMNS = (
    Column("Number"),
    Column("Where in the scenario"),
    Column("Value", Format.PLAIN),
    Column("Unit"),
    Column("Range: from", Format.PLAIN),
    Column("Range: to", Format.PLAIN),
    Column("Source", Format.LONG_TEXT, 50),
    Column("Status"),
    Column("Worth to the gap", Format.MONEY),
    Column("Worth: ± half the 95% interval", Format.MONEY),
)
_ELSEWHERE = Column("In other scenarios", Format.LONG_TEXT, 50)


def _assumptions(comparison: Comparison, paper: Paper, rests: str) -> Sheet:
    """Return a row for each number of the scenario, with its range, its evidence and what it is worth."""
    others = register_others(comparison)
    whose = others_words(others, f"the column “{_ELSEWHERE.heading}”")
    scenario, study = register_source(comparison)
    frame = register_to_pandas(scenario, study, others)
    stretch = 1.0 if study is None or study.assumptions is None else study.assumptions.stretch
    held = held_words(held_in(comparison))
    rows: list[tuple[Cell, ...]] = []
    for each in frame.to_dict("records"):
        where = str(each["where"])
        low, high = (cell_of(each[end]) for end in ("low", "high"))
        rest = [cell_of(each[name]) for name in ("source", "status", "worth", "worth_half_width_95")]
        elsewhere = () if others is None else (cell_of(each["other_scenarios"] or None),)
        value, unit = cell_of(each["value"]), cell_of(each["unit"])
        rows.append((number_label(where), where, value, unit, low, high, *rest, *elsewhere))
    return Sheet(
        name="Assumptions",
        title=f"Assumptions register: {paper.register.caption}; those come first",
        holds=(
            f"{whose}{whose and ' '}"
            "Every number that the scenario gives, those that it leaves at a default (which share a row unless they "
            "were varied), and every parameter in force, each in its own unit. Worth: how far the gap "
            f"moves from the low to the high end of the range{stretch_words(stretch)}, £m a year; empty where that was "
            "not run."
            f"{held and ' '}{held}"
        ),
        rests=rests,
        columns=_REGISTER_COLUMNS if others is None else (*_REGISTER_COLUMNS, _ELSEWHERE),
        rows=rows,
        frozen=1,
    )
