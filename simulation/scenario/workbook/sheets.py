"""The sheets of a place's workbook and their columns, in one table; reading and writing both follow it.

Row 1 of each sheet is its title, row 2 says what to type, row 3 holds the headings and the rows below it the entries.
The unit, meaning and bounds of a column come from the field of the scenario's models that it fills.
"""

from typing import Annotated, Any

from pydantic import BaseModel

from simulation.scenario.entries import (
    ActivityEntry,
    ContractEntry,
    CostShock,
    FixedStance,
    GripShock,
    ObservedTrustEntry,
    OrganisationEntry,
    OutturnsEntry,
    ProgrammeEntry,
    Setting,
    TrustOverride,
)
from simulation.scenario.evidence import Number
from simulation.scenario.fields import MoneyRate, Month, PathDate
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.columns import Choices, Column, Sheet
from simulation.vocabulary import EventKind, EvidenceStatus

HEADING_ROW = 3
"""The row of the headings; the first row of entries is the next."""

LIST_SEPARATOR = ","
"""Separates the ids in a cell that names several."""

WITHOUT_ENTRIES = ("Read me", "Lists")
"""Sheets that hold no entries: what the workbook is, and the words of its drop-down lists."""

_ANY_NUMBER = Annotated[float, Number()]


def _of(model: type[BaseModel], *columns: tuple[Any, ...]) -> tuple[Column, ...]:
    """Return columns of one model: heading, field, example and, where there are any, choices and several."""
    return tuple(
        Column(heading, field, model, example, choices=more[0] if more else None, several=len(more) > 1)
        for heading, field, example, *more in columns
    )


PLACE = Sheet(
    "Place",
    "The place",
    "One line for each item. Money is in £m everywhere, a month is written YYYY-MM.",
    _of(
        Scenario,
        ("Title", "title", "A hospital and its commissioner"),
        ("Description", "description", "Two organisations share a gap of £10m a year."),
        ("First month", "start", "2026-04"),
        ("Months", "months", 36),
        ("People", "population", 250000),
        ("Target", "target", 0),
    ),
)
"""Its columns are items, one below the other: item, value, note."""

GAP = Sheet(
    "Gap",
    "The gap by month, £m a year",
    "A yearly rate in each month; straight lines between the months. A financial year (2026/27) stands for its middle.",
    (
        Column(
            "Month",
            example="2026-04",
            meaning="A month (YYYY-MM), or a financial year, which stands for its middle.",
            holds=PathDate,
        ),
        *_of(
            Scenario,
            ("Gap before any savings", "do_nothing", 20),
            ("Planned gap", "plan", 20),
        ),
        Column(
            "Gap as reported",
            "observed.gap",
            None,
            19,
            "The gap as reported, in £m a year; changes nothing.",
            holds=MoneyRate,
        ),
    ),
)

ORGANISATIONS = Sheet(
    "Organisations",
    "The organisations that each answer for their own budget",
    "One row for each, at least two. Its id is used in the other sheets.",
    (
        Column(
            "Id",
            example="hospital",
            meaning="A short name: letters, digits, - and _ only; made from the name if left out.",
        ),
        *_of(
            OrganisationEntry,
            ("Name", "name", "The general hospital"),
            ("Role", "role", "provider", Choices.ROLES),
            ("Sector", "sector", "acute"),
            ("Income", "income", 210),
            ("Part of the gap", "deficit_share", 13),
            ("Own savings", "efficiency_pool", 10),
            ("Weight on the population", "orientation", 0.2),
            ("Programmes it can lead", "lead_capacity", 6),
        ),
    ),
)

SKILLS = Sheet(
    "Skills",
    "Skill of each organisation in each field, 0 to 1",
    "Organisations down, fields of skill across (those of the sheet Programmes). An empty cell counts as 0.5.",
    (Column("Organisation", example="hospital", meaning="Its id or name.", choices=Choices.ORGANISATIONS),),
    across="field of skill",
)

