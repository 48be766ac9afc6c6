"""A sheet of a place's workbook and its columns, as `sheets` lists them: headings, fields, types and choices."""

from enum import StrEnum
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel

from simulation.scenario.evidence import Number
from simulation.scenario.fields import annotations_of, mapped_in, number_in, split


class Choices(StrEnum):
    """The words that a cell may hold, for a drop-down list."""

    ORGANISATIONS = "organisations"
    COMMISSIONERS = "commissioners"
    PROVIDERS = "providers"
    PROGRAMMES = "programmes"
    ROLES = "roles"
    PAYMENTS = "payments"
    LEVERS = "levers"
    EVENTS = "events"
    STANCES = "stances"
    PARAMETERS = "parameters"
    SHEETS = "sheets"
    STATUSES = "statuses"


WITH_UNDERSCORES = frozenset({Choices.EVENTS, Choices.STANCES})
"""Lists of words that files write with underscores."""


def readable(word: str) -> str:
    """Return a word of a list as a cell shows it; reading takes both for the same.

    >>> readable("leader_change")
    'Leader change'
    """
    return word.replace("_", " ").capitalize()


class Column(NamedTuple):
    """A column of a sheet.

    Attributes:
        heading: Its heading, which names it in messages.
        field: The field that it fills, as files write it; empty for an id, which names the entry.
        model: The model of that field; None where the field is of no model.
        example: An example of an entry.
        meaning: What the cell holds, where no field says so.
        choices: The words of its drop-down list; None if anything may be typed.
        several: True if a cell may name several, separated by commas.
        holds: The type of its entries, where no field of a model says so.
    """

    heading: str
    field: str = ""
    model: type[BaseModel] | None = None
    example: str | float = ""
    meaning: str = ""
    choices: Choices | None = None
    several: bool = False
    holds: Any = None

    @property
    def annotation(self) -> Any:
        """The type of its entries: of its field, or of the values of its field if that is a mapping; None for an id."""
        if self.model is None:
            return self.holds
        annotation = annotations_of(self.model)[_field_name(self.model, self.field)]
        origin = get_origin(split(annotation)[0])
        is_mapping = isinstance(origin, type) and issubclass(origin, dict)
        return mapped_in(annotation)[1] if is_mapping else annotation

    @property
    def number(self) -> Number | None:
        """The bounds and the unit of its numbers; None if it holds no number."""
        return number_in(self.annotation)

    @property
    def is_needed(self) -> bool:
        """True if every entry has one."""
        if self.model is None:
            return False
        return self.model.model_fields[_field_name(self.model, self.field)].is_required()

    @property
    def described(self) -> str:
        """The content of a cell, in a sentence."""
        if self.meaning or self.model is None:
            return self.meaning
        return self.model.model_fields[_field_name(self.model, self.field)].description or ""

    @property
    def unit(self) -> str:
        """The unit of its numbers; empty if it holds no number."""
        return (self.number.unit or "") if self.number else ""


class Sheet(NamedTuple):
    """A sheet with one entry in each row.

    Attributes:
        name: The name on its tab, which names it in messages.
        title: Its first row.
        hint: Its second row: what to type.
        columns: Its columns, the first at the left.
        across: What each further column to the right stands for, in a sheet that is a table of two kinds of names.
    """

    name: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    across: str = ""


def _field_name(model: type[BaseModel], written: str) -> str:
    """Return the name of a field in its model, which differs from the written one where that is a word of Python."""
    return next(name for name, field in model.model_fields.items() if (field.alias or name) == written)
