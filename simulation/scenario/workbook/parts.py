"""The sheets, texts and formats that the cells of a workbook share, out of the XML parts of the file."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from simulation.scenario.problems import one_line
from simulation.scenario.workbook.opening import DAMAGED, SAVE_AS, Package, UnreadableError

LONGEST_TEXT = 32_767
"""The longest text that Excel holds in a cell."""

_LONGEST_FORMAT = 256
"""One more than the longest number format that Excel allows."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class _Attributes:
    """A listener that keeps the attributes of some elements, each with those that it stands in."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.names:
            self.found.append((name, attributes))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class Part(NamedTuple):
    """A sheet with cells: the name on its tab, the part of the file that holds it, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


class Book:
    """The parts of a workbook that the cells of all sheets share.

    Attributes:
        sheets: Each sheet with cells, in the order of their tabs, hidden ones too.
        epoch: The day that dates count from.
        texts: The texts that cells refer to by number; None for one that is too long.
        dates: The styles that show a date.
        percents: The styles that show per cent.
        formats: The number format of each style.
    """

    def __init__(self, package: Package) -> None:
        main = _find_main_part(package)
        folder = PurePosixPath(main).parent
        top = self._attributes(package, main, "workbook", "workbookPr", "sheet")
        if any(name == "workbook" and given.get("conformance") == "strict" for name, given in top):
            message = "is a Strict Open XML workbook; save it in Excel as Excel Workbook (.xlsx)"
            raise UnreadableError(message)
        is_mac = any(given.get("date1904") in {"1", "true"} for name, given in top if name == "workbookPr")
        self.epoch: datetime = MAC_EPOCH if is_mac else WINDOWS_EPOCH
        related = {
            given.get("Id", ""): (given.get("Type", ""), _resolve(folder, given.get("Target", "")))
            for _, given in self._attributes(package, f"{folder}/_rels/{PurePosixPath(main).name}.rels", "Relationship")
        }
        self.sheets = list(_find_sheets([given for name, given in top if name == "sheet"], related))
        if not self.sheets:
            raise UnreadableError(DAMAGED)
        by_type = {kind.rpartition("/")[2]: target for kind, target in related.values() if target in package}
        self.texts = _read_texts(package, by_type.get("sharedStrings"))
        self.dates, self.percents, self.formats = _read_styles(package, by_type.get("styles"))

    @staticmethod
    def _attributes(package: Package, part: str, *names: str) -> list[tuple[str, dict[str, str]]]:
        listener = _Attributes(*names)
        package.parse(part, listener)
        return listener.found


def _find_main_part(package: Package) -> str:
    """Return the name of the part that lists the sheets."""
    if b"opendocument" in package.read_small("mimetype"):
        message = f"is an OpenDocument file; {SAVE_AS}"
        raise UnreadableError(message)
    if "[Content_Types].xml" not in package or "_rels/.rels" not in package:
        message = f"is not a workbook; {SAVE_AS}"
        raise UnreadableError(message)
    listener = _Attributes("Relationship")
    package.parse("_rels/.rels", listener)
    targets = [
        given.get("Target", "") for _, given in listener.found if given.get("Type", "").endswith("/officeDocument")
    ]
    main = _resolve(PurePosixPath(), targets[0]) if targets else ""
    if not main.endswith(".xml") or main not in package or "word/" in main or "ppt/" in main:
        message = f"is not a workbook of the kind .xlsx; {SAVE_AS}"
        raise UnreadableError(message)
    return main


def _resolve(folder: PurePosixPath, target: str) -> str:
    """Return the name of the part that a relationship names."""
    if target.startswith("/"):
        return target.strip("/")
    steps: list[str] = []
    for step in (folder / target).parts:
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _find_sheets(listed: list[dict[str, str]], related: dict[str, tuple[str, str]]) -> Iterator[Part]:
    """Yield each sheet with cells."""
    for given in listed:
        reference = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
        kind, target = related.get(reference, ("", ""))
        if kind.endswith("/worksheet"):
            is_hidden = given.get("state", "visible") != "visible"
            yield Part(one_line(given.get("name", "").strip()), target, is_hidden)


class _Texts:
    """A listener that collects the shared texts, without the readings of Japanese ones."""

    def __init__(self) -> None:
        self.texts: list[str | None] = []
        self.parts: list[str] = []
        self.length = 0
        self.is_open = self.is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self.parts, self.length = [], 0
        elif name == "rPh":
            self.is_phonetic = True
        self.is_open = name == "t" and not self.is_phonetic

    def end(self, name: str) -> None:
        self.is_open = False
        if name == "rPh":
            self.is_phonetic = False
        elif name == "si":
            self.texts.append("".join(self.parts) if self.length <= LONGEST_TEXT else None)

    def text(self, text: str) -> None:
        if self.is_open:
            self.length += len(text)
            if self.length <= LONGEST_TEXT:
                self.parts.append(text)


def _read_texts(package: Package, part: str | None) -> list[str | None]:
    """Return the texts that cells share; None for one that is too long."""
    listener = _Texts()
    if part is not None:
        package.parse(part, listener)
    return listener.texts


class _Styles:
    """A listener that collects the number format of each style of cells."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.styles: list[str] = []
        self.is_open = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.is_open = True
        elif name == "xf" and self.is_open:
            self.styles.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_open = False

    def text(self, text: str) -> None:
        pass


def _read_styles(package: Package, part: str | None) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Return the styles that show dates, those that show per cent, and the format of each, by number as text."""
    listener = _Styles()
    if part is not None:
        package.parse(part, listener)
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()} | listener.formats
    shown = {number: codes.get(number, "") for number in set(listener.styles)}
    dates = {number for number, code in shown.items() if len(code) < LONGEST_TEXT and is_date_format(code)}
    percents = {number for number, code in shown.items() if "%" in _QUOTED.sub("", code)}
    return (
        frozenset(str(style) for style, number in enumerate(listener.styles) if number in dates),
        frozenset(str(style) for style, number in enumerate(listener.styles) if number in percents),
        {
            str(style): shown[number]
            for style, number in enumerate(listener.styles)
            if len(shown[number]) < _LONGEST_FORMAT
        },
    )
