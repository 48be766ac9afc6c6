"""Mark results that were read without checking their files, or of which something is left out."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.results.comparison import Case, Comparison
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import LeftOut

NOT_CHECKED = "not-checked.txt"
"""The file that lists the CSV files beside it that were made of unchecked results, since these have no room for it."""

_HEADING = f"These files were made of results that were {UNCHECKED}:"


def unchecked(comparison: Comparison) -> Comparison:
    """Return results marked as read without checking that their files are as they were written.

    Args:
        comparison: The results.
    """
    return replace(_marked(comparison, is_checked=False), is_checked=False)


def with_left_out(comparison: Comparison, left_out: tuple[LeftOut, ...]) -> Comparison:
    """Return results that say, with each scenario too, what is left out of them.

    Args:
        comparison: The results.
        left_out: What is left out of each part; nothing leaves the results as they are.
    """
    return replace(_marked(comparison, left_out=left_out), left_out=left_out) if left_out else comparison


def list_unchecked(folder: Path, written: Collection[str], *, is_checked: bool) -> None:
    """List the files in a folder that were made of unchecked results, or take those off the list that are made again.

    Args:
        folder: The folder that they were written to.
        written: Their paths from there.
        is_checked: True if they were made of results that were checked.

    Raises:
        OSError: If the list cannot be written.
    """
    path = folder / NOT_CHECKED
    before = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    listed = {*before} - {*written} if is_checked else {*before, *written}
    if listed:
        path.write_text("\n".join((_HEADING, *sorted(listed), "")), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _marked(comparison: Comparison, **fields: Any) -> Comparison:
    """Return results with some fields of the study of each case replaced."""

    def marked(case: Case) -> Case:
        return case if case.study is None else replace(case, study=replace(case.study, **fields))

    reference = comparison.no_joint_action
    return replace(
        comparison,
        cases=tuple(map(marked, comparison.cases)),
        no_joint_action=None if reference is None else marked(reference),
    )
