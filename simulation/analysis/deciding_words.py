"""The assumptions that decide, in words."""

from collections.abc import Iterable, Sequence
from math import ceil, inf

from simulation.analysis.boxes import Box, Limits
from simulation.analysis.deciding import LEAST_POINTS, Deciding, TriedRule
from simulation.analysis.drawn_words import drawn_words
from simulation.analysis.graded_words import VERBS
from simulation.analysis.grades import times_as_wide
from simulation.analysis.rank_correlations import Correlation
from simulation.analysis.smallest_advantage import MARGIN
from simulation.analysis.verdict_words import in_cases
from simulation.formatting import as_written, capital, counted, is_with_place, listed, searched_words
from simulation.parameters import TABLE

_ROWS = {row.name: row for row in TABLE}
_MOST_CORRELATIONS = 3
_COUNTS = ("no", "one", "two", "three")


def deciding_sentences(found: Iterable[Deciding]) -> str:
    """Return what decides between two choices, a sentence or two for each sample of assumptions.

    Args:
        found: For each stretch of the ranges. Where nothing decides over the first, a wider one that has too few
            points to say so is left out.
    """
    each_of = list(found)
    none_decides = len(each_of) > 1 and all(each.looked and each.found is None for each in each_of)
    if none_decides and len({(each.is_enough, each.points) for each in each_of}) == 1:
        return f"{_none_at_any_stretch(each_of)}{searched_words(each_of[0].stretch)}"
    if none_decides and each_of[0].is_enough:
        each_of = [each for each in each_of if each.is_enough]
    said = " ".join(deciding_sentence(each) for each in each_of)
    return f"{said}{searched_words(each_of[-1].stretch) if each_of else ''}"


def deciding_sentence(found: Deciding) -> str:
    """Return what decides whether the first of two choices is better: a rule with its figures, or that none does.

    Args:
        found: What was found.
    """
    over = _over(found.stretch)
    if not found.looked:
        return _simple_answer(found, _answer(found))
    if found.found is None:
        return f"{capital(f'{over}{none_decide_words([found], _question(found))}')}{_few_words(found)}."
    rule = found.found
    within, elsewhere = (in_cases(share, rule.cases) for share in (rule.density, rule.elsewhere))
    return (
        f"{capital(f'{over}where {where_words(rule)}, {_answer(found)}')} in {within}, elsewhere in "
        f"{elsewhere.partition(' of ')[0]}. {_reach(found, rule)}"
    )


def deciding_headline(found: Sequence[Deciding], *, short: bool = False) -> str:
    """Return the finding on several choices against one, without a full stop.

    Args:
        found: For each choice, all against the same one and over the same points; at least one.
        short: True to count the assumptions that decide instead of naming them.
    """
    base, over = found[0].second, _over(found[0].stretch)
    less = f"{VERBS[found[0].measure].better} {base}"
    one = f"whether {found[0].first} {less}" if len(found) == 1 else f"which choice {less}"
    ruled = [each for each in found if each.found is not None]
    if len(ruled) > 1:
        question = less.replace("leaves", "leave", 1).replace("has", "have", 1)
        said = f"for {len(ruled)} of {len(found)} choices it depends on few assumptions whether they {question}"
    elif ruled:
        depends = _depends_on_how_many(ruled[0]) if short else _depends(ruled[0])
        said = f"it {depends} whether {ruled[0].first} {less}"
    elif found[0].looked:
        said = none_decide_words(found, one)
    else:
        clear = [each.correlations[0] for each in found if each.correlations[0].is_clear]
        most = max(clear, key=lambda each: abs(each.rho), default=None)
        whose = "of the model’s assumptions, " if is_with_place(found[0].stretch) else ""
        furthest = (
            f"{_none(found[0])} clearly goes" if most is None else f"{whose}{label_of(most.parameter)} goes furthest"
        )
        said = f"{furthest} with {one}, by rank correlation alone"
    return capital(f"{over}{said}")


def none_decide_words(found: Sequence[Deciding], question: str) -> str:
    """Say that no few assumptions decide a question, or that there are too few points to say so, as a clause.

    Args:
        found: What was found, no rule for any choice; at least one.
        question: The question, such as "whether coaching leaves less than no joint action"; "it" for that of before.
    """
    few = [each for each in found if not each.is_enough]
    if 0 < len(few) < len(found):
        kinds = few, [each for each in found if each.is_enough]
        return ", and ".join(
            f"{none_decide_words(each, question)} for {listed(one.first for one in each)}" for each in kinds
        )
    drawn, searched = found[0].drawn, searched_assumptions(found[0].stretch)
    decide = "decides" if drawn == 1 else "decide"
    of_model = is_with_place(found[0].stretch)
    some = drawn_words(drawn, of_model=of_model) if drawn else f"two or three {searched}"
    if not few:
        return f"{f'no rule on {some} decides' if drawn else f'no {some} decide'} {question}"
    sets = counted(found[0].points, "set of assumptions", "sets of assumptions")
    return f"{sets} are too few to say if {some} {decide} {question}"


def depends_words(found: Deciding) -> str:
    """Name the assumptions on which it depends which of two choices is better, to end a sentence of the verdict.

    Args:
        found: What was found.

    Returns:
        "depends on …"; nothing unless a rule beats the commoner answer on points that were held out.
    """
    return "" if found.found is None else f"{_depends(found)}{_with_stretch(found.stretch)}"


def searched_assumptions(stretch: float) -> str:
    """Name the assumptions that were searched: all, or the model's alone where the place's own numbers were varied too.

    Args:
        stretch: The factor of the sample.
    """
    return "of the model’s assumptions" if is_with_place(stretch) else "assumptions"


