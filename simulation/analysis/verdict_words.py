"""The verdict in words: one place for the terminal, the charts, the papers and the notebooks."""

from math import isnan

from simulation.analysis.drawn_words import drawn_and_held
from simulation.analysis.graded_words import VERBS, graded_words
from simulation.analysis.grades import HOLDS_IN, Grade, times_as_wide, up_to_words
from simulation.analysis.interval_words import interval_words, widest_words
from simulation.analysis.measure import Measure
from simulation.analysis.regret import Regret
from simulation.analysis.resampling import Sampled
from simulation.analysis.verdict import THRESHOLD, PairVerdict, Verdict
from simulation.formatting import (
    capital,
    counted,
    is_with_place,
    listed,
    parts_of_hundred,
    pounds,
    stretch_words,
)

CENTRAL = "at our central assumptions"


def headline(found: Verdict) -> str:
    """Return the finding on all choices in a sentence without a full stop, and its second half where there is one.

    The second half says which choice leads at the central assumptions, if that is not the order over their ranges.

    Args:
        found: The verdict.
    """
    if len(found.labels) == 2:
        base, other = found.labels
        return pair_headline(found.between(other, base))
    unbeaten, verbs = found.unbeaten, VERBS[found.measure]
    alone = unbeaten[0] if len(unbeaten) == 1 else None
    if alone is not None and all(pair.grade.says_better for pair in _of(found, alone)):
        closest = min(_of(found, alone), key=lambda pair: pair.shares.better.share)
        least = closest.shares.better.share
        every = "in all runs" if closest.chosen else "in all cases that were run"
        often = f"in at least {parts_in_words(closest)[0]}" if least < 1 else every
        never = all(pair.shares.worse.high <= 0.05 for pair in _of(found, alone))
        seldom = f", and hardly ever {verbs.worse.removesuffix(' than')}" if never and least < 1 else ""
        said = f"{capital(alone)} {verbs.better} each of the others {often}{seldom}"
    elif not unbeaten:
        said = "No one choice is best: each of them is beaten by another"
    elif alone is not None:
        said = f"Only {alone} is beaten by no other, but {_not_better(found, alone)}"
    elif len(unbeaten) == len(found.labels):
        said = _none_better(found)
    else:
        said = f"No one choice is best: {listed(unbeaten)} are beaten by no other"
    said += _at_settings(found.pairs[0])
    leader = found.best_at_centre
    if leader is None or unbeaten == (leader,):
        return said
    return f"{said}, although {leader} {verbs.best} {CENTRAL}"


def _not_better(found: Verdict, label: str) -> str:
    """Say why a choice that is beaten by no other isn't found better than all of them."""
    short = [pair for pair in _of(found, label) if not pair.grade.says_better]
    if any(pair.grade is Grade.NOT_ESTABLISHED for pair in short):
        return "not every difference is established"
    return f"there is no clear difference between it and {listed(pair.second for pair in short)}"


def _none_better(found: Verdict) -> str:
    """Say that no choice is found better than another: as none differs clearly, as it isn't established, or as both."""
    alike = [pair for pair in found.later_against_earlier if pair.grade is Grade.NO_CLEAR_DIFFERENCE]
    pairs = len(found.pairs) // 2
    if not alike:
        return "Which choice is better is not established for any pair"
    if len(alike) == pairs:
        return "There is no clear difference between any two of the choices"
    only = f"between {alike[0].second} and {alike[0].first}" if len(alike) == 1 else f"in {len(alike)} of {pairs} pairs"
    return f"No choice is found better than another: no clear difference {only}, and the rest is not established"


def within_sentence(found: Verdict) -> str:
    """Return the headline to stand after a colon: it begins small, unless a name begins with a capital.

    Args:
        found: The verdict.
    """
    said = headline(found)
    return said if said.startswith(found.labels) else f"{said[:1].lower()}{said[1:]}"


def pair_headline(pair: PairVerdict) -> str:
    """Return the finding on two choices in a sentence without a full stop.

    Args:
        pair: The verdict on the first against the second.
    """
    if pair.grade.says_worse:
        return pair_headline(mirrored(pair))
    named = pair.first, pair.second
    said = graded_words(pair.grade, named, VERBS[pair.measure], parts_in_words(pair), within=_within(pair))
    return f"{said}{_at_settings(pair)}{_but_at_the_centre(pair)}"


def pair_sentence(pair: PairVerdict, central: tuple[float, float] | None = None) -> str:
    """Return what the first of two choices leaves at the central assumptions, and its standing over their ranges.

    Args:
        pair: The verdict on the first against the second.
        central: The medians of both at the central assumptions, in the measure's unit; left out if they are not known.
    """
    known = central is not None and not isnan(central[0])
    said = f"{allowing(pair)}, {often_words(pair, 'it' if known else pair.first, pair.second)}"
    if central is None or not known:
        return said
    verb = "has a position of" if pair.measure is Measure.POSITION else "leaves"
    amounts = f"{pounds(central[0])} if our central assumptions hold, {pair.second} {pounds(central[1])}"
    return f"{capital(pair.first)} {verb} {amounts}. {said}"


