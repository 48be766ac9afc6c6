"""Documents whose tables `make verify` computes: it compares them, and `make claims` writes them."""

import re

from tests.verification.mutations import ROOT

WRITE = "--write-documents"
"""The option of pytest that writes what was computed."""


def with_table(text: str, name: str, table: str) -> str:
    """Return a document with a table in its marked place."""
    marked = re.compile(rf"(<!-- computed: {name} -->\n).*?(<!-- end of computed -->)", re.DOTALL)
    assert len(marked.findall(text)) == 1, f"no place for the table {name}"
    return marked.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def check_or_write(document: str, name: str, table: str, *, write: bool) -> None:
    """Compare a computed table with the document's, or write it there."""
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    computed = with_table(text, name, table)
    if write:
        path.write_text(computed, encoding="utf-8")
    else:
        assert computed == text, f"{document} is older than the model; run: make claims"


def in_markdown(heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"| {' | '.join(heading)} |", "|---" * len(heading) + "|", *lines])
