"""The digest of source from the user's cache is that of the very texts, whatever the cache holds."""

import json

import pytest

from simulation.results import known_sources
from simulation.results.digests import cache_file
from simulation.results.known_sources import digest_of_known_source
from simulation.source_digest import digest_source

pytestmark = pytest.mark.unit

TEXTS = ["x = 1  # one\n", "def f(x):\n    return x + 1\n"]
CONTENTS = [text.encode() for text in TEXTS]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The file in the cache, which lies in a folder of the test."""
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return cache_file(tmp_path)


def test_texts_that_were_read_before_are_not_read_again(kept, tmp_path, monkeypatch):
    digest = digest_of_known_source(CONTENTS, tmp_path)
    assert digest == digest_source(TEXTS)
    monkeypatch.setattr(known_sources, "digest_source", lambda _: pytest.fail("they were read again"))
    assert digest_of_known_source(CONTENTS, tmp_path) == digest


@pytest.mark.parametrize("other", [["x = 1\n", TEXTS[1]], TEXTS[::-1], TEXTS[:1], ["".join(TEXTS)]])
def test_any_other_text_is_read(kept, tmp_path, other):
    digest_of_known_source(CONTENTS, tmp_path)
    assert digest_of_known_source([text.encode() for text in other], tmp_path) == digest_source(other)


@pytest.mark.parametrize("change", [{"digest": "none"}, {"digest": 5}, {"sources": ""}, None])
def test_what_is_wrong_in_the_cache_is_written_again(kept, tmp_path, change):
    digest = digest_of_known_source(CONTENTS, tmp_path)
    whole = kept.read_text()
    kept.write_text("{" if change is None else json.dumps(json.loads(whole) | change))
    assert digest_of_known_source(CONTENTS, tmp_path) == digest
    assert kept.read_text() == whole


def test_a_cache_that_cannot_be_written_to_changes_nothing(kept, tmp_path):
    kept.parent.parent.mkdir(parents=True)
    kept.parent.write_text("a file where the folder should be")
    assert digest_of_known_source(CONTENTS, tmp_path) == digest_source(TEXTS)
