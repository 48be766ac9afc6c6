"""The page's scripts joined into one: each module in a function scope of its own, after those that it imports.

A browser loads no module from a file:// address, so the page holds one plain script. Modules keep to a few rules, by
which they can be joined without a tool: an import begins a line and names what it takes, an export begins a line and
declares a function, a class or a constant, no two modules import each other, and nothing waits outside a function.
Comments that begin a line, indents and empty lines are left out, which takes half of the size; so no text of several
lines may hold a comment, an indent or an empty line that matters.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

_IMPORT = re.compile(r'^import\s*\{([^{}]*)\}\s*from\s*"\./([\w-]+\.js)";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|class\b|const\b)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:(?:async )?function\*?|class|const) ([A-Za-z_$][\w$]*)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)

_OWN_LINE = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)", re.DOTALL | re.MULTILINE)

_INDENT = re.compile(r"^\s+", re.MULTILINE)
"""White space at the beginning of a line, and all empty lines before it."""

_FORBIDDEN = {
    re.compile(r"^import\b", re.MULTILINE): 'write an import as import { name, other } from "./module.js";',
    re.compile(r"^export\b", re.MULTILINE): "export only function, async function, class or const, with its name",
    re.compile(r"^(?:for )?await\b|^(?:const|let|var)[^\n]*=\s*await\b", re.MULTILINE): (
        "await stands outside a function; wait in an async function"
    ),
    re.compile(r"\bimport\.meta\b"): "import.meta does not exist in the page; leave it out",
    re.compile(r"\bimport\s*\("): "import(…) loads a file, and the page loads none; import at the top",
}
"""Forbidden parts of a module without its imports and exports, each with what to do instead."""

_ENDS_SCRIPT = re.compile(r"</script|<!--", re.IGNORECASE)


class BundleError(ValueError):
    """Modules that cannot be joined: a line for each mistake, as `file:line: what`."""


class _Mistake(NamedTuple):
    """A place in a module's text, and what is wrong there."""

    at: int
    what: str


class _Import(NamedTuple):
    """Names that a module takes from another; `at` is where, counted in letters."""

    names: tuple[str, ...]
    module: str
    at: int


@dataclass(frozen=True)
class _Module:
    """A module's text, and what is read from it.

    Attributes:
        name: Its file, such as engine.js.
        text: As it was written.
        code: The same with comments blanked, so that lines and letters stand where they stood.
    """

    name: str
    text: str
    code: str = field(repr=False)

    @property
    def imports(self) -> list[_Import]:
        """Its imports in order; a name that is no name is left to `_mistakes`."""
        return [_Import(tuple(_names(found[1])), found[2], found.start()) for found in _IMPORT.finditer(self.code)]

    @property
    def exports(self) -> list[str]:
        """The names that it exports, in order."""
        return _EXPORTED.findall(self.code)

    def located(self, mistake: _Mistake) -> str:
        """Return a mistake with its file and line."""
        return f"{self.name}:{self.text.count(chr(10), 0, mistake.at) + 1}: {mistake.what}"


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """Return a script that does what a module does, without any other file.

    Args:
        modules: The text of each module by the name of its file; those that the entry does not need are left out.
        entry: The module that starts.

    Raises:
        BundleError: If a module breaks a rule, or imports what does not exist.
    """
    parsed = {name: _Module(name, text, _COMMENT.sub(_blank, text)) for name, text in modules.items()}
    if entry not in parsed:
        message = f"{entry}: no such module"
        raise BundleError(message)
    needed = _in_order(parsed, entry)
    mistakes = [module.located(each) for module in needed for each in sorted(_mistakes(module, parsed))]
    if mistakes:
        raise BundleError("\n".join(mistakes))
    return '"use strict";\n' + "".join(_wrap(module) for module in needed)


def read_modules(folder: Path) -> dict[str, str]:
    """Return the text of every module of a folder by the name of its file, in alphabetical order.

    Args:
        folder: Where the .js files are.
    """
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


def _in_order(parsed: Mapping[str, _Module], entry: str) -> list[_Module]:
    """Return a module after all that it imports, each once; a module that does not exist is left to `_mistakes`."""
    done: dict[str, _Module] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        for each in parsed[name].imports:
            if each.module in (*path, name):
                circle = " → ".join([*path, name, each.module][[*path, name].index(each.module) :])
                message = parsed[name].located(_Mistake(each.at, f"modules import each other: {circle}"))
                raise BundleError(message)
            if each.module in parsed and each.module not in done:
                visit(each.module, (*path, name))
        done[name] = parsed[name]

    visit(entry, ())
    return list(done.values())


def _mistakes(module: _Module, parsed: Mapping[str, _Module]) -> Iterator[_Mistake]:
    """Find what breaks the rules in a module."""
    for each in module.imports:
        if each.module not in parsed:
            yield _Mistake(each.at, f"{each.module}: no such module")
            continue
        for name in each.names:
            if not _NAME.fullmatch(name):
                yield _Mistake(each.at, f"{name!r}: import names as they are exported")
            elif name not in parsed[each.module].exports:
                yield _Mistake(each.at, f"{each.module} does not export {name}")
    rest = _EXPORTED.sub(_blank, _IMPORT.sub(_blank, module.code))
    for pattern, what in _FORBIDDEN.items():
        yield from (_Mistake(found.start(), what) for found in pattern.finditer(rest))
    for found in _ENDS_SCRIPT.finditer(module.text):
        yield _Mistake(found.start(), f"{found[0]} would end the script in the page; break it into two texts")


def _wrap(module: _Module) -> str:
    """Return a module as a function that is called at once and returns what it exports.

    Imports come first, because modules know them in all of their lines. A comment names the module and what is left of
    a line stays a line, so that a mistake in the browser can be found in the module.
    """
    imports = "".join(f"const {{ {', '.join(each.names)} }} = {_variable(each.module)}; " for each in module.imports)
    body = module.text
    left_out = [found.span() for pattern in (_IMPORT, _EXPORT) for found in pattern.finditer(module.code)]
    for start, end in sorted(left_out, reverse=True):
        body = body[:start] + body[end:]
    body = _INDENT.sub("", _OWN_LINE.sub("", body))
    returned = f"return {{ {', '.join(module.exports)} }};\n" if module.exports else ""
    return f"const {_variable(module.name)} = (() => {{ {imports}// {module.name}\n{body.rstrip()}\n{returned}}})();\n"


def _variable(name: str) -> str:
    """Return the variable that holds what a module exports."""
    return "$" + PurePosixPath(name).stem.replace("-", "_")


def _names(inside: str) -> Iterator[str]:
    return (name for name in (part.strip() for part in inside.split(",")) if name)


def _blank(found: re.Match[str]) -> str:
    """Return spaces in place of a text, its line ends kept."""
    return re.sub(r"[^\n]", " ", found[0])
