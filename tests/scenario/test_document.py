"""Reading YAML: every node has its location, and so has every problem."""

import os
from pathlib import Path

import pytest

from simulation.limits import MOST_VALUES
from simulation.scenario.document import Node, read_document
from simulation.scenario.problems import Location, Problem

pytestmark = pytest.mark.unit


def read(path: Path) -> tuple[Node | None, list[str]]:
    tree, problems = read_document(path, "a.yaml")
    return tree, [str(problem) for problem in problems]


def read_text(tmp_path: Path, text: str | bytes) -> tuple[Node | None, list[str]]:
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def test_nodes_and_keys_know_their_place(tmp_path: Path) -> None:
    tree, problems = read_text(tmp_path, "title: A\nlist:\n  - one\n  - {two: 2}\n")
    assert not problems
    assert tree is not None
    assert tree.keys == {"title": Location("a.yaml", 1, 1), "list": Location("a.yaml", 2, 1)}
    assert tree.value["title"].location == Location("a.yaml", 1, 8)
    two = tree.value["list"].value[1]
    assert (two.kind, two.location, two.keys["two"]) == (
        "mapping",
        Location("a.yaml", 4, 5),
        Location("a.yaml", 4, 6),
    )
    assert two.value["two"].location == Location("a.yaml", 4, 11)
    assert tree.to_plain() == {"title": "A", "list": ["one", {"two": 2}]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2016-03", "2016-03"),
        ("12", 12),
        ("-1.5", -1.5),
        ("'no'", "no"),
        ('"1e3"', "1e3"),
        ("true", True),
        ("null", None),
        ("", None),
        (".inf", float("inf")),
        ("!!str 12", "12"),
    ],
)
def test_scalars(tmp_path: Path, text: str, value: object) -> None:
    tree, problems = read_text(tmp_path, f"a: {text}\n")
    assert not problems
    assert tree is not None
    assert tree.to_plain() == {"a": value}


def test_a_byte_order_mark_and_dos_line_ends_are_taken(tmp_path: Path) -> None:
    tree, problems = read_text(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert not problems
    assert tree is not None
    assert tree.to_plain() == {"a": 1, "b": 2}
    assert tree.keys["b"] == Location("a.yaml", 2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.yaml:1:1: is empty; `trustsim new` writes a file to start from"),
        ("# only this\n", "a.yaml:1:1: is empty; `trustsim new` writes a file to start from"),
        ("- 1\n", "a.yaml:1:1: must be a mapping of names to values at the top (given: a list)"),
        ("hello\n", 'a.yaml:1:1: must be a mapping of names to values at the top (given: "hello")'),
        ("no\n", "a.yaml:1:1: YAML reads this as true or false; put it in quotes (given: no)"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: must be one document; remove the second `---`"),
        (
            "a: b: c\n",
            "a.yaml:1:5: is not valid YAML: a ': ' where none can be; fix the indentation, or put the text in quotes",
        ),
        ("a:\n\t- 1\n", "a.yaml:2:1: is not valid YAML: indent with spaces, not with tabs"),
        ("a: [1, 2\n", "a.yaml:1:4: is not valid YAML: a list in [ ] is not closed, or a comma is missing"),
        ("a: {b: 1\n", "a.yaml:1:4: is not valid YAML: a mapping in { } is not closed, or a comma is missing"),
        ('a: "b\n', "a.yaml:1:4: is not valid YAML: a quotation mark is not closed"),
        ("a: 1\nb\n", "a.yaml:2:1: is not valid YAML: expected `name: value`"),
        ("a:\n  b: 1\n c: 2\n", "a.yaml:3:2: is not valid YAML: the indentation does not fit the lines above"),
        ("a: *b\n", "a.yaml:1:4: is not valid YAML: found undefined alias 'b'"),
        (
            "a: 1\nb: \x07\n",
            "a.yaml:2:4: holds a control character that YAML does not allow; remove it (given: U+0007)",
        ),
        (b"a: 1\nb: \xff\n", "a.yaml:2:4: is not UTF-8; save the file as UTF-8"),
        ("a: &x [*x]\n", "a.yaml:1:4: a[0]: an alias refers to a part that contains it; write it out"),
    ],
)
def test_what_cannot_be_read_at_all(tmp_path: Path, text: str | bytes, said: str) -> None:
    tree, problems = read_text(tmp_path, text)
    assert tree is None
    assert problems == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: a: is given twice: also at line 1, column 1; remove one"),
        ("12: 1\n", "a.yaml:1:1: 12: names must be text; put it in quotes (given: 12)"),
        (
            "2015: 1\n",
            "a.yaml:1:1: 2015: names must be text; put it in quotes, or write a month as 2015-04 (given: 2015)",
        ),
        ("true: 1\n", "a.yaml:1:1: true: names must be text; put it in quotes (given: true)"),
        ("[a]: 1\n", "a.yaml:1:1: names must be text, not lists or mappings"),
        ("no: 1\n", "a.yaml:1:1: no: YAML reads this as true or false; put it in quotes (given: no)"),
        (
            "2016-03-01: 1\n",
            "a.yaml:1:1: 2016-03-01: this is a full date; write the month as 2016-03 (given: 2016-03-01)",
        ),
        ("b: {<<: {a: 1}}\n", "a.yaml:1:5: b: << is not used here; to build on another file write `extends: path`"),
        ("a: !thing 1\n", "a.yaml:1:4: a: unknown tag !thing; remove it (given: 1)"),
        ("a: !thing [1]\n", "a.yaml:1:4: a: unknown tag !thing; remove it"),
        ("a: !!python/name:os.system x\n", "a.yaml:1:4: a: unknown tag !!python/name:os.system; remove it (given: x)"),
        ("a: !!int 'x'\n", "a.yaml:1:4: a: cannot be read as a number (given: x)"),
        ("a: =\n", "a.yaml:1:4: a: put it in quotes (given: =)"),
        (
            "a: 12:30\n",
            "a.yaml:1:4: a: YAML reads this as a number to the base of sixty; put it in quotes (given: 12:30)",
        ),
        ("a: &x no\nb: *x\n", "a.yaml:1:4: a: YAML reads this as true or false; put it in quotes (given: no)"),
    ],
)
def test_what_is_wrong_in_a_part_leaves_the_rest(tmp_path: Path, text: str, said: str) -> None:
    tree, problems = read_text(tmp_path, text)
    assert tree is not None
    assert problems == [said]


