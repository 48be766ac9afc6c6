"""Open a workbook file within limits, so that no file takes all memory or never ends.

A workbook is a zip of XML parts. Sizes are looked at before anything is unpacked and counted while it is, because the
directory of a zip can be wrong. Only the parts that are asked for are unpacked, a piece at a time.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

MEGABYTE = 2**20
MOST_UNPACKED = 200 * MEGABYTE
"""The most that all parts of a file may be once unpacked."""
MOST_PARTS = 10_000
MOST_ELEMENTS = 500_000
"""The most XML elements that are read from one file, so that reading takes seconds."""

_CHUNK = 2**16
_LONGEST_TOKEN = MEGABYTE
_DEEPEST = 100
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 1
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, IndexError, OSError, ValueError)

SAVE_AS = "save it from Excel or LibreOffice as Excel Workbook (.xlsx)"
DAMAGED = "is damaged; open it in Excel or LibreOffice, look through it and save it again"


class UnreadableError(Exception):
    """An error for a file that cannot be read as a workbook; its text says why."""

    sheet: str | None = None
    """The sheet that is at fault; None for the file as a whole."""


class Listener(Protocol):
    """Receives the elements of an XML part, by names without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Receive the beginning of an element."""

    def end(self, name: str) -> None:
        """Receive the end of an element."""

    def text(self, text: str) -> None:
        """Receive a piece of the text within an element."""


class Package:
    """The parts of a workbook file, by name in lower case."""

    def __init__(self, content: bytes) -> None:
        """Look at the directory of a file.

        Args:
            content: The file, at most `limits.MOST_BYTES` long.

        Raises:
            UnreadableError: If the file is no zip, or would be too much once unpacked.
        """
        if content.startswith(_OLE):
            message = f"is protected by a password, or is of an old kind (.xls); without a password, {SAVE_AS}"
            raise UnreadableError(message)
        if not content:
            message = "is empty; `trustsim new NAME --xlsx` writes a workbook to start from"
            raise UnreadableError(message)
        if not content.startswith(b"PK"):
            message = f"is not a workbook; {SAVE_AS}"
            raise UnreadableError(message)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (*_ZIP_ERRORS, RuntimeError) as error:
            raise UnreadableError(DAMAGED) from error
        parts = self._zip.infolist()
        self._parts = {part.filename.replace("\\", "/").strip("/").lower(): part for part in parts}
        self._unpacked = self._elements = 0
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UnreadableError(_too_large())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read_small(self, name: str, most: int = 200) -> bytes:
        """Return the beginning of a part; nothing if there is no such part."""
        return next(self._chunks(name), b"")[:most] if name in self else b""

    def parse(self, name: str, listener: Listener) -> None:
        """Send the elements of a part to a listener.

        Args:
            name: The part.
            listener: The object that receives them.

        Raises:
            UnreadableError: If the part is missing, damaged or too much.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._counted(listener)
        parser.CharacterDataHandler = listener.text
        # Entities can only be declared in a document type: without one there are no bombs and no other files.
        parser.StartDoctypeDeclHandler = _refuse_document_type
        fed = 0
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
                fed += len(chunk)
                # Expat reads a token again with each chunk until it has all of it, which takes very long if it is long.
                if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise UnreadableError(DAMAGED)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableError(DAMAGED) from error

    def _counted(self, listener: Listener) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """Return handlers that count elements and their depth before they pass them on."""
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > _DEEPEST:
                raise UnreadableError(DAMAGED)
            if self._elements > MOST_ELEMENTS:
                message = (
                    f"holds more than {MOST_ELEMENTS:,} cells and rows, most of them empty; "
                    "delete the rows and columns that only have a format"
                )
                raise UnreadableError(message)
            listener.start(name.rpartition(":")[2], attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            listener.end(name.rpartition(":")[2])

        return start, end

    def _chunks(self, name: str) -> Iterator[bytes]:
        part = self._parts.get(name.lower())
        if part is None or part.compress_type not in _PACKED or part.flag_bits & _ENCRYPTED:
            raise UnreadableError(DAMAGED)
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > MOST_UNPACKED:
                        raise UnreadableError(_too_large())
                    yield chunk
        except (*_ZIP_ERRORS, RuntimeError) as error:
            raise UnreadableError(DAMAGED) from error


def _too_large() -> str:
    return (
        f"is more than {MOST_UNPACKED // MEGABYTE} MB once unpacked; "
        "remove pictures, and the rows, columns and sheets that are not needed"
    )


def _refuse_document_type(*_declaration: object) -> None:
    raise UnreadableError(DAMAGED)
