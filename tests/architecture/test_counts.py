"""Numbers of things are written by `counted`, so that no text says “1 designs”."""

import re

import pytest

from tests.architecture.sources import MODULES, name_of

pytestmark = pytest.mark.architecture

THINGS = (
    "cases|charts|choices|columns|combinations|contracts|designs|entries|files|levers|lines|months|numbers|options|"
    "organisations|pairs|parameters|people|points|programmes|relationships|replicates|rows|runs|scenarios|tables"
)
COUNTED_BY_HAND = re.compile(rf"(?<!of )(?<!the )\{{len\([^{{}}]+\)(:,)?\}} (more |other )?({THINGS})\b")
ALWAYS_SEVERAL = {
    "analysis/assumptions.py": "one parameter needs no telling apart",
}


def test_it_finds_a_count_by_hand():
    assert COUNTED_BY_HAND.search('f"there are {len(found):,} more designs"')
    assert not COUNTED_BY_HAND.search('f"{less} of {len(found)} designs"')


def test_numbers_of_things_are_counted():
    found = [
        f"{name_of(path)}:{number}"
        for path in MODULES
        if name_of(path) not in ALWAYS_SEVERAL
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if COUNTED_BY_HAND.search(line)
    ]
    assert found == []
