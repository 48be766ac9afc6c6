"""Files that are no workbook, are damaged, or would take all memory: one message each, and soon."""

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation.limits import MOST_BYTES
from simulation.scenario.loading import find_problems
from tests.scenario.workbook.books import make_book
from tests.waiting import PATIENCE

pytestmark = pytest.mark.unit

MEGABYTE = 2**20
SHEET = "xl/worksheets/sheet3.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
SAVE = "save it from Excel or LibreOffice as Excel Workbook (.xlsx)"
DAMAGED = "is damaged; open it in Excel or LibreOffice, look through it and save it again"


def repacked(change: Callable[[dict[str, bytes]], object], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook whose parts are changed."""
    with zipfile.ZipFile(io.BytesIO(make_book())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def with_rows(rows: bytes) -> bytes:
    """A workbook with other rows on its third sheet."""
    return repacked(lambda parts: parts.update({SHEET: HEAD + rows + TAIL}))


def with_lies(content: bytes) -> bytes:
    """A workbook whose directory says that each part has ten bytes."""
    changed, place = bytearray(content), 0
    while (place := changed.find(b"PK\x01\x02", place)) != -1:
        changed[place + 24 : place + 28] = struct.pack("<I", 10)
        place += 4
    return bytes(changed)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty; `trustsim new NAME --xlsx` writes a workbook to start from"),
    "text": (lambda: b"title: A place", f"is not a workbook; {SAVE}"),
    "password": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        f"is protected by a password, or is of an old kind (.xls); without a password, {SAVE}",
    ),
    "cut": (lambda: make_book()[:9000], DAMAGED),
    "opendocument": (
        lambda: repacked(lambda parts: parts.update(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
        f"is an OpenDocument file; {SAVE}",
    ),
    "no workbook part": (
        lambda: repacked(lambda parts: parts.pop("xl/workbook.xml")),
        f"is not a workbook of the kind .xlsx; {SAVE}",
    ),
    "another zip": (lambda: repacked(lambda parts: parts.pop("[Content_Types].xml")), f"is not a workbook; {SAVE}"),
    "packed otherwise": (lambda: repacked(lambda _: None, zipfile.ZIP_LZMA), DAMAGED),
    "too large": (
        lambda: bytes(MOST_BYTES + 1),
        "is larger than 20 MB; remove pictures, and the sheets that are not needed",
    ),
    "bomb": (
        lambda: repacked(lambda parts: parts.update({"xl/media/a.png": bytes(210 * MEGABYTE)})),
        "is more than 200 MB once unpacked; remove pictures, and the rows, columns and sheets that are not needed",
    ),
    "lying directory": (lambda: with_lies(with_rows(b" " * MEGABYTE)), DAMAGED),
}

SHEETS: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (
        lambda: repacked(lambda parts: parts.update({SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD + TAIL})),
        DAMAGED,
    ),
    "one long token": (lambda: with_rows(b'<row a="' + b"x" * 9 * MEGABYTE + b'"/>'), DAMAGED),
    "deep": (lambda: with_rows(b"<a>" * 1000), DAMAGED),
    "a row that no sheet has": (lambda: with_rows(b'<row r="99999999999"/>'), DAMAGED),
    "styled to the last row": (
        lambda: with_rows(b'<row s="1"/>' * 600_000),
        "holds more than 500,000 cells and rows, most of them empty; "
        "delete the rows and columns that only have a format",
    ),
    "too many entries": (
        lambda: with_rows(b"<row>" + b"<c><v>1</v></c>" * 210_000 + b"</row>"),
        "holds more than 200,000 entries; remove those that do not describe the place",
    ),
}


@pytest.mark.parametrize(("write", "expected"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_gets_one_message(mistakes, write, expected):
    assert mistakes(write()) == [f"a.xlsx: {expected}"]


@pytest.mark.parametrize(("write", "expected"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_that_cannot_be_read_gets_one_message(mistakes, write, expected):
    assert mistakes(write()) == [f"a.xlsx: Organisations: {expected}"]


def test_text_of_one_sheet_may_be_long_without_being_kept(mistakes):
    long = b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c></row>"
    expected = "a.xlsx: Organisations!A3: the heading holds a text of more than 32,767 characters; shorten it"
    assert expected in mistakes(with_rows(long))


MEASURE = """
import sys
from simulation.scenario.loading import find_problems
find_problems(sys.argv[1])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory was used")
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
def test_the_largest_file_takes_little_memory(tmp_path, part):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        with zipfile.ZipFile(io.BytesIO(make_book())) as old:
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
        with new.open(part, "w", force_zip64=True) as stream:
            stream.write(HEAD + b"<row><c t='inlineStr'><is><t>")
            for _ in range(180):
                stream.write(b"x" * MEGABYTE)
            stream.write(b"</t></is></c></row>" + TAIL)
    command = (sys.executable, "-c", MEASURE, str(tmp_path / "a.xlsx"))
    kilobytes = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
    assert int(kilobytes) < 400 * 1024


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".xlsb", ".ods", ".csv"])
def test_other_kinds_of_workbooks_are_refused_by_name(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(make_book())
    (problem,) = find_problems(path, path.name)
    how = "save it in Excel or LibreOffice as Excel Workbook (.xlsx)"
    assert str(problem) == f"a{suffix}: is of a kind ({suffix}) that is not read; {how}"
