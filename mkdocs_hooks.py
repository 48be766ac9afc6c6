"""Make a site of the documents: pages written from files outside `docs`, notebooks among them, and links out of it.

The documents are also read in the repository, so links in them lead to files as they lie there. On the site a link to
a file that has a page leads to the page, and any other file outside `docs` is named in place of the link.
"""

import json
import posixpath
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from simulation.cli.main import app

ROOT = Path(__file__).parent

PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/RESULTS.md": "benchmarks.md",
    "notebooks/README.md": "notebooks.md",
    "README.md": "index.md",
    "docs/adr": "adr/index.md",
}
"""Files and folders outside the pages, and the page that shows each."""

NOTEBOOKS = {f"notebooks/{path.name}": f"notebooks/{path.stem}.md" for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
"""Each notebook, and the page that shows it with the outputs that it keeps."""

PAGES |= NOTEBOOKS
_COPIED = [source for source, page in PAGES.items() if source.endswith(".md") and page != "index.md"]
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
_FENCE = re.compile(r"(^```.*?^```$|^ {4}.*?$)", re.DOTALL | re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List each decision and each notebook in the navigation."""
    decisions = [f"adr/{path.name}" for path in _decisions()]
    for section in config.nav or ():
        for entries in section.values():
            for entry in entries:
                if isinstance(entry, dict) and entry.get("Decisions") == "adr/":
                    entry["Decisions"] = ["adr/index.md", *decisions]
                if isinstance(entry, dict) and entry.get("Notebooks") == "notebooks.md":
                    entry["Notebooks"] = ["notebooks.md", *NOTEBOOKS.values()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made of other files and of the commands' help."""
    for source in _COPIED:
        files.append(File.generated(config, PAGES[source], content=(ROOT / source).read_text(encoding="utf-8")))
    for source, page in NOTEBOOKS.items():
        text, pictures = notebook_page(json.loads((ROOT / source).read_text(encoding="utf-8")), page)
        files.append(File.generated(config, page, content=text))
        for name, picture in pictures.items():
            files.append(File.generated(config, name, content=picture))
    files.append(File.generated(config, "adr/index.md", content=decisions_page()))
    files.append(File.generated(config, "reference/commands.md", content=commands_page()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Lead each link to its page, or name the file that has none."""
    shown = page.file.src_uri
    source = next(
        (source for source, made in PAGES.items() if made == shown and source in (*_COPIED, *NOTEBOOKS)),
        f"docs/{shown}",
    )
    parts = _FENCE.split(markdown)
    return "".join(part if number % 2 else with_links(part, source, shown) for number, part in enumerate(parts))


def with_links(text: str, source: str, shown: str) -> str:
    """Return text in which links work on the site.

    Args:
        text: Markdown without blocks of code.
        source: The file it stands in, from the root of the repository.
        shown: The page that shows it, from the root of the site.
    """

    def replaced(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        if path in PAGES:
            path = f"docs/{PAGES[path]}"
        if path.startswith("docs/"):
            relative = posixpath.relpath(path.removeprefix("docs/"), posixpath.dirname(shown) or ".")
            return f"[{words}]({relative}{anchor})"
        return words if path in words.replace("`", "").rstrip("/") else f"{words} (`{path}`)"

    return _LINK.sub(replaced, text)


def notebook_page(notebook: dict[str, Any], page: str) -> tuple[str, dict[str, bytes]]:
    """Return a notebook as a page, and its pictures by path.

    Args:
        notebook: The notebook as it is stored, with its outputs.
        page: The path of the page, from the root of the site.
    """
    parts: list[str] = []
    pictures: dict[str, bytes] = {}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            data = {kind: "".join(text) for kind, text in output.get("data", {}).items()}
            plain = data.get("text/plain", "".join(output.get("text", "")))
            if "image/png" in data:
                name = f"{page.removesuffix('.md')}-{len(pictures) + 1}.png"
                pictures[name] = b64decode(data["image/png"])
                parts.append(f"![{_alternative(plain)}]({posixpath.basename(name)})")
            else:
                parts.append(_table_of(data.get("text/html", "")) or f"```text\n{plain.rstrip()}\n```")
    return "\n\n".join(parts) + "\n", pictures


def _alternative(plain: str) -> str:
    """Return the words for those who cannot see a picture; a figure that has none is named as such."""
    return "A figure" if plain.startswith("<") else " ".join(plain.split()).replace("[", "(").replace("]", ")")


def _table_of(html: str) -> str:
    """Return the table in a cell's output on one line, without its own looks; empty if there is none."""
    found = re.search(r"<table.*</table>", html, re.DOTALL)
    return " ".join(re.sub(r' (?:border="1"|class="dataframe")', "", found[0]).split()) if found else ""


def decisions_page() -> str:
    """Return the list of decisions."""
    titles = ((path.name, *_title(path).split(" ", 1)) for path in _decisions())
    lines = (f"| {number} | [{title}]({name}) |" for name, number, title in titles)
    head = "# Decisions\n\nEach is a choice that a newcomer would question, with its reason and its price.\n\n"
    return head + "| | decision |\n|---|---|\n" + "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return the commands with their help, as the program prints it."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="trustsim")
    parts = ["# Commands\n", "What `trustsim --help` and `trustsim COMMAND --help` print.\n", *_help_of(group, context)]
    for name in group.list_commands(context):
        command = group.resolve_command(context, [name])[1]
        parts.append(f"## trustsim {name}\n")
        parts += _help_of(command, typer.Context(command, info_name=name, parent=context))
    return "\n".join(parts)


def _help_of(command: Any, context: typer.Context) -> Iterator[str]:
    context.terminal_width = 100
    context.max_content_width = 100
    yield f"```text\n{command.get_help(context)}\n```\n"


def _decisions() -> list[Path]:
    return sorted((ROOT / "docs/adr").glob("[0-9]*.md"))


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
