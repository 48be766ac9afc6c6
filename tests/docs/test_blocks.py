"""Every block of code in the documents is run by a test, and every command in them is one that there is."""

import re
from typing import Any

import pytest
import typer

from simulation.cli.main import app
from tests.docs.blocks import DOCUMENTS, ROOT, Block, blocks, indented, inline_commands
from tests.docs.test_commands import NOT_RUN, TESTED_ELSEWHERE, is_run

pytestmark = pytest.mark.unit

EVERY = [block for document in DOCUMENTS for block in blocks(document)]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
GROUP: Any = typer.main.get_command(app)


def options_of(name: str) -> set[str]:
    """All options of a command."""
    command = GROUP.resolve_command(typer.Context(GROUP), [name])[1]
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


def test_every_block_is_run_by_a_test():
    left = [f"{block.document}: {block.text[:60]!r}" for block in EVERY if not is_run(block) and not elsewhere(block)]
    assert left == [], "run it in tests/docs/test_commands.py, or name the test that does"


def elsewhere(block: Block) -> bool:
    """True if a test that is named reads the document that a block stands in."""
    test = TESTED_ELSEWHERE.get((block.document, block.language))
    return test is not None and block.document.rpartition("/")[2] in (ROOT / test).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_code_stands_outside_a_block_that_names_its_language(document):
    assert indented(document) == []


def test_every_line_of_a_shell_is_a_command_that_there_is():
    for block in EVERY:
        if block.language != "sh":
            continue
        for program, *words in block.commands():
            if program == "make":
                assert set(words) <= TARGETS, block.document
            elif program == "trustsim":
                context = GROUP.resolve_command(typer.Context(GROUP), words)
                context[1].make_context(words[0], words[1:])  # refuses unknown options and missing arguments
            else:
                assert any(program == each.split()[0] for each in NOT_RUN), f"{block.document}: {program}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_within_sentences_have_the_options_that_they_give(document):
    for name, *words in inline_commands(document):
        if name.startswith("-") or name.isupper():
            continue
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= options_of(name) | {"--help"}, f"trustsim {name}"
