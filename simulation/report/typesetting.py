"""Documents as tagged PDF (PDF/UA-1), set by typst in the typeface of the charts.

All text is passed as data and never read as markup. No font of the machine is used, so every machine sets the same.
"""

import json
from typing import Any

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import font_folders
from simulation.extras import check_installed


def typeset(template: bytes, **data: Any) -> bytes:
    """Return a document as the bytes of a .pdf file.

    Args:
        template: The typst source.
        **data: Plain data by the name under which the template reads it, as JSON, from its inputs. Letters that XML
            cannot hold are left out.

    Raises:
        MissingPackageError: If typst is not installed.
    """
    check_installed("a PDF", "typst")
    import typst

    compile_document: Any = typst.compile
    inputs = {name: json.dumps(_safe(value), ensure_ascii=False) for name, value in data.items()}
    written = compile_document(
        template,
        sys_inputs=inputs,
        font_paths=font_folders(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return bytes(written)


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return xml_safe(value)
    if isinstance(value, dict):
        return {key: _safe(part) for key, part in value.items()}
    return [_safe(part) for part in value] if isinstance(value, list | tuple) else value
