"""The questions of a board with the answers of the results: half a page that it can decide by."""

from collections.abc import Iterator

from simulation.analysis.deciding import STRETCHES_TRIED, deciding
from simulation.analysis.deciding_words import deciding_sentences
from simulation.analysis.information import Information
from simulation.analysis.information_words import information_headline, perfect_words, surveys_sentence
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import PairVerdict, Verdict
from simulation.analysis.verdict_words import allowing, often_words, sure_words
from simulation.formatting import capital, counted, listed, pounds
from simulation.report.money import HARDLY, changes_of, costs_words
from simulation.report.paper import Table
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison
from simulation.results.search_record import SearchRecord

_CAPTION = "What a board asks, and what these results answer"
_HEADS = ("Question", "Answer")
_WIDTHS = (0.2, 0.8)

_OF_A_SEARCH = (
    ("What we would do", "Recommended"),
    ("How sure is that?", "How sure is the choice"),
    ("What comes first?", "What to begin with"),
    ("What does waiting cost?", "What waiting costs"),
    ("What would more or less money buy?", "What more money buys"),
)
"""Questions to a search, and the section of its record that answers each."""

_MOST_DELAYS = 3
"""Levers whose delay is spoken of, the dearest first; the terminal and the chart have the others."""


def decision_tables(
    comparison: Comparison, subject: Subject | None, information: Information | None
) -> tuple[Table, ...]:
    """Return the questions of a board with the answers, and the options of a search; none if no choices are compared.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
        information: What it would be worth to find out before choosing; None if it cannot be estimated.
    """
    gap = None if subject is None else subject.verdicts.get(Measure.GAP)
    if subject is None or gap is None or len(gap.labels) < 2:
        return ()
    rows = tuple(_rows(comparison, subject, gap, information))
    note = f"{allowing(gap.pairs[0])}. {sure_words(gap)}."
    if comparison.search is not None:
        rests = " ".join(comparison.search.sentences("What this rests on"))
        note = f"{rests} The last rows are of the comparison: {note[:1].lower()}{note[1:]}"
    answers = Table(caption=_CAPTION, heads=_HEADS, rows=rows, widths=_WIDTHS, note=note)
    return (answers, *([] if comparison.search is None else _options_table(comparison.search)))


def _options_table(search: SearchRecord) -> Iterator[Table]:
    said = [sentence.partition(": ") for sentence in search.sentences("The options")]
    rows = tuple((name, capital(levers)) for name, _, levers in said)
    if rows:
        yield Table(
            caption="The options that the search found, by cost",
            heads=("Option", "Levers, and from when"),
            rows=rows,
            widths=_WIDTHS,
            note="Levers are at full strength where nothing else is said. No joint action pulls none of them.",
        )


def _rows(
    comparison: Comparison, subject: Subject, gap: Verdict, information: Information | None
) -> Iterator[tuple[str, str]]:
    if comparison.search is None:
        yield "What we would do", choice_words(subject, gap)
        yield "How sure is that?", _sure_words(gap, chosen_label(subject, gap))
        yield "What does it cost, and who pays?", _cost_words(subject)
    else:
        yield from _found_rows(comparison.search)
    change = " ".join(deciding_lines(comparison, chosen_label(subject, gap), gap))
    if change:
        yield "What would change our mind?", change
    if information is not None:
        said = (f"{information_headline(information)}.", perfect_words(information), surveys_sentence(information))
        yield "Should we find something out first?", " ".join(each for each in said if each)


def _found_rows(search: SearchRecord) -> Iterator[tuple[str, str]]:
    for question, section in _OF_A_SEARCH:
        said = search.sentences(section)
        if section == "What waiting costs" and len(said) > _MOST_DELAYS:
            said = (*said[:_MOST_DELAYS], f"For {len(said) - _MOST_DELAYS} more it costs less, nothing, or saves.")
        if said:
            yield question, " ".join(said)


