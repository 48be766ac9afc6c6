"""Mark results that were read without checking, are of another version of the model, or of which a part is left out."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.results.comparison import Case, Comparison
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import LeftOut, Unjudged

NOT_CHECKED = "not-checked.txt"
"""The file that lists the CSV files beside it that were made of unchecked results, since these have no room for it."""

OTHER_MODEL = "other-model.txt"
"""The file that lists the CSV files beside it that were made of results of another version of the model."""


def unchecked(comparison: Comparison) -> Comparison:
    """Return results marked as read without checking that their files are as they were written.

    Args:
        comparison: The results.
    """
    return replace(_marked(comparison, is_checked=False), is_checked=False)


def of_other_model(comparison: Comparison, mark: str) -> Comparison:
    """Return results that say, with each scenario too, that another version of the model made them.

    Args:
        comparison: The results.
        mark: The versions, in words; empty words leave the results as they are.
    """
    return replace(_marked(comparison, other_model=mark), other_model=mark) if mark else comparison


def with_left_out(comparison: Comparison, left_out: tuple[LeftOut, ...]) -> Comparison:
    """Return results that say, with each scenario too, what is left out of them.

    Args:
        comparison: The results.
        left_out: What is left out of each part; nothing leaves the results as they are.
    """
    return replace(_marked(comparison, left_out=left_out), left_out=left_out) if left_out else comparison


def not_judged(comparison: Comparison, unjudged: Unjudged | None) -> Comparison:
    """Return results that say, with each scenario too, why choices are not judged.

    Args:
        comparison: The results.
        unjudged: The reason; None leaves the results as they are.
    """
    return replace(_marked(comparison, unjudged=unjudged), unjudged=unjudged) if unjudged else comparison


def list_marked(folder: Path, written: Collection[str], comparison: Comparison) -> None:
    """List the files in a folder whose results are marked, or take those off a list that are made again without.

    Args:
        folder: The folder that they were written to.
        written: Their paths from there.
        comparison: The results that they were made of.

    Raises:
        OSError: If a list cannot be written.
    """
    _list(folder / NOT_CHECKED, written, "" if comparison.is_checked else UNCHECKED)
    _list(folder / OTHER_MODEL, written, comparison.other_model)


def _list(path: Path, written: Collection[str], mark: str) -> None:
    heading, *before = path.read_text(encoding="utf-8").splitlines() if path.exists() else [""]
    if mark:
        heading = f"These files were made of results that were {mark}:"
    listed = {*before, *written} if mark else {*before} - {*written}
    if listed:
        path.write_text("\n".join((heading, *sorted(listed), "")), encoding="utf-8")
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