PROGRAMMES = Sheet(
    "Programmes",
    "What they could agree and deliver together",
    "One row for each programme. What each organisation saves by it stands on the next sheet.",
    (
        Column(
            "Id",
            example="frailty",
            meaning="A short name: letters, digits, - and _ only; made from the title if left out.",
        ),
        *_of(
            ProgrammeEntry,
            ("Title", "title", "Care at home for frail people"),
            ("Field of skill", "domain", "frailty"),
            ("Value if shares are given", "value", ""),
            ("Benefit", "benefit", 1.2),
            ("People reached", "reach", 6000),
            ("Milestones", "milestones", 4),
            ("Set-up cost", "set_up_cost", 1.8),
            ("First month", "from", "2026-10"),
        ),
    ),
)

SAVING = Sheet(
    "Saving in cost",
    "What each organisation saves in cost by each programme, £m a year",
    "Negative if it spends more, 0 if it takes part and saves nothing, empty if it takes no part. Where Programmes "
    "gives a value: shares of it.",
    (Column("Programme", example="frailty", meaning="Its id or title.", choices=Choices.PROGRAMMES),),
    across="organisation",
)

ACTIVITY = Sheet(
    "Activity that moves",
    "Activity that a programme moves between providers",
    "One row for each move. Income follows it where contracts pay by activity. Leave From or To empty for activity "
    "that is new or no longer needed.",
    (
        Column("Programme", example="frailty", meaning="Its id or title.", choices=Choices.PROGRAMMES),
        *_of(
            ActivityEntry,
            ("From", "from", "hospital", Choices.PROVIDERS),
            ("To", "to", "community", Choices.PROVIDERS),
            ("Income", "income", 5),
        ),
    ),
)

CONTRACTS = Sheet(
    "Contracts",
    "Who pays whom",
    "One row for each contract between a commissioner and a provider.",
    (
        Column(
            "Id",
            example="hospital_contract",
            meaning="A short name: letters, digits, - and _ only; made from the title if left out.",
        ),
        *_of(
            ContractEntry,
            ("Title", "title", "Acute services"),
            ("Commissioner", "commissioner", "board", Choices.COMMISSIONERS),
            ("Provider", "provider", "hospital", Choices.PROVIDERS),
            ("Amount", "amount", 190),
            ("Payment", "payment", "tariff", Choices.PAYMENTS),
        ),
    ),
)

LEVERS = Sheet(
    "Levers",
    "What the place does about the gap",
    "One row for each lever in use, again for a second time. Cost is at full strength, £m a year: at strength 0.5 half "
    "of it is charged.",
    (
        Column(
            "Lever",
            example="Coaching",
            meaning="The lever; its name in files will do too.",
            choices=Choices.LEVERS,
        ),
        *_of(
            Setting,
            ("Strength", "strength", 0.5),
            ("First month", "from", "2026-10"),
            ("Until", "until", "2028-04"),
            ("Months to full strength", "ramp", 6),
            ("Cost", "cost", 0.2),
        ),
        Column("Only", "only", Setting, "board, hospital", several=True),
    ),
)

RELATIONSHIPS = Sheet(
    "Relationships",
    "Opening trust where it differs from the assumption",
    "One row for each direction; most places leave this empty.",
    _of(
        TrustOverride,
        ("Trusting", "of", "board", Choices.ORGANISATIONS),
        ("Trusted", "in", "hospital", Choices.ORGANISATIONS),
        ("Opening trust", "trust", 0.35),
    ),
)

