"""A digest of source changes with what the source does and with nothing else, alike on every supported Python."""

import pytest

from simulation.source_digest import code_tokens, digest_source

pytestmark = pytest.mark.unit

SOURCE = '''"""What it is."""

from math import sqrt  # exact everywhere

_HALF = 0.5
"""Said of the constant."""


class Root:
    """A root."""

    def of(self, number: float, words: str = "a 'root'") -> str:
        """Return it in words.

        Args:
            number: 0 or more.
        """
        if number < 0.0:
            return f"“{number!r}” has {words!s:>{len(words)}} of {{none}}, {'not' + f'{-_HALF:+.1f}'}"
        return f"""{words}
 of {number:,}: {sqrt(number) * _HALF}"""
'''

DIGEST = "4e34ede11c0fe14a"

LAYOUTS = {
    "comment": ("_HALF = 0.5\n", "# why\n_HALF = 0.5  # half\n"),
    "docstring": ('"""A root."""', '"""Another root,\n\n    in more words.\n    """'),
    "docstring of the module": ('"""What it is."""\n', ""),
    "docstring of a constant": ('"""Said of the constant."""', ""),
    "blank lines": ("_HALF = 0.5\n", "\n\n\n_HALF = 0.5\n\n"),
    "spaces": ("_HALF = 0.5", "_HALF  =  0.5"),
    "an item a line": (
        "of(self, number: float, words: str = \"a 'root'\")",
        "of(\n        self,\n        number: float,\n        words: str = \"a 'root'\",\n    )",
    ),
    "line ends": ("\n", "\r\n"),
    "indentation": ("        if number < 0.0:\n            return", "        if number < 0.0:\n                return"),
}

CHANGES = {
    "operator": ("sqrt(number) * _HALF", "sqrt(number) / _HALF"),
    "number": ("_HALF = 0.5", "_HALF = 0.25"),
    "name": ("import sqrt", "import cbrt"),
    "string": ("a 'root'", "a 'route'"),
    "format of a number": (":+.1f", ":+.2f"),
    "text of an f-string": ("has", "had"),
    "comparison": ("number < 0.0", "number <= 0.0"),
    "decorator": ("    def of(self", "    @staticmethod\n    def of(self"),
    "block": ('        return f"""{words}', '            return f"""{words}'),
}


def edited(old, new):
    assert old in SOURCE
    return SOURCE.replace(old, new)


def test_the_digest_is_the_same_on_every_python():
    assert digest_source([SOURCE], size=8) == DIGEST


@pytest.mark.parametrize(("old", "new"), LAYOUTS.values(), ids=LAYOUTS)
def test_documentation_and_layout_leave_it_equal(old, new):
    assert digest_source([edited(old, new)]) == digest_source([SOURCE])


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_any_other_change_changes_it(old, new):
    assert digest_source([edited(old, new)]) != digest_source([SOURCE])


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("a = (b,)", "a = (b)"),
        ("a = b[c,]", "a = b[c]"),
        ("a = (lambda b, c: d,)", "a = (lambda b, c: d)"),
        ("a = 'b' 'c'", "a = 'b'\n'c'"),
        ("f'{print(1)}'", ""),
        ("a = 'b'\nc()", "a = 'b'\n'c()'"),
        ("if a:\n    b\nc", "if a:\n    b\n    c"),
        ("a = 12", "a = 1, 2"),
        ("a = b, c", "a = b\nc"),
    ],
)
def test_texts_that_differ_in_meaning_have_other_tokens(one, another):
    assert list(code_tokens(one)) != list(code_tokens(another))


def test_texts_are_kept_apart_and_in_order():
    assert digest_source(["a\n", "b\n"]) != digest_source(["a\nb\n"])
    assert digest_source(["a\n", "b\n"]) != digest_source(["b\n", "a\n"])
    assert digest_source([]) != digest_source([""])


def test_an_empty_module_has_no_tokens():
    assert list(code_tokens('"""Said of nothing."""\n')) == []
    assert list(code_tokens("")) == []
