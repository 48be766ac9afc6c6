"""Tools that the writers of Word, PowerPoint and PDF files share."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NEVER = (1980, 1, 1, 0, 0, 0)


class TemplateError(Exception):
    """An error in a template."""


def dated_time(made: str) -> datetime:
    """Return a day YYYY-MM-DD as a time, as office files need; 2000-01-01 if it is not a day."""
    try:
        return datetime.fromisoformat(made)
    except ValueError:
        return datetime(2000, 1, 1)


def without_clock(archive: bytes) -> bytes:
    """Return a zip archive with one fixed date on every member, so that the same content gives the same bytes.

    Args:
        archive: A zip file, such as a .docx or a .pptx.
    """
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(ZipInfo(member.filename, _NEVER), source.read(member), ZIP_DEFLATED, 6)
    return written.getvalue()
