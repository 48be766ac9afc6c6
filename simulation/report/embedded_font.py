"""The typeface inside a Word document, so that its letters are the same where it is not installed."""

from hashlib import blake2b
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from simulation.charts.drawing.typeface import FAMILY, WEIGHTS, face_file

FALLBACK = "Arial"
"""The family for a reader that does not take embedded typefaces, such as some on phones."""

_SCRAMBLED = 32
"""The leading bytes of an embedded typeface that are combined with its key."""

_NAMES = {"Regular": "w:embedRegular", "Bold": "w:embedBold"}
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def embed_typeface(document: Any) -> None:
    """Put the faces of the typeface into a document, as ECMA-376 part 4 says (17.8.1).

    Args:
        document: A python-docx document.
    """
    table_part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(table_part.blob)
    font = OxmlElement("w:font", {qn("w:name"): FAMILY})
    for name, attributes in {
        "w:altName": {qn("w:val"): FALLBACK},
        "w:family": {qn("w:val"): "swiss"},
        "w:pitch": {qn("w:val"): "variable"},
    }.items():
        font.append(OxmlElement(name, attributes))
    for weight, face in WEIGHTS.items():
        key = blake2b(f"{FAMILY} {face}".encode(), digest_size=16).hexdigest().upper()
        name = PackURI(f"/word/fonts/{face.lower()}.odttf")
        part = Part(name, _FONT_TYPE, scrambled(face_file(weight).read_bytes(), key), document.part.package)
        relation = table_part.relate_to(part, _FONT_RELATION)
        font.append(
            OxmlElement(
                _NAMES[face],
                {
                    qn("r:id"): relation,
                    qn("w:fontKey"): _as_guid(key),
                },
            )
        )
    table.append(font)
    table_part._blob = serialize_part_xml(table)
    settings = document.settings.element
    earlier = [number for number, each in enumerate(settings) if each.tag in {qn("w:view"), qn("w:zoom")}]
    settings.insert(max(earlier, default=-1) + 1, OxmlElement("w:embedTrueTypeFonts"))


def _as_guid(key: str) -> str:
    return f"{{{'-'.join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))}}}"


def scrambled(face: bytes, key: str) -> bytes:
    """Return a typeface's file with its first bytes combined with a key; done twice it is the file again.

    Args:
        face: The file.
        key: 32 hexadecimal digits.
    """
    pattern = bytes.fromhex(key)[::-1] * (_SCRAMBLED // 16)
    head = bytes(byte ^ other for byte, other in zip(face, pattern, strict=False))
    return head + face[_SCRAMBLED:]
