"""Counts of cases by kind, and the table that is printed of them."""

from collections import Counter

from tests.fuzz.trying import Tried

HEADINGS = (
    "kind", "cases", "past the schema", "succeeded", "refused with a message", "failures", "slowest, s", "most, MB",
)  # fmt: skip
COUNTED = ("cases", "past", "succeeded", "refused", "failed")


class Table:
    """Counts by kind."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.slowest: dict[str, float] = {}
        self.most: dict[str, float] = {}

    @property
    def failures(self) -> int:
        """Cases with faults."""
        return sum(count["failed"] for count in self.counts.values())

    def add(self, tried: Tried) -> None:
        """Count a case."""
        kind = tried.case.kind
        count = self.counts.setdefault(kind, Counter())
        count["cases"] += 1
        count["past"] += tried.got_past
        count["succeeded"] += tried.succeeded and not tried.faults
        count["refused"] += not tried.succeeded and not tried.faults
        count["failed"] += bool(tried.faults)
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), tried.seconds)
        self.most[kind] = max(self.most.get(kind, 0.0), tried.megabytes)

    def lines(self) -> list[str]:
        """Return a row for each kind and one for all, with the headings above."""
        whole = Counter[str]()
        for count in self.counts.values():
            whole.update(count)
        rows = [
            (kind, *(f"{count[each]:,}" for each in COUNTED), f"{slowest:.1f}", f"{most:,.0f}")
            for kind, count, slowest, most in (
                *((kind, count, self.slowest[kind], self.most[kind]) for kind, count in self.counts.items()),
                ("all", whole, max(self.slowest.values(), default=0), max(self.most.values(), default=0)),
            )
        ]
        widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
        return [
            " | ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(pairs))
            for pairs in (list(zip(row, widths, strict=True)) for row in (HEADINGS, *rows))
        ]