EVENTS = Sheet(
    "Events",
    "What happens on a date",
    "One row for each event. A leader change and a breach name an organisation, a cost shock a size, and so on.",
    (
        Column("Event", "event", None, "Leader change", "The kind of event.", Choices.EVENTS, holds=EventKind),
        Column("Month", "month", CostShock, "2027-09"),
        *_of(GripShock, ("First month", "from", "2027-04"), ("Until", "until", "2028-04")),
        *_of(FixedStance, ("Organisation", "organisation", "hospital", Choices.ORGANISATIONS)),
        Column(
            "Size", "size", None, 2,
            "Cost shock: the rise in £m a year. Breach: the part of the others' trust that is lost. "
            "Grip shock: in units of the everyday pressure.",
            holds=_ANY_NUMBER,
        ),
        *_of(FixedStance, ("Stance", "stance", "Institutional", Choices.STANCES)),
        Column("Only", "only", GripShock, "board, hospital", several=True),
    ),
)  # fmt: skip

ASSUMPTIONS = Sheet(
    "Assumptions",
    "Assumptions that differ from their defaults",
    "One row for each; `trustsim show` lists them all with their ranges and sources.",
    (
        Column(
            "Assumption",
            example="Opening trust",
            meaning="The assumption; its name in files will do too.",
            choices=Choices.PARAMETERS,
        ),
        Column("Value", example=0.35, meaning="A number, or the name of a trust rule."),
    ),
)

OUTTURNS = Sheet(
    "Outturns",
    "Outturns as reported, £m; they change nothing and are drawn beside the simulation",
    "One row for an organisation, or for several together. A column for each financial year, such as 2026/27; a "
    "deficit is below 0.",
    (
        *_of(OutturnsEntry, ("Title", "title", "The three trusts")),
        Column("Organisations", "organisations", OutturnsEntry, "north, south, east", several=True),
    ),
    across="financial year",
)

POOLED = "all together"
"""The word for the place as a whole, in place of the organisation that trusts; no id can be so."""

OBSERVED_TRUST = Sheet(
    "Trust as observed",
    "Trust as observed, such as by a survey; it changes nothing and is drawn beside the simulation",
    f"One row for each direction and month. For the mean of the place, write {POOLED} and leave Trusted empty.",
    (
        *_of(
            ObservedTrustEntry,
            ("Trusting", "of", "board", Choices.ORGANISATIONS),
            ("Trusted", "in", "hospital", Choices.ORGANISATIONS),
        ),
        Column("Month", example="2026-06", meaning="The month in which it was observed (YYYY-MM).", holds=Month),
        *_of(ObservedTrustEntry, ("Trust", "by_month", 0.45)),
    ),
)

SOURCES = Sheet(
    "Sources",
    "Where numbers come from",
    "One row for each number of another sheet, named by its sheet, row and column; all stands for every row or column. "
    "A number that has no row here is assumed.",
    (
        Column("Sheet", example="Organisations", meaning="The sheet with the number.", choices=Choices.SHEETS),
        Column("Row", example="hospital",
               meaning="The id, item or month in the first column of its row; all for every row."),
        Column("Column", example="Income", meaning="The heading of its column; all for every column."),
        Column("Unit", example="£m a year", meaning="The unit, if it isn't that of the column."),
        Column("Source", example="annual accounts 2025/26, note 2", meaning="Where the number comes from."),
        Column("Status", "", None, "sourced", "sourced if a source is given, else assumed.", Choices.STATUSES,
               holds=EvidenceStatus),
        Column("Low", example=205, meaning="The lowest that it may be.", holds=_ANY_NUMBER),
        Column("High", example=215, meaning="The highest that it may be.", holds=_ANY_NUMBER),
    ),
)  # fmt: skip

SHEETS = (
    PLACE,
    GAP,
    ORGANISATIONS,
    SKILLS,
    PROGRAMMES,
    SAVING,
    ACTIVITY,
    CONTRACTS,
    LEVERS,
    RELATIONSHIPS,
    EVENTS,
    ASSUMPTIONS,
    OUTTURNS,
    OBSERVED_TRUST,
    SOURCES,
)
"""In the order of their tabs; a sheet *Read me* without entries comes before them."""
