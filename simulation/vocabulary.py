"""The words of the model as enumerations; this module imports no other module of the package.

The terms are defined in docs/glossary.md.
"""

from enum import IntEnum, StrEnum


class Stance(IntEnum):
    """The question an organisation asks of one opportunity in one month."""

    INSTITUTIONAL = 0
    POPULATION_FIRST = 1


class Role(StrEnum):
    """The part of an organisation: a commissioner pays for care, a provider delivers it."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"


class OpportunityKind(StrEnum):
    """A programme is agreed once and delivered in milestones; a contract is managed every month."""

    PROGRAMME = "programme"
    CONTRACT = "contract"


class Payment(StrEnum):
    """How a contract pays: a tariff by activity, a block a fixed sum; shared splits the risk between the two."""

    TARIFF = "tariff"
    BLOCK = "block"
    SHARED = "shared"


class OutcomeClass(IntEnum):
    """The effect of an agreement on the books of the organisations that made it."""

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


class LeverScope(StrEnum):
    """The object that a lever acts on; an opportunity is a programme or a contract."""

    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    CONTRACT = "contract"
    OPPORTUNITY = "opportunity"

    @property
    def plural(self) -> str:
        """The word for several."""
        return "opportunities" if self is LeverScope.OPPORTUNITY else f"{self}s"

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of a scenario file whose ids it covers."""
        return ("programmes", "contracts") if self is LeverScope.OPPORTUNITY else (self.plural,)


class EventKind(StrEnum):
    """An event that can happen to a place on a date."""

    BREACH = "breach"
    LEADER_CHANGE = "leader_change"
    COST_SHOCK = "cost_shock"
    GRIP_SHOCK = "grip_shock"
    FIXED_STANCE = "fixed_stance"


class EvidenceStatus(StrEnum):
    """The evidence for a number."""

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
