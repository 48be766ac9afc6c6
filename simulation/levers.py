"""The choices that a board, a regulator or a place has, in one table: the members of `Lever` are its rows.

A lever is a choice; a parameter is an assumption. The engines read this table, so the strength of a new lever is
available in both of them at once, under its name, for each organisation or opportunity.
"""

from enum import StrEnum
from typing import Any, Literal, Self

from simulation.vocabulary import LeverScope

Status = Literal["evidence", "assumed"]

_JUDGEMENT = "judgement"
_PLACE = "in Mid and South Essex (assumed)"


class Lever(StrEnum):
    """One row for each lever: name, label, scope, what it does, who pulls it, typical cost, evidence and status."""

    label: str
    """Its name in a board's words."""
    scope: LeverScope
    """The object that it acts on."""
    does: str
    """Its effect, in one sentence."""
    pulled_by: str
    """The people who can decide to use it."""
    typical_cost: str
    """A typical cost at full strength; a scenario gives its own figure."""
    evidence: str
    """The evidence for its effect."""
    status: Status
    """`evidence` if published work speaks to the effect, to its size or to its direction alone, else `assumed`."""

    def __new__(cls, name: str, *row: Any) -> Self:
        """Make a member from its row; its value is its name."""
        lever = str.__new__(cls, name)
        lever._value_ = name
        lever.label, lever.scope, lever.does, lever.pulled_by, lever.typical_cost, lever.evidence, lever.status = row
        return lever

    SUPERORDINATE_GOAL = (
        "superordinate_goal",
        "Shared goal",
        LeverScope.OPPORTUNITY,
        "One goal that all answer for makes the population's benefit weigh more.",
        "the place's chair, with all boards",
        f"£0.4m a year {_PLACE}: a chair and a programme team",
        "one's own group is helped more, d = 0.42 (Balliet, Wu and De Dreu 2014), mostly students; size is judgement",
        "evidence",
    )
    COACHING = (
        "coaching",
        "Coaching",
        LeverScope.ORGANISATION,
        "Coached leaders come to weigh the population more, and expose less in a conversation.",
        "each organisation's board",
        f"£1.6m a year {_PLACE}: coaches for the leaders of 15 organisations",
        "workplace coaching d = 0.36 to 0.74 (Jones et al. 2016; Theeboom 2014); size is judgement",
        "evidence",
    )
    MENU_FRAMING = (
        "menu_framing",
        "Menu of contributions",
        LeverScope.OPPORTUNITY,
        "Each is asked what it would contribute from a menu, so less is exposed by opening population-first.",
        "the person who leads the meetings",
        f"£0.4m a year {_PLACE}: facilitated meetings",
        "a choice among first offers raises joint outcomes (Leonardelli et al. 2019); size is judgement",
        "evidence",
    )
    GAIN_SHARE = (
        "gain_share",
        "Gain share",
        LeverScope.PROGRAMME,
        "Participants who gain make whole those who lose.",
        "the finance directors of those in a programme",
        f"£0.3m a year {_PLACE}: accountants who work out who gains and who loses",
        "the effect is arithmetic; how far a place would go is judgement",
        "assumed",
    )
    PAYMENT_REFORM = (
        "payment_reform",
        "Payment reform",
        LeverScope.CONTRACT,
        "The two sides of a contract share the risk that activity differs from plan.",
        "the finance directors of a commissioner and its provider",
        f"£0.3m a year {_PLACE}: accountants and lawyers who rewrite contracts",
        "the effect is arithmetic; blended payment has been English practice since 2019 (HFMA 2019)",
        "assumed",
    )
    REGULATOR_ACKNOWLEDGEMENT = (
        "regulator_acknowledgement",
        "Acknowledgement by the regulator",
        LeverScope.ORGANISATION,
        "The regulator says openly that there is a tension, and accountability presses less.",
        "the regulator",
        f"£0.1m a year {_PLACE}: a regulator's time",
        "no direct evidence: exploratory",
        "assumed",
    )
    SHARED_ACCOUNTABILITY = (
        "shared_accountability",
        "Shared accountability",
        LeverScope.ORGANISATION,
        "An organisation is pressed by the place's shortfall, and counts an equal part of each gain as its own.",
        "the regulator, with the boards",
        f"£0.3m a year {_PLACE}: one set of accounts for the place",
        _JUDGEMENT,
        "assumed",
    )
    LEAD_BY_SKILL = (
        "lead_by_skill",
        "Lead chosen by skill",
        LeverScope.OPPORTUNITY,
        "The most skilled organisation whom the others trust leads, not the largest.",
        "the boards of those in a programme",
        f"£0.4m a year {_PLACE}: secondments to the lead organisation",
        _JUDGEMENT,
        "assumed",
    )
    CELEBRATION = (
        "celebration",
        "Celebration",
        LeverScope.OPPORTUNITY,
        "A met milestone raises trust beyond those who took part.",
        "the place's chair, with all boards",
        f"£0.2m a year {_PLACE}: time and rooms",
        _JUDGEMENT,
        "assumed",
    )
    LEADERSHIP_STABILITY = (
        "leadership_stability",
        "Leadership stability",
        LeverScope.ORGANISATION,
        "Leaders change less often.",
        "each organisation's board, with the regulator",
        f"£0.4m a year {_PLACE}: support that keeps leaders in post",
        "vacant posts differ fivefold by rating (King's Fund and NHS Providers 2018); size is judgement",
        "evidence",
    )
    TOP_DOWN_INSTRUCTION = (
        "top_down_instruction",
        "Instruction from above",
        LeverScope.PROGRAMME,
        "A programme is agreed by order, and accountability presses more on the organisations in it.",
        "the regulator",
        f"nothing is charged {_PLACE}",
        "control lowers most people's effort (Falk and Kosfeld 2006); size is judgement",
        "evidence",
    )

    @property
    def acts_on_organisations(self) -> bool:
        """True for a lever on organisations, false for one on programmes, contracts or both."""
        return self.scope is LeverScope.ORGANISATION
