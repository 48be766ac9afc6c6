"""A dictionary that refuses change, so that a scenario stays as it was loaded."""

from typing import Any, NoReturn, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

Key = TypeVar("Key")
Value = TypeVar("Value")


class FrozenDict(dict[Key, Value]):
    """A dictionary that raises `TypeError` on every attempt to change it."""

    def _refuse(self, *_args: Any, **_options: Any) -> NoReturn:
        message = "a loaded scenario cannot be changed; write a file that extends it"
        raise TypeError(message)

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate as a dictionary, then freeze."""
        key, value = source.__args__
        return core_schema.no_info_after_validator_function(cls, handler.generate_schema(dict[key, value]))  # type: ignore[valid-type]