def chosen_label(subject: Subject, gap: Verdict) -> str:
    """Return the choice that a search recommends, or that no other beats by any measure; else that in detail.

    Args:
        subject: The choice in detail, with the verdict by the position if there is one.
        gap: The verdict by the gap.
    """
    search = subject.comparison.search
    if search is not None:
        return next(
            (each for each in gap.labels if each.startswith(f"option {search.recommended} (")), subject.case.label
        )
    best = _unbeaten(subject, gap) or gap.unbeaten
    return best[0] if len(best) == 1 else subject.case.label


def _unbeaten(subject: Subject, gap: Verdict) -> tuple[str, ...]:
    """Return the choices that no other beats, by the gap and, if there is a verdict on it, by the position."""
    position = subject.verdicts.get(Measure.POSITION)
    return tuple(label for label in gap.unbeaten if position is None or label in position.unbeaten)


def choice_words(subject: Subject, gap: Verdict) -> str:
    """Say which choice is beaten by no other, by the gap and by the position.

    Args:
        subject: The choice in detail, with the verdict by the position if there is one.
        gap: The verdict by the gap.
    """
    position = subject.verdicts.get(Measure.POSITION)
    measures = "by the gap" if position is None else "by the gap and by the place’s position over the run"
    both = _unbeaten(subject, gap)
    if len(both) == 1:
        return f"{capital(both[0])}: {measures} no other choice beats it."
    if both:
        return (
            f"Choose among {listed(both)} by what the model leaves out: {measures} no other choice beats any of these."
        )
    if position is not None and gap.unbeaten and position.unbeaten:
        return (
            f"Decide first what counts: by the gap {listed(gap.unbeaten)} {_is(gap.unbeaten)} beaten by no other, by "
            f"the position over the run {listed(position.unbeaten)}."
        )
    return "The model gives no reason to prefer one: each choice is beaten by another, by the gap or by the position."


def _is(labels: tuple[str, ...]) -> str:
    return "is" if len(labels) == 1 else "are"


def _sure_words(gap: Verdict, chosen: str) -> str:
    """Say how the choice stands against the one that comes closest, and how far that holds."""
    closest = closest_pair(gap, chosen)
    said = capital(often_words(closest, chosen, closest.second))
    return said if len(gap.labels) == 2 else f"The other choice that comes closest is {closest.second}. {said}"


def closest_pair(found: Verdict, label: str) -> PairVerdict:
    """Return the verdict on a choice against the one that comes closest to it.

    Args:
        found: The verdict on all choices.
        label: The choice.
    """
    pairs = [found.between(label, other) for other in found.labels if other != label]
    return min(pairs, key=lambda pair: (pair.shares.better.share - pair.shares.worse.share, abs(pair.median)))


def _cost_words(subject: Subject) -> str:
    """Say what the choice in detail costs, and which organisations pay for it."""
    study, changes = subject.case.study, changes_of(subject)
    if study is None:
        return "That is not known: the tables for it were not kept."
    spends = costs_words(subject, study)
    if not changes:
        return spends
    paying = sorted((each for each in changes if each.precision.mean <= -HARDLY), key=lambda each: each.precision.mean)
    if not paying:
        return f"{spends} No organisation ends worse off on average, at our central assumptions."
    paid, first = -sum(each.precision.mean for each in paying), paying[0]
    most = f", {first.name} {pounds(-first.precision.mean)} of it" if len(paying) > 1 else f": {first.name}"
    return (
        f"{spends} {len(paying)} of {counted(len(changes), 'organisation')} {'pays' if len(paying) == 1 else 'pay'} "
        f"{pounds(paid)}{most} (means against {first.baseline}, at our central assumptions)."
    )


def deciding_lines(comparison: Comparison, label: str, gap: Verdict) -> Iterator[str]:
    """Say what decides between a choice and the other one that is nearest to the best.

    Args:
        comparison: The results.
        label: The choice.
        gap: The verdict by the gap.
    """
    others = [each for each in gap.regrets if each.label != label]
    rival = min(others, key=lambda each: (each.median, each.high)).label
    tried = (deciding(comparison, label, rival, stretch=stretch) for stretch in STRETCHES_TRIED)
    found = [each for each in tried if each is not None and each.looked]
    if found:
        yield deciding_sentences(found)