def often_words(pair: PairVerdict, subject: str, other: str = "") -> str:
    """Say in how many cases the first of two choices is better, with its grade and how far that holds.

    Args:
        pair: The verdict on the first against the second.
        subject: The word or name that stands for the first.
        other: The same for the second; left out if the words before say which it is.
    """
    verbs = VERBS[pair.measure]
    better_than = f"{verbs.better} {other}" if other else verbs.better.removesuffix(" than")
    better_in, _, worse_in = parts_of_hundred(_counts(pair))
    reach = holds_words(pair)
    return (
        f"{subject} {better_than} in {better_in} of {min(100, pair.cases)} {_noun(pair)}s"
        f"{interval_words(pair)}, {verbs.short[1]} in {worse_in}; the rest are within {_within(pair)}: "
        f"{pair.grade}.{f' {reach}.' if reach else ''}"
    )


def central_sentence(
    first: str, second: str, medians: tuple[float, float], counts: tuple[int, int, int], threshold: float
) -> str:
    """Return what two choices leave at the central assumptions, and in how many simulated runs the first leaves less.

    Args:
        first: Label of the choice that is judged.
        second: Label of the one that it is compared with.
        medians: Median gap of each in the last month, £m a year.
        counts: Replicates in which the first leaves less than the second, no different, and more.
        threshold: Differences of up to this count as none, £m a year.
    """
    of, within = sum(counts), f"within {pounds(threshold)}"
    leave = f"{capital(first)} leaves {pounds(medians[0])} {CENTRAL}, {second} {pounds(medians[1])}"
    if counts[1] == of:
        return f"{leave}: {within} in {'the only simulated run' if of == 1 else f'all {of:,} simulated runs'}."
    less, _, more = parts_of_hundred(counts)
    rest = f"; the rest are {within}" if counts[1] else ""
    return f"{leave}: less in {less} of {min(100, of)} simulated runs, more in {more}{rest}."


def standing_headline(median: float) -> str:
    """Return the headline of a place in which nothing is set, without a full stop.

    Args:
        median: Median gap in the last month, £m a year.
    """
    return f"As it stands {pounds(median)} is left"


def allowing(pair: PairVerdict) -> str:
    """Say that assumptions are uncertain, and how far their ranges were stretched, to begin a sentence.

    Of points that were chosen, it says at how many settings the choices were run.

    Args:
        pair: One of the pairs of a verdict.
    """
    if pair.chosen:
        return f"At the {counted(pair.points, 'setting')} tried"
    what = drawn_and_held(pair.drawn) if pair.drawn else f"uncertain assumptions{stretch_words(pair.stretch)}"
    return f"Allowing for {what}"


def holds_words(pair: PairVerdict) -> str:
    """Say up to which stretch of the ranges a choice is better in 60 of 100 cases; nothing if that was not tried.

    The grade there may be a lower one. The place's own numbers vary too, if they do, in ranges that are not stretched.

    Args:
        pair: The verdict on the first against the second.
    """
    reach = pair.holds_to
    if reach is None:
        return ""
    ranges = f"every range of {'the model’s ' if is_with_place(pair.stretch) else ''}assumptions"
    better, often = VERBS[pair.measure].better.removesuffix(" than"), f"{HOLDS_IN} cases"
    narrower = reach.fewer(wider=False)
    also = "" if narrower is None else f", but in fewer where it is {times_as_wide(narrower)}"
    if reach.at_least:
        return f"It still {better} in at least {often} where {ranges} is {times_as_wide(reach.stretch)}{also}"
    beyond = times_as_wide(reach.fewer(wider=True) or reach.widest)
    wide = up_to_words(reach.stretch)
    return f"It {better} in at least {often} where {ranges} is {wide}, in fewer where {beyond}{also}"


def sure_words(*found: Verdict) -> str:
    """Say what the shares rest on, and how far they can be off: by which points were drawn, or by which runs.

    Args:
        found: The verdicts whose shares are shown, all on the same cases.
    """
    pair = found[0].pairs[0]
    if pair.sampled is Sampled.POINTS:
        return (
            f"Shares of cases rest on {counted(pair.points, 'set of assumptions', 'sets of assumptions')}, and are "
            f"within {widest_words(*found)} at most (95% intervals)"
        )
    how = "drawn in steps, not as cases" if pair.sampled is Sampled.STEPS else "chosen, not drawn"
    settings = f"{counted(pair.points, 'setting')} that {'was' if pair.points == 1 else 'were'} {how}"
    said = f"Shares of runs rest on {settings}, so they are no probabilities"
    if pair.sampled is Sampled.STEPS:
        return f"{said}; there is no interval, and nothing is established"
    if not pair.has_intervals:
        return f"{said}; one run at each shows nothing of chance, so there is no interval and nothing is established"
    within = f"with {pair.runs:,} runs at each they are within {widest_words(*found)} at most"
    return f"{said}; {within}, by 95% intervals of the runs at these settings, not of other assumptions"


