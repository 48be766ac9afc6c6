"""Office files are zip archives; the same content is to give the same bytes, so no clock is written into them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NEVER = (1980, 1, 1, 0, 0, 0)


def without_clock(archive: bytes) -> bytes:
    """The same archive with every member dated alike, in the same order.

    Args:
        archive: A zip file.
    """
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(ZipInfo(member.filename, _NEVER), source.read(member), ZIP_DEFLATED, 6)
    return written.getvalue()
