"""Baselines that no batch has: each design is compared with an earlier one of the first scenario at the same point."""

from collections.abc import Collection, Iterator, Sequence

from simulation.results.batch.manifest import Design, Manifest

_USED = ("parameters.owned_realisation", "parameters.unowned_realisation")
"""Drawn values of which one may be raised or lowered to the other in one scenario and not in another."""


def find_wrong_baselines(designs: Sequence[Design], manifest: Manifest) -> Iterator[Design]:
    """Yield designs whose baseline cannot be theirs.

    Args:
        designs: All designs of a batch, by number.
        manifest: Its record.
    """
    if not designs:
        return
    alone = len({design.variant for design in designs}) == 1
    varied = {
        index
        for index, address in enumerate(manifest.factors)
        if address not in _USED
        and not (alone and address in manifest.choices)
        and any(design.values[index] is not None for design in designs if design.variant == designs[0].variant)
    }
    if alone and manifest.design["kind"] == "one-at-a-time":
        varied = set()
    for design in designs:
        if design.baseline is not None and not _may_be(design, design.baseline, designs, varied):
            yield design


def _may_be(design: Design, baseline: int, designs: Sequence[Design], varied: Collection[int]) -> bool:
    """Return True if a design may be compared with the one of a number."""
    if not 0 <= baseline < min(design.number, len(designs)):
        return False
    other = designs[baseline]
    if other.variant != designs[0].variant or other.point != design.point:
        return False
    pairs = [(other.values[index], design.values[index]) for index in varied]
    return all(one == value for one, value in pairs if one is not None and value is not None)  # None: its own, or held
