"""The kinds of sentences that readers stumbled over stay out of papers: code names, bare money, torn minus signs."""

import re
from collections.abc import Iterator

import pytest

from simulation.formatting import MINUS
from simulation.parameters import TABLE
from simulation.report.paper import Paper
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit

KINDS = ["single", "compared", "grid", "sobol"]
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\bparameters\.|\blevers\.")
NAMES = {row.name.replace("_", " ").capitalize() for row in TABLE} - {row.label for row in TABLE}
"""Names of parameters in code, as words: Quorum, Co ownership memory."""


def texts_of(paper: Paper) -> Iterator[str]:
    """Yield all that a board reads, without the commands and files that reproduce the figures."""
    for row in paper.front:
        yield from (row.head, *row.texts, *row.items)
    for figure in paper.figures:
        yield from figure
    for table in paper.tables:
        yield from (table.caption, *table.heads, table.note, *(cell for row in table.rows for cell in row))
    for finding in paper.findings:
        yield from (finding.chart.headline, finding.chart.subtitle, finding.chart.note, finding.chart.source)
    yield from paper.method


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_board_reads_has_a_name_from_the_code(kind):
    texts = list(texts_of(paper_of(kind)))
    assert [text for text in texts if CODE.search(text)] == []
    assert [text for text in texts if text in NAMES] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_sum_over_the_run_says_if_it_is_discounted(kind):
    """Of sentences on money the first says it for all."""
    paper = paper_of(kind)
    for sentence in (" ".join(paper.money), *(f"{each.value} {each.label}" for each in paper.figures)):
        if "£" in sentence and "over the run" in sentence:
            assert "nominal, undiscounted" in sentence
    assert sum(sentence.count("nominal") for sentence in paper.money) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_minus_sign_stays_with_its_number(kind):
    for text in texts_of(paper_of(kind)):
        assert text.count("\N{MINUS SIGN}") == text.count(MINUS), text
        assert not re.search(r"(?<![\w-])-[£\d]", text), text


@pytest.mark.parametrize("kind", KINDS)
def test_no_amount_or_frequency_claims_more_than_the_model_can_tell_apart(kind):
    for text in texts_of(paper_of(kind)):
        assert not re.search(r"£0\.00\d|never in fewer than", text), text
