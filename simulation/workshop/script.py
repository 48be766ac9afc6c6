"""The words of the two pages that are not cards: the script of the ninety minutes, and the sheet for guesses."""

from dataclasses import dataclass
from typing import NamedTuple

from simulation.formatting import counted, month_words, pounds
from simulation.scenario.lever_uses import levers_in_use
from simulation.scenario.months import month_names
from simulation.scenario.paths import gap_before_any_savings, target
from simulation.scenario.register import sources_words
from simulation.scenario.schema import Scenario
from simulation.workshop.cards import MOST_ROLES, title_of


class Part(NamedTuple):
    """A part of the ninety minutes."""

    minutes: str
    """From which minute to which."""
    doing: str
    """The step of the page, and the cards in use."""
    saying: str
    """The words of the facilitator."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """The page from which the ninety minutes are run.

    Attributes:
        title: The place.
        gap: Its gap, months and people, in a sentence or two.
        before: The preparations.
        parts: The parts of the ninety minutes.
        wrong: The answers to what goes wrong.
    """

    title: str
    gap: str
    before: tuple[str, ...]
    parts: tuple[Part, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Guesses:
    """The sheet on which each person writes.

    Attributes:
        title: The place.
        questions: Step of the page and question.
        own_turn: The number of empty rows for the room's own questions.
        take: The sentences to complete at the end.
    """

    title: str
    questions: tuple[tuple[str, str], ...]
    own_turn: int
    take: tuple[str, ...]


_SOURCES = "{sources}"
"""Stands in the words of a part for how many of the place's numbers name a source."""

PARTS = (
    Part(
        "0–10",
        "Why we are here. Give out role cards and sheets",
        "“Nothing on this screen is a forecast. {sources} We are here to find out what would have to be true.”",
    ),
    Part(
        "10–15",
        "Step 1: the place and its gap",
        "“Write down your number before I show it.” Type the room’s numbers into the page, then show what happens, "
        "as in each step.",
    ),
    Part(
        "15–25",
        "Step 2: two organisations and one programme",
        "“Who leans to the population’s question?” Then the two people whose organisations these are play five rounds, "
        "and against a partner. “What would it take for you to open first?”",
    ),
    Part(
        "25–35",
        "Step 3: what becomes of trust",
        "Hands up for each answer; press it once for each hand. “Who has opened first and had no answer? What did it "
        "cost?”",
    ),
    Part(
        "35–45",
        "Step 4: what one lever changes. Lever cards",
        "Each picks one card. If a lever closes little, ask why it was chosen: that person may know something that the "
        "model does not.",
    ),
    Part(
        "45–55",
        "Step 5: what all of them change together",
        "“Is it less together than one by one, about the same, or more? Why?” Then look at all guesses together.",
    ),
    Part(
        "55–80",
        "Your turn",
        "The room asks “what if”. Everyone guesses, then you move. Keep what is worth keeping as A, B and C. Read the "
        "headline aloud each time: its cases allow for uncertain assumptions.",
    ),
    Part(
        "80–90",
        "What we take with us",
        "Each says one lever that they would answer for, from which month, and the assumption to test first. They "
        "write strength and month on its card.",
    ),
)

WRONG = (
    "“It is all assumptions.” It is. Let the doubter move the one they doubt. If the finding survives, it has earned "
    "something; if not, that is the finding.",
    "“So my organisation is the problem.” No: the model judges nobody. An organisation that holds out does what its "
    "books ask of it. Ask what would change its books.",
    "“Which number goes into the plan?” None. This is not a forecast.",
)


def build_script(place: Scenario) -> Script:
    """Return the script, with the place's name, gap and months."""
    return Script(
        title=title_of(place),
        gap=_gap_words(place),
        before=(
            "The command “trustsim page” writes one HTML file with the place and the model in it. It needs a browser: "
            "no internet, nothing installed. Go through its five steps once, on the room’s screen. Start the story "
            "before people see that screen: the page opens with the answer to step 1.",
            f"Print these pages on A4 in actual size and cut at the marks. {_roles_words(place)} Lever cards lie on "
            "the table. Copy the sheet for guesses for each person.",
        ),
        parts=tuple(part._replace(saying=part.saying.replace(_SOURCES, sources_words(place))) for part in PARTS),
        wrong=WRONG,
    )


def build_guesses(place: Scenario) -> Guesses:
    """Return the sheet for guesses, with the place's last month."""
    last = _last_month(place)
    levers = "with the levers already in use" if levers_in_use(place) else "with no joint action"
    return Guesses(
        title=title_of(place),
        questions=(
            ("1", f"How much of the gap is still open in {last}, {levers}, £m a year?"),
            ("2", "Two organisations meet. Who leans to the population’s question: both, one (which?), or neither?"),
            ("3", f"What happens to trust by {last}: it grows, stays much the same, or wears down?"),
            ("4", "Which lever by itself, from the first month, leaves the smallest gap?"),
            ("5", "How much more do all levers but instruction close together than the place as it stands, £m a year?"),
        ),
        own_turn=3,
        take=(
            "One lever that I would answer for, and from which month:",
            "The assumption that I would first see tested:",
        ),
    )


def _gap_words(place: Scenario) -> str:
    gap = gap_before_any_savings(place)
    first, last = month_words(place.start), _last_month(place)
    return (
        f"{counted(len(place.organisations), 'organisation')}, {place.population:,} people, "
        f"{counted(place.months, 'month')} from {first}. Before any savings the gap is {pounds(float(gap[0]))} a year "
        f"in {first} and {pounds(float(gap[-1]))} in {last}. The target is {pounds(target(place))}."
    )


def _roles_words(place: Scenario) -> str:
    count = len(place.organisations)
    if count <= MOST_ROLES:
        return "Each organisation has a role card."
    return f"The {MOST_ROLES} organisations with the largest incomes, of {count:,}, have a role card."


def _last_month(place: Scenario) -> str:
    return month_words(month_names(place.start, place.months)[-1])
