"""The questions of a board with the answers of the results: half a page that it can decide by."""

from collections.abc import Iterator, Sequence

from simulation.analysis.decided_limits import ANY_START
from simulation.analysis.decided_sections import LIMITS
from simulation.analysis.decided_words import NOMINAL, of_a_search_words
from simulation.analysis.deciding import deciding, stretches_tried
from simulation.analysis.deciding_words import deciding_sentences
from simulation.analysis.detail import Leading
from simulation.analysis.graded_words import VERBS
from simulation.analysis.information import Information
from simulation.analysis.information_words import information_headline, perfect_words, surveys_sentence
from simulation.analysis.measure import Measure
from simulation.analysis.options import AS_IT_STANDS
from simulation.analysis.organisation_changes import OrganisationChange, sides_of
from simulation.analysis.verdict import THRESHOLD, PairVerdict, Verdict
from simulation.analysis.verdict_words import allowing, often_words, sure_words
from simulation.charts.text.who_pays_words import unclear_sentence
from simulation.formatting import capital, counted, discount_words, listed, pounds
from simulation.report.money import changes_of, costs_words
from simulation.report.paper import Table
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison
from simulation.results.search_record import SearchRecord

_CAPTION = "What a board asks, and what these results answer"
_HEADS = ("Question", "Answer")
_WIDTHS = (0.2, 0.8)

