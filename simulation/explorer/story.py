"""The way in: five steps from a gap to a place that works as one, each with a guess before it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np

from simulation.charts import paired_difference, trajectory, trust_map
from simulation.charts.against_baseline import gap_against_baseline
from simulation.charts.drawing.chart import Chart
from simulation.charts.text.words import lever_words
from simulation.display import html_table
from simulation.explorer.meeting import Meeting, telling_meeting
from simulation.explorer.pictures import draw
from simulation.explorer.place import NAMES, Place, run_scenario
from simulation.explorer.settings import Settings, Use, months_of
from simulation.formatting import month_words, percent, pounds, two_decimals
from simulation.levers import Lever
from simulation.results.comparison import Comparison
from simulation.results.study import Study
from simulation.scenario.paths import planned_gap, undisturbed_gap

_REPLICATES = 256
_TURN = 0.03
"""Change of mean trust that counts as a change."""

TRUST_ANSWERS = ("It grows", "It stays much the same", "It wears down")

Guess = float | str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the story.

    Attributes:
        title: What it is about.
        told: What people are told before they guess, as HTML.
        question: What they guess.
        answers: What they choose from; empty if they guess an amount.
        most: The largest amount that they can guess, £m a year.
        reveal: From the guess to what is so, as HTML.
        picture: Draws what is shown with it; None if words are enough.
    """

    title: str
    told: str
    question: str
    answers: tuple[str, ...] = ()
    most: int = 0
    reveal: Callable[[Guess], str]
    picture: Callable[[], tuple[Chart, str]] | None = None


TITLES = (
    "The place and its gap",
    "Two organisations and one programme",
    "Why nobody moves first",
    "What one lever changes",
    "What all of them change together",
)


def story_step(place: Place, number: int) -> Step:
    """One of the five steps, told of a place.

    Args:
        place: Whose story it is.
        number: 0 to 4.
    """
    return (_the_gap, _the_meeting, _the_circle, _one_lever, _all_levers)[number](place)


def _the_gap(place: Place) -> Step:
    scenario = place.scenario
    gap, last = undisturbed_gap(scenario), _last_month(place)
    told = (
        f"<p>{len(scenario.organisations)} organisations serve {scenario.population:,} people, and each answers for "
        f"its own budget. Together they spend {pounds(float(gap[0]))} a year more than they have. If nothing is done "
        f"it will be {pounds(float(gap[-1]))} in {last}. The plan says {pounds(float(planned_gap(scenario)[-1]))}, and "
        "a plan on a page can be written in a day.</p>"
    )

    def reveal(guess: Guess) -> str:
        left = float(np.median(_alone(place).ensemble["gap"][:, -1]))
        return (
            f"<p>You said <strong>{pounds(float(guess))}</strong>. In half of the simulated runs it is "
            f"<strong>{pounds(left)}</strong> or more.</p>"
        )

    question = f"{place.scenario.title}: how much of the gap is still open in {last}, £m a year?"
    return Step(
        title=TITLES[0],
        told=told,
        question=question,
        most=_round_up(1.1 * float(gap.max())),
        reveal=reveal,
        picture=lambda: draw(trajectory, _alone(place)),
    )


