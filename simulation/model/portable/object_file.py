"""A module from an object file: functions are exported, the stack is the module's own, and the memory is imported.

The object file of a single module numbers its functions and places its data as a module does, so its code is kept.
Source: the WebAssembly core specification, and "WebAssembly Object File Linking" of the tool conventions.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

STACK_TOP = 65536
"""Address at which the stack begins, growing down; the memory from here on is the caller's."""

_CUSTOM, _TYPE, _IMPORT, _FUNCTION, _GLOBAL, _EXPORT, _CODE, _DATA_COUNT, _DATA = 0, 1, 2, 3, 6, 7, 10, 12, 11
_IN_ORDER = (_TYPE, _IMPORT, _FUNCTION, _GLOBAL, _EXPORT, _DATA_COUNT, _CODE, _DATA)
_HEADER = b"\0asm\x01\0\0\0"
_SYMBOLS, _FUNCTION_SYMBOL, _DATA_SYMBOL, _SECTION_SYMBOL = 8, 0, 1, 3
_UNDEFINED, _NAMED = 0x10, 0x40
_MUTABLE_I32 = b"\x7f\x01"


class _Symbol(NamedTuple):
    kind: int
    flags: int
    number: int
    name: str


class _Reader:
    """A position in bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def __bool__(self) -> bool:
        return self.at < len(self.data)

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    def take(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]

    def text(self) -> str:
        return self.take(self.number()).decode()


def link(object_file: bytes, exported: Collection[str]) -> bytes:
    """Return the module.

    Args:
        object_file: Of one module, for wasm32.
        exported: The functions to export.

    Raises:
        RuntimeError: If a symbol is undefined, a function to export is missing, or more than a memory and the stack
            pointer is imported.
    """
    sections, symbols = _read(object_file)
    functions = {each.name: each.number for each in symbols if each.kind == _FUNCTION_SYMBOL}
    undefined = {each.name for each in symbols if each.kind == _DATA_SYMBOL and each.flags & _UNDEFINED}
    if wrong := sorted(undefined | (set(exported) - set(functions))):
        message = f"not defined in the object file: {', '.join(wrong)}"
        raise RuntimeError(message)
    has_stack = _check_imports(sections.get(_IMPORT, b"\0"))
    sections[_IMPORT] = b"\x01" + _text("env") + _text("memory") + b"\x02\x00\x01"
    if has_stack:
        sections[_GLOBAL] = b"\x01" + _MUTABLE_I32 + b"\x41" + _signed(STACK_TOP) + b"\x0b"
    sections[_EXPORT] = _number(len(exported)) + b"".join(
        _text(name) + b"\x00" + _number(functions[name]) for name in sorted(exported)
    )
    parts = [bytes([kind]) + _number(len(sections[kind])) + sections[kind] for kind in _IN_ORDER if kind in sections]
    return _HEADER + b"".join(parts)


def _read(object_file: bytes) -> tuple[dict[int, bytes], list[_Symbol]]:
    """Return the sections by kind, custom ones left out, and the symbols."""
    reader, sections, symbols = _Reader(object_file), dict[int, bytes](), list[_Symbol]()
    if reader.take(len(_HEADER)) != _HEADER:
        message = "this is not a WebAssembly object file"
        raise RuntimeError(message)
    while reader:
        kind, content = reader.byte(), reader.take(reader.number())
        if kind != _CUSTOM:
            sections[kind] = content
            continue
        custom = _Reader(content)
        if custom.text() == "linking":
            symbols = list(_symbols(custom))
    if odd := set(sections) - set(_IN_ORDER):
        message = f"the object file has sections of kinds that are not understood: {sorted(odd)}"
        raise RuntimeError(message)
    return sections, symbols


def _symbols(linking: _Reader) -> Iterator[_Symbol]:
    linking.number()  # the version
    while linking:
        kind, content = linking.byte(), _Reader(linking.take(linking.number()))
        if kind != _SYMBOLS:
            continue
        for _ in range(content.number()):
            yield _symbol(content)


def _symbol(content: _Reader) -> _Symbol:
    kind, flags = content.byte(), content.number()
    if kind == _DATA_SYMBOL:
        name = content.text()
        if not flags & _UNDEFINED:
            _segment, _offset, _size = content.number(), content.number(), content.number()
        return _Symbol(kind, flags, -1, name)
    number = content.number()
    is_named = kind != _SECTION_SYMBOL and (not flags & _UNDEFINED or flags & _NAMED)
    return _Symbol(kind, flags, number, content.text() if is_named else "")


def _check_imports(imports: bytes) -> bool:
    """Return true if the stack pointer is imported.

    Raises:
        RuntimeError: If anything but it and a memory is.
    """
    reader, found = _Reader(imports), set()
    for _ in range(reader.number()):
        _module, name, kind = reader.text(), reader.text(), reader.byte()
        found.add(name)
        if name == "__linear_memory" and kind == 2:
            flags = reader.number()
            _limits = [reader.number() for _ in range(2 if flags & 1 else 1)]
        elif name == "__stack_pointer" and kind == 3 and reader.take(2) == _MUTABLE_I32:
            continue
        else:
            message = f"the object file imports {name}, and not only a memory and the stack pointer"
            raise RuntimeError(message)
    return "__stack_pointer" in found


def _number(number: int) -> bytes:
    """Return an unsigned number as LEB128."""
    parts = bytearray()
    while number >= 0x80:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def _signed(number: int) -> bytes:
    """Return a number, 0 or more, as signed LEB128: the sign bit of the last byte is 0."""
    parts = bytearray()
    while number >= 0x40:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def _text(text: str) -> bytes:
    return _number(len(text.encode())) + text.encode()