def where_words(rule: TriedRule) -> str:
    """Write where a rule's boxes are: opening trust is above 0.35 and exposure at most 0.25.

    Args:
        rule: The rule.
    """
    return ", or ".join(_box_words(box, rule.names) for box in rule.rule.boxes)


def label_of(parameter: str) -> str:
    """Return a parameter's label within a sentence; in quotes if it is a question.

    Args:
        parameter: Its name.
    """
    row = _ROWS.get(parameter)
    label = row.label if row is not None else parameter.replace("_", " ").replace(".", " ")
    small = label[:1].lower() + label[1:]
    return f"“{small}”" if small.startswith("how ") else small


def value_words(parameter: str, value: float) -> str:
    """Write a value of a parameter; a trust rule by its name.

    Args:
        parameter: Its name.
        value: In its own unit.
    """
    if parameter == "trust_rule":
        return "confirmatory" if value > 0 else "linear"
    return as_written(value, 4)


def _answer(found: Deciding) -> str:
    return f"{found.first} {VERBS[found.measure].better} {found.second}"


def _question(found: Deciding) -> str:
    return f"whether {_answer(found)}"


def _depends(found: Deciding) -> str:
    own = () if found.found is None else found.found.parameters
    return f"depends on {listed([label_of(name) for name in found.parameters[: len(own)]])}"


def _depends_on_how_many(found: Deciding) -> str:
    count = 0 if found.found is None else len(found.found.parameters)
    return f"depends on {_COUNTS[count]} assumption{'' if count == 1 else 's'}"


def _box_words(box: Box, names: tuple[str, ...]) -> str:
    return listed([f"{label_of(names[column])} is {_limit_words(names[column], box[column])}" for column in box])


def _limit_words(parameter: str, limits: Limits) -> str:
    above, below = limits
    if parameter == "trust_rule":
        return value_words(parameter, 1.0 if above >= 0 else 0.0)
    row = _ROWS.get(parameter)
    whole = row is not None and row.whole
    least = f"at least {value_words(parameter, above + 1)}" if whole else f"above {value_words(parameter, above)}"
    if below == inf:
        return least
    most = f"at most {value_words(parameter, below)}"
    return most if above == -inf else f"{least} and {most}"


def _reach(found: Deciding, rule: TriedRule) -> str:
    shares = (rule.size, rule.cases), (rule.coverage, rule.cases), (rule.right, found.held_out)
    size, coverage, right = (in_cases(share, of).removesuffix(" cases") for share, of in shares)
    commoner = in_cases(found.commoner, found.held_out).partition(" of ")[0]
    return (
        f"Of all cases, {size} lie there, and {coverage} of those in which it is "
        f"{'' if rule.rule.inside else 'not '}better. At {found.held_out:,} sets of assumptions that were held out, "
        f"this rule is right in {right}, and the commoner answer alone in {commoner}."
    )


def _none_at_any_stretch(found: Sequence[Deciding]) -> str:
    """Say once for several stretches of the ranges that nothing decides, or that there are too few points to say so."""
    none = none_decide_words(found[:1], _question(found[0]))
    few = _few_words(max(found, key=lambda each: each.smallest))
    return f"{capital(none)}, even where every range of assumptions is {times_as_wide(found[-1].stretch)}{few}."


def _few_words(found: Deciding) -> str:
    """Say how many points would do where there are too few; nothing if there are enough."""
    return "" if found.is_enough else f"; about {found.would_do:,} would do"


def smallest_words(found: Deciding) -> str:
    """Say what too few points are likely to show, as a sentence; nothing if there are enough.

    Args:
        found: What was found.
    """
    if found.is_enough:
        return ""
    shown, counts = (ceil(round(100 * each, 6)) for each in (found.smallest, MARGIN))
    return (
        f"So few sets are likely to show a rule only if it is right in {shown} of 100 cases more than the commoner "
        f"answer is; one of {counts} counts. "
    )


def _simple_answer(found: Deciding, question: str) -> str:
    few = found.points < LEAST_POINTS
    why = f"{found.points:,} sets of assumptions are too few for rules" if few else "rules need the extra discovery"
    simple = f"this is the simple answer, by rank correlation of one assumption at a time, since {why}"
    clear = [each for each in found.correlations if each.is_clear][:_MOST_CORRELATIONS]
    if not clear:
        return capital(f"{_over(found.stretch)}{_none(found)} clearly moves whether {question}; {simple}.")
    moves = listed([_correlation_words(each) for each in clear])
    return capital(f"{_over(found.stretch)}{found.first} gains most on {found.second} where {moves}; {simple}.")


def _correlation_words(each: Correlation) -> str:
    if each.parameter == "trust_rule":
        return f"{label_of(each.parameter)} is {value_words(each.parameter, float(each.rho > 0))}"
    return f"{label_of(each.parameter)} is {'higher' if each.rho > 0 else 'lower'}"


def _none(found: Deciding) -> str:
    if found.drawn:
        said = drawn_words(found.drawn, of_model=is_with_place(found.stretch))
        return f"none of {said}" if found.drawn > 1 else f"not even {said}"
    return "none of the model’s assumptions by itself" if is_with_place(found.stretch) else "no single assumption"


def themselves_words(stretch: float) -> str:
    """Begin a sentence on the sample that stands in the rest of a paper, where a wider one is shown.

    Args:
        stretch: The factor by which its ranges were stretched.
    """
    return "Over the ranges themselves" if stretch == 1 else capital(_over(stretch).removesuffix(", "))


def _over(stretch: float) -> str:
    return "" if stretch == 1 else f"over ranges stretched by a factor of {as_written(stretch, 4)}, "


def _with_stretch(stretch: float) -> str:
    return "" if stretch == 1 else f", over ranges stretched by a factor of {as_written(stretch, 4)}"
