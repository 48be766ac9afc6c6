"""Typical sizes of the numbers of a place, each with its source or "assumed", in one table.

They show a slip of a decimal point and are no sources for a place's own numbers. The document on typical values, the
comments of a workbook and the comments of the small scenario to start from all take them from here.
"""

from typing import NamedTuple

from simulation.formatting import as_written
from simulation.parameters import TABLE

ASSUMED = "assumed"

_BY_NAME = {row.name: row for row in TABLE}


class Typical(NamedTuple):
    """A typical size of one field.

    Attributes:
        section: The section of a scenario file that holds the field; `place` for the fields at its top.
        field: The field, as files write it.
        size: The typical size, in words.
        of: The entries for which it is typical; empty for all.
        source: Where it was read, or how it was worked out from what was read; `assumed` if it is our judgement.
    """

    section: str
    field: str
    size: str
    of: str = ""
    source: str = ASSUMED

    @property
    def words(self) -> str:
        """The size and what it is of, for a comment."""
        return f"{self.size} ({self.of})" if self.of else self.size


def typical_of(section: str, field: str) -> str | None:
    """Return the typical sizes of a field in one line of words; None if none is known.

    Args:
        section: The section of a scenario file; `place` for the fields at its top, `activity` for a programme's.
        field: The field, as files write it.

    >>> typical_of("programmes", "milestones")
    '3 to 8'
    """
    found = [row.words for row in TYPICAL if (row.section, row.field) == (section, field)]
    return "; ".join(found) or None


def _range_of(parameter: str) -> str:
    row = _BY_NAME[parameter]
    return f"{as_written(row.low)} to {as_written(row.high)}"


_ALLOCATIONS = (
    "derived: core services £1,732 for each patient in 2024/25, from £1,480 to £1,986 by integrated care board, and "
    "primary medical care about £180 (House of Commons Library, research briefing 10031)"
)
_POOLS = (
    "Mid Essex Hospital Services saved £13.2m in 2012/13 (Essex Chronicle, 2014) of £275m; Basildon and Thurrock "
    "needed more than 5% in 2013/14 (HSJ, 2013)"
)
_COSTING = "assumed, as in the reference scenario: wards, theatres and rotas stay when patients go"
_BLENDED = (
    "aligned payment and incentive: almost all elective activity at 100% of unit prices, the rest fixed (NHS England, "
    "NHS Payment Scheme 2025/26); blended payment for urgent care is proposed for 2026/27 (NHS England, consultation)"
)
_BLOCK = (
    "community: mostly block (NHS Providers, May 2018); mental health: 6% of providers by episode or capitation (HSJ, "
    "June 2018); within aligned payment and incentive, what is not elective is fixed (NHS England, 2025/26)"
)

