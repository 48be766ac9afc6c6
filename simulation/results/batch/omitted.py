"""Find all that is left out of a batch and its supporting runs, so that all that is compared is of the same cases."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from simulation.experiment.schema import SupportingKind
from simulation.results.batch.common_cases import Asked, Omitted, failed_by_design, find_omitted, find_omitted_points
from simulation.results.batch.opened import Batch
from simulation.results.left_out import LeftOut, LeftOutOf

REFERENCE = "no-joint-action"
"""The supporting run of the place without levers."""

_SAMPLES: Mapping[str, LeftOutOf] = {kind: kind for kind in ("assumptions", "stretched", "attribution-ranges")}
"""Supporting runs at drawn points."""

_COMBINATIONS, _COMPARED = "combinations of levers", "the compared scenarios"
"""The names of what failed, where replicates are left out of an attribution."""


def omitted_of(batch: Batch, supporting: Sequence[Batch] = ()) -> Omitted:
    """Return what has to be left out of a batch, so that all that is compared is of the same cases.

    Args:
        batch: The batch, finished or not.
        supporting: Its supporting runs; those of the place without levers are compared with it.
    """
    asked = [(Asked.of(each.designs, each.manifest), each.store) for each in (batch, *supporting)]
    beside = (each for each, of in zip(asked[1:], supporting, strict=True) if of.manifest.supporting == REFERENCE)
    return find_omitted(*asked[0], reference=next(beside, None))


def omitted_beside(
    batch: Batch, kind: SupportingKind, omitted: Omitted
) -> tuple[Collection[object], tuple[LeftOut, ...]]:
    """Return the points or replicates to leave out of all scenarios of supporting runs, and how that is said.

    Args:
        batch: The supporting runs.
        kind: Their kind.
        omitted: What is left out of the batch that they belong to.
    """
    asked = Asked.of(batch.designs, batch.manifest)
    if kind in _SAMPLES:
        lost_points, said_of = find_omitted_points(
            asked, batch.store, _SAMPLES[kind], without=omitted.variants, stretch=batch.manifest.stretch
        )
        if kind == "attribution-ranges":
            said_of = tuple(replace(each, failed=((_COMBINATIONS, each.count),)) for each in said_of)
        return lost_points, said_of
    failed = failed_by_design(batch.designs, batch.store)
    lost = {number: each - omitted.replicates for number, each in failed.items() if each - omitted.replicates}
    if not lost:
        return omitted.replicates, ()
    if kind == "fixed-stances":
        names = Counter(batch.designs[number].variant for number in lost)
        said = LeftOut(part=kind, count=len(lost), of=len(batch.designs), failed=tuple(names.items()))
        return omitted.replicates, (said,)
    every = omitted.replicates.union(*lost.values())
    of = max(after for spans in batch.store.held().values() for _, after in spans)
    own, compared = (
        len([each for each in some if each < of]) for some in (every - omitted.replicates, omitted.replicates)
    )
    failures = (_COMBINATIONS, own), *([(_COMPARED, compared)] if compared else [])
    return every, (LeftOut(part="attribution", count=own + compared, of=of, failed=failures),)


def left_out_of(batch: Batch, supporting: Sequence[Batch]) -> tuple[LeftOut, ...]:
    """Return what is left out of a batch and its supporting runs.

    Args:
        batch: The batch, finished or not.
        supporting: Its supporting runs.
    """
    omitted = omitted_of(batch, supporting)
    kinds = ((each, each.manifest.supporting) for each in supporting)
    beside = (omitted_beside(each, kind, omitted)[1] for each, kind in kinds if kind and kind != REFERENCE)
    return (*omitted.said, *chain.from_iterable(beside))
