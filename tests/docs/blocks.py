"""The blocks of code in the documents, and the commands in their text."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "benchmarks/RESULTS.md",
    "notebooks/README.md",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
)
"""The documents that are read for what to type; the changelog names commands of the past."""

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?<=\n\n)(?:    (?:\.venv/bin/)?(?:trustsim|python|pip|make|import|from) .*\n)+")
_SETTING = re.compile(r"^[A-Z_]+=\S+ ")
_INLINE = re.compile(r"(?<!`)`(?:\.venv/bin/)?trustsim ([^`\n]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A block of code.

    Attributes:
        document: The path of its document, from the root.
        language: The language after its fence, empty if there is none.
        text: Its lines.
    """

    document: str
    language: str
    text: str

    def commands(self) -> list[list[str]]:
        """Return the words of each line of a shell block, without comments, variables and the environment's folder."""
        words = (shlex.split(_SETTING.sub("", line), comments=True) for line in self.text.splitlines())
        return [[each[0].rpartition("/bin/")[2], *each[1:]] for each in words if each]


def text_of(document: str) -> str:
    """Return a document's text."""
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(document: str) -> list[Block]:
    """Return a document's blocks of code, in order."""
    return [Block(document, language, text) for _, language, text in _BLOCK.findall(text_of(document))]


def indented(document: str) -> list[str]:
    """Return what stands as code by its indentation alone, so that nothing says which language it is."""
    return _INDENTED.findall(_BLOCK.sub("", text_of(document)))


def inline_commands(document: str) -> list[list[str]]:
    """Return the words of each `trustsim …` within a sentence; some are names for what the reader types."""
    return [each.split() for each in _INLINE.findall(_BLOCK.sub("", text_of(document)))]
