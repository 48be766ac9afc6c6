"""The source of the kernel as it is in memory, even if the files have changed since.

Machine code is kept under a fingerprint of that source. Each call of the kernel compares it with the loaded source,
because IPython's autoreload changes the rules of the agents but not machine code. Imports no numba.
"""

import sys
from collections.abc import Iterator
from enum import EnumMeta
from hashlib import blake2b
from types import CodeType, FunctionType, ModuleType
from typing import Any

_OURS = __name__.partition(".")[0]


class SourceChangedError(RuntimeError):
    """A part of the model was loaded again after the compiled engine had been made from it."""

    def __init__(self) -> None:
        super().__init__("the model's source has changed since it was imported: restart Python")


class LoadedSource:
    """The source of the compiled engine, as it was in memory when this object was made.

    Args:
        roots: Functions, plain or marked for numba, and settings; all that the functions use is included.

    Attributes:
        fingerprint: Sixteen hexadecimal digits that name it; documentation and line numbers do not change them.

    Raises:
        SourceChangedError: If a module was loaded again and others still use what it held before.
    """

    def __init__(self, roots: tuple[Any, ...]) -> None:
        self._roots = roots
        used, at_home = _Walk(), _Walk(at_home=True)
        self.fingerprint = used.fingerprint(roots)
        if at_home.fingerprint(roots) != self.fingerprint:
            raise SourceChangedError
        self._codes = used.codes | at_home.codes
        self._names = used.names | at_home.names

    def check(self) -> None:
        """Check that the same source is still loaded; this takes microseconds.

        Raises:
            SourceChangedError: If other source is loaded.
        """
        if self._is_untouched():
            return
        now = LoadedSource(self._roots)
        if now.fingerprint != self.fingerprint:
            raise SourceChangedError
        self._codes, self._names = now._codes, now._names

    def _is_untouched(self) -> bool:
        return all(function.__code__ is code for function, code in self._codes.items()) and all(
            space.get(name) is value for (_, name), (space, value) in self._names.items()
        )


class _Walk:
    """A walk from function to function along the names that they use.

    Args:
        at_home: Follow each function to the one that its module has under that name now, not to the imported one.
    """

    def __init__(self, *, at_home: bool = False) -> None:
        self.codes: dict[FunctionType, CodeType] = {}
        self.names: dict[tuple[int, str], tuple[dict[str, Any], Any]] = {}
        self._at_home = at_home
        self._met: dict[tuple[str, str, CodeType], int] = {}
        self._digest = blake2b(digest_size=8)

    def fingerprint(self, roots: tuple[Any, ...]) -> str:
        """Return sixteen hexadecimal digits for all that the roots use."""
        self._add(roots)
        return self._digest.hexdigest()

    def _say(self, *words: object) -> None:
        self._digest.update(repr(words).encode())

    def _add(self, value: Any) -> None:
        if isinstance(value, CodeType):
            self._add_code(value, None)
        elif isinstance(value, tuple | list | frozenset) and not hasattr(value, "_fields"):
            parts = sorted(value, key=repr) if isinstance(value, frozenset) else value
            self._say(type(value).__name__, len(value))
            for part in parts:
                self._add(part)
        elif isinstance(value, dict):
            self._add([*value.items()])
        elif isinstance(value, FunctionType) or isinstance(getattr(value, "py_func", None), FunctionType):
            self._add_function(value)
        elif isinstance(value, EnumMeta):
            self._say(value.__qualname__, {name: value[name].value for name in value.__members__})
        elif isinstance(value, type | ModuleType):
            self._say(getattr(value, "__qualname__", value.__name__), getattr(value, "_fields", None))
        else:
            self._say(type(value).__qualname__, value)

    def _add_function(self, marked: Any) -> None:
        """Add a function; a compiled one has the plain function and its options as attributes."""
        marked = self._home_of(marked) if self._at_home else marked
        function: FunctionType = getattr(marked, "py_func", marked)
        self.codes[function] = function.__code__
        met = function.__module__, function.__qualname__, function.__code__  # autoreload leaves two that are equal
        if met in self._met:
            self._say("met", self._met[met])
            return
        self._met[met] = len(self._met)
        if not _is_ours(function.__module__):
            self._say(function.__module__, function.__qualname__)
            return
        self._say(function.__qualname__, sorted(getattr(marked, "targetoptions", {}).items()))
        self._add_code(function.__code__, function.__doc__)
        self._add(function.__defaults__ or ())
        self._add([cell.cell_contents for cell in function.__closure__ or ()])
        self._add_names(function.__globals__, sorted(set(_names_in(function.__code__))))

    def _add_names(self, space: dict[str, Any], names: list[str]) -> None:
        """Add the objects that names stand for, attributes of our own modules included."""
        for name in names:
            if name not in space:
                continue
            value = space[name]
            self.names[id(space), name] = space, value
            self._say(name)
            self._add(value)
            if isinstance(value, ModuleType) and _is_ours(value.__name__):
                self._add_names(vars(value), [each for each in names if each != name])

    def _add_code(self, code: CodeType, documentation: str | None) -> None:
        self._say(code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
        self._say(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_exceptiontable)
        self._add([None if isinstance(each, str) and each == documentation else each for each in code.co_consts])

    def _home_of(self, marked: Any) -> Any:
        function = getattr(marked, "py_func", marked)
        module = sys.modules.get(function.__module__)
        name = function.__qualname__
        if not _is_ours(function.__module__) or module is None or name not in vars(module):
            return marked
        found = vars(module)[name]
        self.names[id(vars(module)), name] = vars(module), found
        return found


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == _OURS


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that code looks up outside itself, those of attributes among them."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)