def regret_words(found: Verdict) -> str:
    """Say how far each choice is from the one that is best at each set of assumptions, or at each setting tried.

    Args:
        found: The verdict.
    """
    unit = " a year" if found.measure is Measure.GAP else ""
    point, points = ("setting", "settings") if found.pairs[0].chosen else ("set of assumptions", "sets")
    parts = "; ".join(f"{each.label} {_regret_words(each, unit, points)}" for each in found.regrets)
    return f"By the mean of the runs at each {point}, at most this far from the choice that is best there: {parts}"


def _regret_words(regret: Regret, unit: str, points: str) -> str:
    first = f"{pounds(regret.median)}{unit}"
    if regret.median == regret.highest:
        return f"{first} in all {points}"
    return f"{first} in half of the {points} and {pounds(regret.high)} in {regret.often}"


def in_cases(share: float, cases: int) -> str:
    """Write a share that stands alone: 88 of 100 cases, or as many as there are if they are fewer.

    Args:
        share: 0–1.
        cases: Number of cases.
    """
    count = round(share * cases)
    part, _ = parts_of_hundred((count, cases - count))
    return f"{part} of {min(100, cases)} {'case' if cases == 1 else 'cases'}"


def counts_words(pair: PairVerdict) -> str:
    """Write in how many of 100 cases the first is better, no different and worse, such as 88, 1, 11.

    Args:
        pair: The verdict on the first against the second.
    """
    return ", ".join(parts_of_hundred(_counts(pair)))


def short_counts(pair: PairVerdict) -> str:
    """Write the same for a table: 98, 2, <1.

    Args:
        pair: The verdict on the first against the second.
    """
    return counts_words(pair).replace("fewer than ", "<").replace("more than ", ">")


def mirrored(pair: PairVerdict) -> PairVerdict:
    """Return the verdict on the second against the first, without how far it holds.

    Args:
        pair: The verdict on the first against the second.
    """
    return PairVerdict(
        first=pair.second,
        second=pair.first,
        measure=pair.measure,
        shares=pair.shares.mirrored,
        median=-pair.median,
        low=-pair.high,
        high=-pair.low,
        central=-pair.central,
        central_side=-pair.central_side,
        points=pair.points,
        cases=pair.cases,
        threshold=pair.threshold,
        stretch=pair.stretch,
        sampled=pair.sampled,
        drawn=pair.drawn,
    )


def _but_at_the_centre(pair: PairVerdict) -> str:
    """Say what holds at the central assumptions, where that is not what is found over their ranges."""
    sign = pair.central_sign
    if sign == 0 or (sign > 0 and pair.grade.says_better):
        return ""
    verbs = VERBS[pair.measure]
    subject = pair.first if pair.grade is Grade.NO_CLEAR_DIFFERENCE else "it"
    comparative = verbs.better if sign > 0 else verbs.worse
    return f", although {CENTRAL} {subject} {comparative.removesuffix(' than')}"


def _noun(pair: PairVerdict) -> str:
    """Return what is counted: cases that evidence cannot rule out, or runs at settings that were chosen."""
    return "run" if pair.chosen else "case"


def parts_in_words(pair: PairVerdict) -> tuple[str, str, str]:
    """Write in how many cases the first is better, no different and worse, such as 88 of 100 cases; the three add up.

    At settings that were chosen, runs are counted.

    Args:
        pair: The verdict on the first against the second.
    """
    of = f"{min(100, pair.cases)} {_noun(pair) if pair.cases == 1 else f'{_noun(pair)}s'}"
    better, same, worse = (f"{part} of {of}" for part in parts_of_hundred(_counts(pair)))
    return better, same, worse


def _at_settings(pair: PairVerdict) -> str:
    """Say at how many settings choices were run, where these were chosen, and what counts where that isn't usual."""
    tried = f", at the {counted(pair.points, 'setting')} tried" if pair.chosen else ""
    return tried if pair.threshold == THRESHOLD else f"{tried}, by over {_within(pair)}"


def _of(found: Verdict, label: str) -> list[PairVerdict]:
    return [pair for pair in found.pairs if pair.first == label]


def _counts(pair: PairVerdict) -> tuple[int, int, int]:
    """Return the cases better, no different and worse."""
    better, worse = (round(share.share * pair.cases) for share in (pair.shares.better, pair.shares.worse))
    return better, pair.cases - better - worse, worse


def _within(pair: PairVerdict) -> str:
    return pounds(pair.threshold)