TYPICAL = (
    Typical("place", "months", "24 to 60"),
    Typical("place", "population", "0.2 to 3 million"),
    Typical(
        "place",
        "do_nothing",
        "3% to 12% of what the place spends, and rising",
        source="derived: £216m of £1.8bn, 12% (Mid and South Essex, 2018/19 as seen in 2016); £354.8m of about £5.5bn, "
        "6%, before support (Lancashire and South Cumbria, 2024/25); the lower end is assumed",
    ),
    Typical(
        "organisations", "income", "£1,500 to £2,200 for each person", "an integrated care board", source=_ALLOCATIONS
    ),
    Typical(
        "organisations",
        "income",
        "£200m to £1bn",
        "an acute trust",
        source="£247m to £317m for the three of Mid and South Essex, 2011 to 2019 (CQC, Wikipedia); the upper end is "
        "assumed",
    ),
    Typical("organisations", "income", "a fifth to a half of the hospital's", "community or mental health care"),
    Typical(
        "organisations",
        "income",
        "about £400m for a whole region; give the part of this place",
        "an ambulance trust",
        source="derived: £4,035m for ten trusts in 2023/24 (their accounts, as added up by Trust the Evidence, 2024)",
    ),
    Typical(
        "organisations",
        "deficit_share",
        "most of the gap is at hospitals",
        source="boards often break even while providers carry the deficit (The Lowdown, 2023)",
    ),
    Typical(
        "organisations",
        "efficiency_pool",
        "2% to 3% of income",
        "a commissioner",
        source="Basildon and Brentwood CCG planned £8.6m of £300.2m, 2.9%, in 2013/14 (HSJ, April 2013)",
    ),
    Typical("organisations", "efficiency_pool", "about 5% of income", "a provider", source=_POOLS),
    Typical(
        "organisations",
        "efficiency_pool",
        "3.5% of income for each year of recurrent savings that is left",
        "a trust of today",
        source="derived: 6.1% asked for in 2024/25, 57.3% of what was delivered by July recurrent (Cheshire and "
        "Merseyside: The Lowdown, December 2024)",
    ),
    Typical("organisations", "orientation", _range_of("opening_orientation"), source="assumed: opening_orientation"),
    Typical("organisations", "skills", "0.5; from 0.35 to 0.75"),
    Typical("organisations", "lead_capacity", _range_of("lead_capacity"), source="assumed: lead_capacity"),
    Typical("contracts", "amount", "half of the commissioner's income", "all its acute contracts together"),
    Typical(
        "contracts",
        "amount",
        "a tenth of the commissioner's income for each of community care and mental health",
        "community care, mental health",
    ),
    Typical(
        "contracts",
        "amount",
        "3% of the commissioner's income",
        "ambulances",
        source="derived: £4,035m (ten ambulance trusts, 2023/24) of £127.2bn (allocations of boards, 2024/25: House of "
        "Commons Library, research briefing 10031)",
    ),
    Typical(
        "contracts", "amount", "a fortieth to a twentieth of the commissioner's income", "a council's care at home"
    ),
    Typical(
        "contracts",
        "amount",
        "a third to two fifths of the hospice's income",
        "a hospice",
        source="about a third of funding from the NHS (Department of Health and Social Care, October 2025); 40% of "
        "spending in 2023/24 (National Audit Office, hospices)",
    ),
    Typical("contracts", "payment", "tariff", "acute care before 2020, any provider paid for each patient"),
    Typical("contracts", "payment", "shared", "acute care now: part fixed, part by activity", source=_BLENDED),
    Typical("contracts", "payment", "block", "community care, mental health, ambulances, councils", source=_BLOCK),
    Typical("programmes", "value", "0.3% to 1.2% of the income of those that it is for", "a service"),
    Typical(
        "programmes",
        "value",
        "up to 3% of their income together",
        "a shared office",
        source="six NHS mergers gave 1% to 3% of turnover (Benefits from mergers, for Monitor)",
    ),
    Typical("programmes", "saves", "half to two thirds of the price of the activity that goes", "a hospital", _COSTING),
    Typical("programmes", "saves", "minus a third of what the hospital saves", "the one that takes the work over"),
    Typical("programmes", "saves", "0, unless its own spending falls", "a commissioner"),
    Typical("activity", "income", "2% to 5% of the contract"),
    Typical("programmes", "benefit", "0.3 (back office) to 1.5"),
    Typical("programmes", "reach", "0.5% to 10% of the population"),
    Typical("programmes", "milestones", "3 to 8"),
    Typical("programmes", "set_up_cost", "a fifth of what it saves in a year", "a shared office"),
    Typical(
        "programmes",
        "set_up_cost",
        "half to all of what it saves in a year",
        "a service",
        source="£329m of direct funding for a forecast £324m a year (new care models: NAO, June 2018); the lower end "
        "is assumed",
    ),
    Typical("levers", "cost", "£0.1m to £0.5m for each lever"),
    Typical("relationships", "trust", _range_of("opening_trust"), source="the range of opening_trust"),
    Typical("parameters", "opening_trust", _range_of("opening_trust"), source=_BY_NAME["opening_trust"].source),
)
