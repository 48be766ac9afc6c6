"""Which question organisations ask at both ends of a run, in words, and of how many replicates that is."""

from simulation.analysis.question_mix import QuestionEnds, end_words
from simulation.formatting import percent


def asked_words(found: QuestionEnds, subject: str, decisions: str = "decisions", *, shortly: bool = False) -> str:
    """Say how often something is asked at both ends of a run, by medians; that nobody meets, where that is so.

    Args:
        found: The population-first share at both ends, the mean of the shares of its months.
        subject: Who asks what, such as “organisations ask “our population””.
        decisions: What the share is of.
        shortly: True for a headline, which leaves to other words that it is of an average month.
    """
    ends, early, late = end_words(found.months), found.early.median, found.late.median
    average = "" if shortly or ends == "month" else "an average month of "
    if not found.met:
        return "nobody meets in any month"
    if not found.met_early and not found.met_late:
        return f"nobody meets in the first {ends} or in the last"
    if not found.met_early:
        return f"{subject} in {percent(late)} of {decisions} in {average}the last {ends}; in the first nobody meets"
    first = f"{subject} in {percent(early)} of {decisions} in {average}the first {ends}"
    return f"{first} and in {percent(late)} in the last" if found.met_late else f"{first}; in the last nobody meets"


def met_words(found: QuestionEnds, runs: str = "simulated runs") -> str:
    """Say of how many replicates the shares are, if organisations don't meet in all: after "medians", with a space.

    Args:
        found: The population-first share at both ends.
        runs: What replicates are called.

    Returns:
        Nothing if they meet in all at each end at which they meet in any.
    """
    ends, of = end_words(found.months), found.replicates
    met = " and ".join(f"{count:,} of {of:,} in the {end} {ends}" for end, count in _few(found).items())
    return f" of the {runs} in which organisations meet: {met}" if met else ""


def short_met_words(found: QuestionEnds) -> str:
    """Say the same for a headline: " of 5 of 300 runs in the last half-year", or " of 40 and 5 of 300 runs"."""
    few = _few(found)
    if not few:
        return ""
    at = f" in the {next(iter(few))} {end_words(found.months)}" if len(few) == 1 else ""
    return f" of {' and '.join(f'{count:,}' for count in few.values())} of {found.replicates:,} runs{at}"


def _few(found: QuestionEnds) -> dict[str, int]:
    """Return in how many replicates organisations meet, by end; without an end at which they do in all or in none."""
    met = {"first": found.met_early, "last": found.met_late}
    return {end: count for end, count in met.items() if 0 < count < found.replicates}
