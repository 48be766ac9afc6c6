"""Take the pictures of docs/tutorial.md: `python -m tests.docs.tutorial_pictures`.

It runs the tutorial in a temporary folder, and needs LibreOffice and pdftoppm. tests/docs/test_tutorial.py holds the
alternative texts to what the tutorial types and runs.
"""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.utils import get_column_letter
from PIL import Image, ImageChops

from tests.docs.tutorial import ROOT, cells, commands, fill

PICTURES = ROOT / "docs/pictures"

MOST_BYTES = 150_000
"""The size that no picture may exceed."""

SHEETS = {"Organisations": "tutorial-organisations.png", "Saving in cost": "tutorial-saving.png"}
"""The sheets that are shown, each with its file."""

_WIDTH = 1300
_COLOURS = 64


def run_tutorial(folder: Path) -> dict[str, str]:
    """Run the tutorial's commands in a folder; return what each printed, by its first word.

    Args:
        folder: An empty folder.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    printed: dict[str, str] = {}
    for arguments in commands():
        words = [word for part in arguments for word in _expanded(folder, part)]
        done = subprocess.run(
            [sys.executable, "-m", "simulation", *words],
            cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if done.returncode:
            message = f"trustsim {' '.join(words)}: {done.stderr}"
            raise RuntimeError(message)
        key = arguments[0] if arguments[0] not in printed else " ".join(arguments[:3])
        printed[key] = done.stdout
        if arguments[0] == "new":
            fill(folder / "westmarsh.xlsx")
    return printed


def write_pictures() -> None:
    """Write all pictures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        run_tutorial(folder)
        for sheet, file in SHEETS.items():
            _write(_picture_of_sheet(folder / "westmarsh.xlsx", sheet), PICTURES / file)
        (results,) = (folder / "results/westmarsh").iterdir()
        _write(Image.open(results / "charts/trajectory.png"), PICTURES / "tutorial-gap.png")
        _write(_first_page(results / "board-paper.docx"), PICTURES / "tutorial-paper.png")


def _expanded(folder: Path, part: str) -> list[str]:
    """Return the paths that a pattern stands for, as a shell would."""
    return [str(path.relative_to(folder)) for path in folder.glob(part)] if "*" in part else [part]


def _picture_of_sheet(path: Path, name: str) -> Image.Image:
    """Return a sheet as it is printed, down to its last row with an entry."""
    book = openpyxl.load_workbook(path)
    for each in book.sheetnames:
        if each != name:
            book.remove(book[each])
    sheet = book[name]
    rows = len(next(rows for each, rows in cells() if each == name)) + 2
    columns = max(cell.column for cell in sheet[3] if cell.value is not None)
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
        part.text = None
    shown = path.with_name(f"{name}.xlsx".replace(" ", "-"))
    book.save(shown)
    return _first_page(shown, is_cropped=True)


def _first_page(path: Path, is_cropped: bool = False) -> Image.Image:
    """Return the first page of a document, by LibreOffice."""
    home = f"-env:UserInstallation={(path.parent / 'office').resolve().as_uri()}"
    office = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(office, check=True, capture_output=True)
    pages = ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", str(path.with_suffix(".pdf"))]
    page = Image.open(BytesIO(subprocess.run(pages, check=True, capture_output=True).stdout)).convert("RGB")
    if is_cropped:
        page = page.crop(ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox())
    return page


def _write(picture: Image.Image, path: Path) -> None:
    """Write a picture, as wide as a page of the documents and with few colours."""
    picture = picture.convert("RGB")
    picture.thumbnail((_WIDTH, _WIDTH), Image.Resampling.LANCZOS)
    picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    write_pictures()
