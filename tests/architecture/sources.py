"""The package's sources as syntax trees, and questions to ask of them."""

import ast
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "simulation"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """A module's path within the package, such as model/rules/stance.py."""
    return path.relative_to(PACKAGE).as_posix()


def modules_in(*folders: str) -> list[Path]:
    """The modules in some folders, or the files so named."""
    return [
        path
        for path in MODULES
        if any(name_of(path) == folder or name_of(path).startswith(f"{folder}/") for folder in folders)
    ]


def offences(find: Callable[[Path], Collection[object]], modules: Iterable[Path] = MODULES) -> dict[str, object]:
    """Return what is found in each module where anything is, by the module's name.

    A test for each of hundreds of modules would take longer to hand out and report than to run.
    """
    return {name_of(path): found for path in modules if (found := find(path))}


@cache
def tree_of(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The modules that a module imports, wherever in it, those for type checking included."""
    return tuple(_imports_in(path))


def _imports_in(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            yield str(node.module)


def packages_of(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    return {name.split(".")[0] for name in imports_of(path)}


def functions_of(path: Path) -> Iterator[tuple[str, Function]]:
    """A module's functions and methods with their dotted names, those inside functions included."""

    def walk(node: ast.AST, within: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            named = isinstance(child, Function | ast.ClassDef)
            inside = f"{within}.{child.name}".lstrip(".") if named else within
            if isinstance(child, Function):
                yield inside, child
            yield from walk(child, inside)

    yield from walk(tree_of(path), "")


def has_docstring(node: ast.AST) -> bool:
    """True if a module, class or function has a docstring."""
    return isinstance(node, Function | ast.ClassDef | ast.Module) and bool(ast.get_docstring(node))


def lines_of_code(function: Function) -> int:
    """Lines of a function's body without its docstring, comments and blank lines."""
    body = function.body[1:] if has_docstring(function) else function.body
    return len(
        {line for statement in body for node in ast.walk(statement) if hasattr(node, "lineno") for line in _span(node)}
    )


def _span(node: ast.AST) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)  # type: ignore[attr-defined]


def names_used(path: Path, enumeration: str) -> set[str]:
    """Members of an enumeration that a module speaks of, such as MEETING in `Weight.MEETING`."""
    return {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == enumeration
    }


def calls_in(node: ast.AST) -> Iterator[str]:
    """Return the last name of each function that is called."""
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            if isinstance(child.func, ast.Name):
                yield child.func.id
            elif isinstance(child.func, ast.Attribute):
                yield child.func.attr
