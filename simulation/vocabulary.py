"""The words of the model as enumerations; imports nothing of ours.

The terms are defined in docs/glossary.md.
"""

from enum import IntEnum, StrEnum


class Stance(IntEnum):
    """The question an organisation asks of one opportunity in one month."""

    INSTITUTIONAL = 0
    POPULATION_FIRST = 1


class Role(StrEnum):
    """Whether an organisation pays for care or delivers it."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"


class OpportunityKind(StrEnum):
    """A programme is agreed once and delivered in milestones; a contract is managed every month."""

    PROGRAMME = "programme"
    CONTRACT = "contract"


class OutcomeClass(IntEnum):
    """What an agreement does to the books of those who made it."""

    WIN_WIN = 0
    WIN_NEUTRAL = 1
    WIN_LOSE = 2

    @property
    def label(self) -> str:
        """The words a board reads, such as "win/neutral"."""
        return self.name.lower().replace("_", "/")


class TrustRule(StrEnum):
    """How gains and losses move trust; a structural assumption."""

    LINEAR = "linear"
    CONFIRMATORY = "confirmatory"


class Lever(StrEnum):
    """What a board, a regulator or a place can choose to do."""

    SUPERORDINATE_GOAL = "superordinate_goal"
    COACHING = "coaching"
    MENU_FRAMING = "menu_framing"
    GAIN_SHARE = "gain_share"
    REGULATOR_ACKNOWLEDGEMENT = "regulator_acknowledgement"
    SHARED_ACCOUNTABILITY = "shared_accountability"
    LEAD_BY_SKILL = "lead_by_skill"
    CELEBRATION = "celebration"
    LEADERSHIP_STABILITY = "leadership_stability"
    TOP_DOWN_INSTRUCTION = "top_down_instruction"

    @property
    def acts_on_organisations(self) -> bool:
        """True for a lever on organisations, false for one on opportunities."""
        return self in _ON_ORGANISATIONS


_ON_ORGANISATIONS = frozenset(
    {
        Lever.COACHING,
        Lever.REGULATOR_ACKNOWLEDGEMENT,
        Lever.SHARED_ACCOUNTABILITY,
        Lever.LEADERSHIP_STABILITY,
    }
)


class EventKind(StrEnum):
    """What can happen to a place on a date."""

    BREACH = "breach"
    LEADER_CHANGE = "leader_change"
    COST_SHOCK = "cost_shock"
    GRIP_SHOCK = "grip_shock"
    FIXED_STANCE = "fixed_stance"


class EvidenceStatus(StrEnum):
    """What stands behind a number."""

    SOURCED = "sourced"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Purpose(IntEnum):
    """The question that a random draw answers. Append only: a number, once given, is never reused."""

    LEADER_CHANGE = 0
    STANCE = 1
    INSTRUCTION = 2
    REALISATION = 3
    MILESTONE = 4
    # 5 named the slices of a Latin hypercube, which scipy draws now
    ASSUMPTION_POINT = 6
