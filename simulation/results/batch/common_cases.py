"""Leave a case or a replicate that failed in any compared choice out of all of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from simulation.experiment.entries import SAMPLED
from simulation.results.batch.manifest import Design, Manifest
from simulation.results.batch.store import Store
from simulation.results.left_out import LeftOut, LeftOutOf


class Asked(NamedTuple):
    """The designs of a batch, and which of their values are choices."""

    designs: Sequence[Design]
    kind: str
    """The kind of design, such as grid."""
    factors: Sequence[str] = ()
    choices: Collection[str] = ()
    """Those of the factors that a board chooses."""

    @classmethod
    def of(cls, designs: Sequence[Design], manifest: Manifest) -> Self:
        """Return the designs of a batch by its record."""
        return cls(designs, str(manifest.design["kind"]), manifest.factors, manifest.choices)

    def choice(self, design: Design) -> tuple[object, ...]:
        """Return the choice that a design is of: its scenario, and the values that a board chooses."""
        values = zip(self.factors, design.values, strict=True)
        return (design.variant, *(value for factor, value in values if factor in self.choices))

    def assumed(self, design: Design) -> tuple[object, ...]:
        """Return the values of the assumptions of a design."""
        values = zip(self.factors, design.values, strict=True)
        return tuple(value for factor, value in values if factor not in self.choices)

    def name(self, design: Design) -> str:
        """Return the name of the choice that a design is of."""
        name, *values = map(str, self.choice(design))
        return f"{name}, {', '.join(values)}" if values else name


class Omitted(NamedTuple):
    """The replicates and designs that are left out of a batch because replicates failed."""

    replicates: frozenset[int] = frozenset()
    """Numbers of replicates that are left out of every design."""
    designs: frozenset[int] = frozenset()
    """Numbers of designs that are left out whole."""
    variants: frozenset[str] = frozenset()
    """Compared scenarios of which no replicate could be run."""
    said: tuple[LeftOut, ...] = ()
    """The same, to be said wherever results are shown."""


def find_omitted(asked: Asked, store: Store, *, reference: tuple[Asked, Store] | None = None) -> Omitted:
    """Find what has to be left out so that all choices are compared over the same cases.

    Where designs share their random events, a replicate that failed in one of them is left out of all. Where points
    are drawn, a point (a set of assumptions) at which a replicate of any choice failed is left out of all choices; on a
    grid, one at which every replicate of a choice failed. A choice of which every replicate failed is itself left out.

    Args:
        asked: The designs of a batch.
        store: Its replicates.
        reference: The same place without levers, if it was run beside them.
    """
    failed = failed_by_design(asked.designs, store)
    gone = _without_replicates(asked.designs, store, failed)
    choices = {asked.choice(design) for design in asked.designs}
    gone_choices = choices - {asked.choice(design) for design in asked.designs if design.number not in gone}
    drawn = asked.kind in SAMPLED
    points = _points_of(asked)
    at: dict[str, set[object]] = defaultdict(set)
    for design in asked.designs if failed else ():
        lost = failed if drawn else gone
        if design.number in lost and asked.choice(design) not in gone_choices:
            at[design.variant].add(points[design.number])
    lost_points = set().union(*at.values())
    left_out = {d.number for d in asked.designs if points[d.number] in lost_points or asked.choice(d) in gone_choices}
    by_name: dict[str, set[int]] = defaultdict(set)
    if not drawn:
        _add_failed(by_name, asked, failed, left_out)
        if reference is not None:
            beside = failed_by_design(reference[0].designs, reference[1])
            _add_failed(by_name, reference[0], beside, _without_replicates(reference[0].designs, reference[1], beside))
    said: list[LeftOut] = []
    if by_name:
        count, of = len(set().union(*by_name.values())), _most_held(asked.designs, store)
        said.append(LeftOut(part="comparison", count=count, of=of, failed=_counts(by_name)))
    if at:
        said.append(LeftOut(part="points", count=len(lost_points), of=len({*points.values()}), failed=_counts(at)))
    if gone_choices:
        names = {asked.name(d): len(failed[d.number]) for d in asked.designs if asked.choice(d) in gone_choices}
        said.append(LeftOut(part="scenario", count=len(gone_choices), of=len(choices), failed=tuple(names.items())))
    remaining = {design.variant for design in asked.designs if asked.choice(design) not in gone_choices}
    variants = {design.variant for design in asked.designs} - remaining
    replicates = frozenset().union(*by_name.values())
    return Omitted(replicates, frozenset(left_out), frozenset(variants), tuple(said))


def find_omitted_points(
    asked: Asked, store: Store, part: LeftOutOf, *, without: Collection[str] = (), stretch: float = 1.0
) -> tuple[frozenset[object], tuple[LeftOut, ...]]:
    """Find the points of a supporting sample at which a replicate of any scenario failed, counted from 0.

    Args:
        asked: Its designs, all points of a scenario together.
        store: Its replicates.
        part: What the sample is.
        without: Scenarios of which nothing is shown.
        stretch: Factor by which ranges were stretched.
    """
    failed = failed_by_design(asked.designs, store)
    numbers = _points_of(asked)
    at: dict[str, set[object]] = defaultdict(set)
    for design in asked.designs if failed else ():
        if design.number in failed and design.variant not in without:
            at[design.variant].add(numbers[design.number])
    lost = frozenset().union(*at.values())
    of = len({*numbers.values()})
    said = LeftOut(part=part, count=len(lost), of=of, failed=_counts(at), stretch=stretch)
    return lost, (said,) if lost else ()


def failed_by_design(designs: Iterable[Design], store: Store) -> dict[int, set[int]]:
    """Return the replicates that failed, by the number of their design; designs without failures are left out.

    Args:
        designs: Designs of a batch.
        store: Its replicates.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for identity, replicate in store.failures():
        found[identity].add(replicate)
    return {design.number: found[design.identity] for design in designs if design.identity in found}


def _points_of(asked: Asked) -> dict[int, object]:
    """Return the point of each design, by the number of the design.

    It is the one that was drawn; of a sample with the same events at all points, the place among the designs of its
    choice; else the values of the assumptions.
    """
    seen: Counter[object] = Counter()
    found: dict[int, object] = {}
    for design in asked.designs:
        if design.point is not None:
            found[design.number] = design.point
        elif asked.kind in SAMPLED:
            found[design.number] = seen[asked.choice(design)]
            seen[asked.choice(design)] += 1
        else:
            found[design.number] = asked.assumed(design)
    return found


def _add_failed(
    by_name: dict[str, set[int]], asked: Asked, failed: Mapping[int, set[int]], without: Collection[int]
) -> None:
    """Add the replicates that failed to those of each scenario, but of designs that are left out whole."""
    for design in asked.designs:
        if design.number in failed and design.number not in without:
            by_name[design.variant] |= failed[design.number]


def _counts(by_name: Mapping[str, Collection[object]]) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(each)) for name, each in by_name.items())


def _without_replicates(designs: Sequence[Design], store: Store, failed: Mapping[int, set[int]]) -> frozenset[int]:
    """Return the numbers of designs of which every replicate that was tried failed."""
    if not failed:
        return frozenset()
    held = store.held()
    return frozenset(
        design.number
        for design in designs
        if design.number in failed
        and len(failed[design.number]) >= sum(after - first for first, after in held.get(design.identity, ()))
    )


def _most_held(designs: Sequence[Design], store: Store) -> int:
    held = store.held()
    return max((after for design in designs for _, after in held.get(design.identity, ())), default=0)