_OF_A_SEARCH = (
    ("What we would do", "Recommended"),
    ("Within which limits?", LIMITS),
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
    rows = tuple(_rows(comparison, subject, information))
    note = f"{allowing(gap.pairs[0])}. {sure_words(*subject.verdicts.values())}."
    if comparison.search is not None:
        rests = " ".join(comparison.search.sentences("What this rests on"))
        note = f"{rests} The last rows are of the comparison: {note[:1].lower()}{note[1:]}"
        note = f"{of_a_search_words(comparison)} {note}".lstrip()
    answers = Table(caption=_CAPTION, heads=_HEADS, rows=rows, widths=_WIDTHS, note=note)
    return (answers, *([] if comparison.search is None else _options_table(comparison, comparison.search)))


def _options_table(comparison: Comparison, search: SearchRecord) -> Iterator[Table]:
    said = [sentence.partition(": ") for sentence in search.sentences("The options") if sentence != NOMINAL]
    rows = tuple((name, capital(levers)) for name, _, levers in said)
    none = "No joint action pulls none of them."
    if any(case.label == AS_IT_STANDS for case in comparison.cases):
        none = f"{capital(AS_IT_STANDS)} the place pulls its own levers alone, and with no joint action none at all."
    if rows:
        yield Table(
            caption="The options that the search found, by cost",
            heads=("Option", "Levers, and from when"),
            rows=rows,
            widths=_WIDTHS,
            note=(
                f"Levers are at full strength where nothing else is said. {none} Costs in the names of options are "
                f"{discount_words(0)}."
            ),
        )


def _rows(comparison: Comparison, subject: Subject, information: Information | None) -> Iterator[tuple[str, str]]:
    if comparison.search is None:
        yield "What we would do", choice_words(subject)
        yield "How sure is that?", " ".join(_sure_rows(subject))
        costs = _costs_of([each for each, _ in subject.answered()])
        prices = f"Money is over the run, {discount_words(comparison.discount)}."
        yield "What does it cost, and who pays?", " ".join([*costs, prices])
    else:
        yield from _found_rows(comparison.search)
    change = " ".join(dict.fromkeys(_change_lines(comparison, subject)))
    if change:
        yield "What would change our mind?", change
    if information is not None:
        said = (f"{information_headline(information)}.", perfect_words(information), surveys_sentence(information))
        yield "Should we find something out first?", " ".join(each for each in said if each)


def _found_rows(search: SearchRecord) -> Iterator[tuple[str, str]]:
    for question, section in _OF_A_SEARCH:
        said = search.sentences(section)
        if section == "What waiting costs" and len(said) > _MOST_DELAYS:
            notes = [each for each in said if each in {ANY_START, NOMINAL}]
            more = len(said) - len(notes) - _MOST_DELAYS
            left = [f"For {more} more it costs less, nothing, or saves."] if more > 0 else []
            said = (*[each for each in said if each not in notes][:_MOST_DELAYS], *left, *notes)
        if said:
            yield question, " ".join(said)


def choice_words(subject: Subject) -> str:
    """Say which choices are beaten by no other, and of which ones the rows after it are.

    Args:
        subject: The choice in detail, with the choices that the paper names.
    """
    leading = subject.leading
    below = "" if set(leading.answered) == set(leading.named) else f" {_below_words(leading)}"
    measures = "by the gap"
    if Measure.POSITION in subject.verdicts:
        measures += " and by the place’s position over the run"
    if leading.is_split:
        gap, position = (tuple(_named_by(leading, measure)) for measure in Measure)
        return (
            f"Decide first what counts: by the gap {listed(gap)} {_is(gap)} beaten by no other, by the position over "
            f"the run {listed(position)}.{below}"
        )
    if not leading.named:
        return (
            "The model gives no reason to prefer one: each choice is beaten by another, by the gap or by the position."
            f"{below}"
        )
    if len(leading.named) == 1:
        return f"{capital(leading.named[0])}: {measures} no other choice beats it."
    return (
        f"Choose among {listed(leading.named)} by what the model leaves out: {measures} no other choice beats any of "
        f"these.{below}"
    )


def _named_by(leading: Leading, measure: Measure) -> Iterator[str]:
    return (label for label, by in leading.unbeaten_by.items() if by is measure)


def _below_words(leading: Leading) -> str:
    """Say of which choices the rows below are, where these are not all that are named."""
    of = listed(leading.answered)
    if len(leading.answered) == 1:
        return f"The answers below are of {of}, which is least far from the best by the gap."
    return f"The answers below are of {of}, which are least far from the best by the gap and by the position."


def _is(labels: tuple[str, ...]) -> str:
    return "is" if len(labels) == 1 else "are"


def _sure_rows(subject: Subject) -> Iterator[str]:
    """Say how each choice in question stands against the one that is hardest for it to beat, and how far that holds."""
    said: set[tuple[Measure, frozenset[str]]] = set()
    for label, measure in subject.leading.answered.items():
        found = subject.verdicts[measure]
        hardest = hardest_pair(found, label)
        if (measure, frozenset((label, hardest.second))) not in said:
            yield _sure_words(found, hardest, is_split=subject.leading.is_split)
        said.add((measure, frozenset((label, hardest.second))))
        if label in subject.leading.named and not subject.leading.is_split and Measure.POSITION in subject.verdicts:
            yield from _against_by_position(subject.verdicts[Measure.POSITION], label)


def _sure_words(found: Verdict, hardest: PairVerdict, *, is_split: bool) -> str:
    said = often_words(hardest, hardest.first, hardest.second)
    by = f"By the {'gap' if found.measure is Measure.GAP else 'position'}, " if is_split else ""
    if len(found.labels) == 2:
        return f"{by}{said}" if by else capital(said)
    named = f"the other choice that is hardest for {hardest.first} to beat is {hardest.second}"
    return f"{by}{named}. {capital(said)}" if by else f"{capital(named)}. {capital(said)}"


def _against_by_position(found: Verdict, label: str) -> Iterator[str]:
    """Say which other choice speaks most against one by the position, if it is better in more cases than worse."""
    hardest = hardest_pair(found, label)
    if hardest.shares.worse.share > hardest.shares.better.share:
        other = found.between(hardest.second, label)
        yield f"By the position, {often_words(other, other.first, other.second)}"


def hardest_pair(found: Verdict, label: str) -> PairVerdict:
    """Return the verdict on a choice against the one that is hardest for it to beat: better least often, on balance.

    Args:
        found: The verdict on all choices.
        label: The choice.
    """
    pairs = [found.between(label, other) for other in found.labels if other != label]
    return min(pairs, key=lambda pair: (pair.shares.better.share - pair.shares.worse.share, abs(pair.median)))


def _costs_of(choices: Sequence[Subject]) -> Iterator[str]:
    """Say what each choice costs and who pays, with the cost of what they are compared with once."""
    named = {each.case.label for each in choices}
    for each in choices:
        is_said = each is not choices[-1] or (each.against is not None and each.against.label in named)
        yield _cost_words(each, alone=is_said)


def _cost_words(subject: Subject, *, alone: bool) -> str:
    """Say what a choice costs, and which organisations pay for it."""
    study, changes = subject.case.study, changes_of(subject)
    if study is None:
        return f"What {subject.case.label} costs is not known: {subject.comparison.no_tables}."
    spends = costs_words(subject, study, alone=alone)
    return f"{spends} {_paying_words(subject, changes)}" if changes else spends


def _paying_words(subject: Subject, changes: Sequence[OrganisationChange]) -> str:
    """Say how many organisations clearly pay, which most, and of how many it is not clear."""
    sides, of = sides_of(changes), counted(len(changes), "organisation")
    means = f"means against {changes[0].baseline}, at our central assumptions"
    if not sides.paying:
        none = "clearly ends worse off" if sides.unclear else "ends worse off"
        return f"No organisation {none} ({means}).{unclear_sentence(sides.unclear)}"
    first, count, show = sides.paying[0], len(sides.paying), subject.unit.words
    most = f", {first.name} {show(-first.precision.mean)} of it" if count > 1 else f": {first.name}"
    return (
        f"{count} of {of} {'pays' if count == 1 else 'pay'} {show(sides.paid)}{most} ({means})."
        f"{unclear_sentence(sides.unclear)}"
    )


def _change_lines(comparison: Comparison, subject: Subject) -> Iterator[str]:
    """Say for each choice in question what decides between it and the one that is hardest for it to beat."""
    said: set[tuple[Measure, frozenset[str]]] = set()
    for label, measure in subject.leading.answered.items():
        found = subject.verdicts[measure]
        pair = frozenset((label, hardest_pair(found, label).second))
        if (measure, pair) not in said:
            yield from deciding_lines(comparison, label, found)
        said.add((measure, pair))


def deciding_lines(comparison: Comparison, label: str, verdict: Verdict) -> Iterator[str]:
    """Say what decides between a choice and the one that is hardest for it to beat.

    Args:
        comparison: The results.
        label: The choice.
        verdict: The verdict by the measure by which it is judged.
    """
    rival, measure = hardest_pair(verdict, label).second, verdict.measure
    tried = (
        deciding(comparison, label, rival, stretch=stretch, measure=measure) for stretch in stretches_tried(comparison)
    )
    found = [each for each in tried if each is not None and each.looked]
    if found:
        yield deciding_sentences(found)
    if any(each.found is not None for each in found):
        better, of = VERBS[measure].short[0], " a year" if measure is Measure.GAP else ""
        yield f"{capital(better)}: by over {pounds(THRESHOLD)}{of}."