def test_aliases_that_blow_up_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    tree, problems = read_text(tmp_path, "\n".join(lines))
    assert tree is None
    assert len(problems) == 1
    assert problems == ["a.yaml:6:5: holds more than 200,000 values once its aliases are followed"]


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    tree, problems = read_text(tmp_path, "[" * 100_000)
    assert tree is None
    assert problems == ["a.yaml:1:101: is nested more than 100 levels deep"]


def test_a_missing_file_is_reported_with_the_name_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "place.yaml").write_text("a: 1")
    _, problems = read(tmp_path / "plaec.yaml")
    assert problems == ["a.yaml: no such file; did you mean place.yaml?"]


def test_a_missing_folder_is_a_missing_file(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere" / "a.yaml")[1] == ["a.yaml: no such file"]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert read(tmp_path)[1] == ["a.yaml: is a folder, not a file"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")
    path.chmod(0)
    assert read(path)[1] == ["a.yaml: may not be read: permission denied"]


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    problems = read_document(Path("a\0b"), "a.yaml")[1]
    assert [type(problem) for problem in problems] == [Problem]
    assert str(problems[0]) == "a.yaml: cannot be read: no file can have such a name"


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml")), ids=lambda p: p.name
)
def test_large_files_are_read_as_small_ones_are(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8") + "\nlast: [&a {b: 6,5, 'c': \"d\"}, *a, !!str 1, é😀, ~]\n"
    small, large = tmp_path / "small.yaml", tmp_path / "large.yaml"
    small.write_text(text, encoding="utf-8")
    large.write_text(f"{text}#{'x' * 100_000}\n", encoding="utf-8")
    assert read(large) == read(small)


def test_mistakes_of_large_files_have_their_places_too(tmp_path: Path) -> None:
    before = "# é😀\n" * 30_000
    for text, said in (
        ("a: [1, 2\n", "30001:4: is not valid YAML: a list in [ ] is not closed, or a comma is missing"),
        ("a: b: c\n", "30001:5: is not valid YAML: a ': ' where none can be; fix the indentation, or put the text"),
        ("a: 'b\n", "30001:4: is not valid YAML: a quotation mark is not closed"),
        ("a: \x07\n", "30001:4: holds a control character that YAML does not allow; remove it (given: U+0007)"),
        ("a: 1\na: 2\n", "30002:1: a: is given twice: also at line 30001, column 1; remove one"),
    ):
        _, problems = read_text(tmp_path, before + text)
        assert len(problems) == 1
        assert problems[0].startswith(f"a.yaml:{said}")


def test_more_values_than_a_place_has_are_refused(tmp_path: Path) -> None:
    lines = [f"name{number}: {number}" for number in range(MOST_VALUES)]
    assert read_text(tmp_path, "\n".join(lines))[1] == [f"a.yaml:{MOST_VALUES}:13: holds more than 200,000 values"]
    assert read_text(tmp_path, "\n".join(lines[:-1]))[1] == []


def test_a_name_is_not_a_value(tmp_path: Path) -> None:
    text = f"a: [{', '.join(['x'] * (MOST_VALUES - 2))}]\n"
    assert read_text(tmp_path, text)[1] == []


def test_nesting_counts_what_aliases_stand_for(tmp_path: Path) -> None:
    deep = "[" * 60 + "]" * 60
    assert read_text(tmp_path, "a: " + "[" * 99 + "]" * 99)[1] == []
    assert read_text(tmp_path, f"a: &a {deep}\nb: {'[' * 39}*a{']' * 39}\n")[1] == []
    _, problems = read_text(tmp_path, f"a: &a {deep}\nb: {'[' * 50}*a{']' * 50}\n")
    assert problems == ["a.yaml:2:13: is nested more than 100 levels deep"]


def test_after_a_thousand_mistakes_reading_stops(tmp_path: Path) -> None:
    tree, problems = read_text(tmp_path, "\n".join(f"{number}: 1" for number in range(20_000)))
    assert tree is None
    assert len(problems) == 1_001
    assert problems[-1] == "a.yaml:1001:1: more than 1,000 mistakes; fix those above first"