def _the_meeting(place: Place) -> Step:
    meeting = telling_meeting(place.scenario)
    if meeting is None:
        told = "<p>In this place no two organisations meet about anything in the first month.</p>"
        return Step(title=TITLES[1], told=told, question="", answers=("Go on",), reveal=lambda _: "")
    shares = "; ".join(f"{escape(side.name)} would get {_share(side.share)} of it" for side in meeting.sides)
    told = (
        f"<p><strong>{escape(meeting.title)}</strong> is worth {pounds(meeting.value)} a year on paper to those who "
        f"take part. {shares}. Each decides which question to ask: <em>what does this mean for my organisation?</em> "
        "or <em>what can I contribute for the population?</em></p>"
    )
    first, second = (side.name for side in meeting.sides)
    answers = ("Both", f"Only {first}", f"Only {second}", "Neither")

    def reveal(guess: Guess) -> str:
        lean = [side.leans for side in meeting.sides]
        right = answers[{(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[(lean[0], lean[1])]]
        verdict = "That is how it is." if guess == right else f"It is: <strong>{escape(right)}</strong>."
        return f"<p>You said {escape(str(guess))}. {verdict}</p>{_meeting_table(meeting)}{_meeting_words()}"

    return Step(
        title=TITLES[1],
        told=told,
        question="In the first month, who leans to the population’s question?",
        answers=answers,
        reveal=reveal,
    )


def _the_circle(place: Place) -> Step:
    assumed = place.scenario.resolve_parameters()
    told = (
        "<p>Who opens first and is not answered concedes something, and learns not to do it again: a loss takes "
        f"{assumed.loss_ratio:g} times as much trust as a gain of the same size adds. And as the "
        "shortfall grows, so does the pressure to look after one’s own.</p>"
    )

    def reveal(guess: Guess) -> str:
        study = _alone(place)
        trust = study.ensemble["trust"].mean(axis=0)
        change = float(trust[-1] - trust[0])
        right = TRUST_ANSWERS[1 if abs(change) < _TURN else 0 if change > 0 else 2]
        verdict = "That is what happens." if guess == right else f"What happens: <strong>{right.lower()}</strong>."
        return (
            f"<p>You said “{escape(str(guess)).lower()}”. {verdict} Mean trust goes from "
            f"{two_decimals(float(trust[0]))} to {two_decimals(float(trust[-1]))}.</p>"
        )

    return Step(
        title=TITLES[2],
        told=told,
        question=f"Nobody intervenes. What happens to trust by {_last_month(place)}?",
        answers=TRUST_ANSWERS,
        reveal=reveal,
        picture=lambda: draw(trust_map, _alone(place)),
    )


def _one_lever(place: Place) -> Step:
    words = {lever_words(lever): lever for lever in Lever}

    def reveal(guess: Guess) -> str:
        closed = _closed_by_each(place)
        best = max(closed, key=lambda lever: closed[lever])
        chosen = words[str(guess)]
        verdict = (
            "No lever closes more."
            if chosen is best
            else f"<strong>{lever_words(best)}</strong> closes most, {pounds(closed[best])}."
        )
        return (
            f"<p>You said {lever_words(chosen).lower()}: it closes {pounds(closed[chosen])} a year more. {verdict}</p>"
        )

    return Step(
        title=TITLES[3],
        told="<p>Now somebody does something: one lever, in full strength, from the first month, and nothing else.</p>",
        question=f"Which lever by itself leaves the smallest gap in {_last_month(place)}?",
        answers=tuple(words),
        reveal=reveal,
        picture=lambda: draw(paired_difference, _each_lever(place)),
    )


def _all_levers(place: Place) -> Step:
    added_up = sum(_closed_by_each(place)[lever] for lever in _partnership())
    told = (
        f"<p>The ten levers of partnership (all but instruction), one by one, close amounts that add up to "
        f"{pounds(added_up)} a year. Now all ten are used at once, in full, from the first month.</p>"
    )

    def reveal(guess: Guess) -> str:
        together = _together(place)
        closed = float((together.cases[0].gaps - together.cases[1].gaps).mean())
        return (
            f"<p>You said {pounds(float(guess))}. Together they close <strong>{pounds(closed)}</strong> a year more "
            f"than as it stands. {_interaction_words(closed, added_up)}</p>"
        )

    return Step(
        title=TITLES[4],
        told=told,
        question="How much do they close together, £m a year?",
        most=_round_up(1.1 * max(added_up, float(undisturbed_gap(place.scenario).max()))),
        reveal=reveal,
        picture=lambda: draw(gap_against_baseline, _together(place)),
    )


def _interaction_words(together: float, added_up: float) -> str:
    if together < 0.9 * added_up:
        return "That is less than they add up to: what one of them has done, another cannot do again."
    if together > 1.1 * added_up:
        return "That is more than they add up to: they need each other."
    return "That is about what they add up to: each does its own part."


def _share(share: float) -> str:
    """A share of a value, which may be negative: 38%; −5%."""
    return percent(share)


def _meeting_table(meeting: Meeting) -> str:
    rows = [
        (
            side.name,
            two_decimals(side.stakes),
            two_decimals(side.exposed),
            two_decimals(side.pressure),
            "never" if side.needed is None else two_decimals(side.needed),
            two_decimals(side.trust),
            "our population" if side.leans else "my organisation",
        )
        for side in meeting.sides
    ]
    head = ("organisation", "wins", "exposes", "pressed by", "trust it needs", "trust it has", "leans to")
    return f'<div class="table">{html_table(meeting.title, head, rows, numbers=(1, 2, 3, 4, 5))}</div>'


def _meeting_words() -> str:
    return (
        "<p class='subtitle'>In units of value per participant. Trust it needs = (exposes + pressed by) ÷ wins. Who "
        "wins little, or loses, needs more trust than there is.</p>"
    )


@lru_cache(maxsize=4)
def _alone(place: Place) -> Study:
    return run_scenario(place.scenario, _REPLICATES)


@lru_cache(maxsize=4)
def _each_lever(place: Place) -> Comparison:
    def used(lever: Lever) -> Study:
        return run_scenario(place.changed(_in_full(place, (lever,))), _REPLICATES)

    return place.comparison({NAMES[0]: _alone(place)} | {lever_words(lever): used(lever) for lever in Lever})


@lru_cache(maxsize=4)
def _together(place: Place) -> Comparison:
    all_levers = run_scenario(place.changed(_in_full(place, _partnership())), _REPLICATES)
    return place.comparison({NAMES[0]: _alone(place), "with all ten levers": all_levers})


def _closed_by_each(place: Place) -> dict[Lever, float]:
    """What each lever closes by itself, mean over replicates, £m a year."""
    alone, *each = _each_lever(place).cases
    return {lever: float((alone.gaps - case.gaps).mean()) for lever, case in zip(Lever, each, strict=True)}


def _in_full(place: Place, levers: tuple[Lever, ...]) -> Settings:
    return place.opening.with_changes(levers={lever: Use(1.0, place.scenario.start) for lever in levers})


def _partnership() -> tuple[Lever, ...]:
    return tuple(lever for lever in Lever if lever is not Lever.TOP_DOWN_INSTRUCTION)


def _last_month(place: Place) -> str:
    return month_words(months_of(place.scenario)[-1])


def _round_up(amount: float) -> int:
    step = 10 if amount > 50 else 1
    return max(step, int(-(-amount // step) * step))
