"""A scenario as one file without `extends`, and as a hash that is equal for equal scenarios."""

import hashlib
import json
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from simulation.scenario.evidence import NUMBER_PARTS
from simulation.scenario.scalars import find_trap
from simulation.scenario.schema import Scenario


def scenario_to_yaml(scenario: Scenario, *, schema: str | None = "schema.json") -> str:
    """Return the scenario as the text of one YAML file that loads back to an equal scenario, sources included.

    Args:
        scenario: The scenario; fields that it leaves out, or gives as empty, are left out.
        schema: Path of the JSON Schema from the file's folder, for editors; None for a text without that line.
    """
    text = _text_of(json.dumps(scenario_data(scenario)))
    return text if schema is None else f"# yaml-language-server: $schema={schema}\n{text}"


@lru_cache(maxsize=64)
def _text_of(data: str) -> str:
    """Return the text of a scenario file, given as JSON; a batch writes each of its scenarios many times."""
    return data_to_yaml(json.loads(data))


def data_to_yaml(data: dict[str, Any]) -> str:
    """Return what a scenario file holds as its text.

    Args:
        data: Dictionaries, lists, texts and numbers; it may be a part of a scenario that extends another file.
    """
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Return what a file of the scenario holds, as dictionaries, lists, texts and numbers; nothing in it is empty."""
    written = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    return {name: kept for name, part in written.items() if (kept := _without_empty(part)) is not None}


def _without_empty(part: Any) -> Any:
    """Return a part of a scenario's data without empty mappings and lists; None if nothing is left of it."""
    if isinstance(part, dict):
        return {name: kept for name, held in part.items() if (kept := _without_empty(held)) is not None} or None
    if isinstance(part, list):
        return [kept for held in part if (kept := _without_empty(held)) is not None] or None
    return part


def scenario_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of a scenario, defaults and sources included; the order of ids does not change it."""
    return Fingerprints().hash_of(scenario)


_MOST_KEPT = 4096


class _Step(NamedTuple):
    """A field of the scenario that was hashed last, with the digest of all fields up to it."""

    part: Any
    digest: Any
    separator: bytes
    """Stands before the next field: a comma, unless all so far are empty."""


class Fingerprints:
    """Hashes of many scenarios that share most of their fields; each shared field is converted only once."""

    def __init__(self) -> None:
        self._fields = sorted(Scenario.model_fields)
        self._written: dict[tuple[str, int], tuple[Any, bytes]] = {}
        self._steps: list[_Step] = []
        self._tails: dict[int, bytes] = {}
        """By field the text of all fields after it, to the end, while the steps stay as they are."""

    def hash_of(self, scenario: Scenario) -> str:
        """Return the same as `scenario_hash`."""
        parts = [getattr(scenario, field) for field in self._fields]
        changed = [at for at, (step, part) in enumerate(zip(self._steps, parts, strict=False)) if step.part is not part]
        if len(self._steps) == len(parts) and len(changed) == 1 and self._is_written_before(changed[0]):
            return self._hash_with(scenario, changed[0])
        del self._steps[changed[0] if changed else len(self._steps) :]
        self._tails.clear()
        _, digest, separator = self._steps[-1] if self._steps else _Step(None, hashlib.sha256(b"{"), b"")
        for field, part in zip(self._fields[len(self._steps) :], parts[len(self._steps) :], strict=True):
            digest = digest.copy()
            written = self._text_of(scenario, field, part)
            if written:
                digest.update(separator + written)
                separator = b","
            self._steps.append(_Step(part, digest, separator))
        whole = digest.copy()
        whole.update(b"}")
        return str(whole.hexdigest())

    def _is_written_before(self, at: int) -> bool:
        """Return True if a field before this one is not empty, so that a comma stands before this one and the next."""
        return at > 0 and self._steps[at - 1].separator == b","

    def _hash_with(self, scenario: Scenario, changed: int) -> str:
        """Return the hash of a scenario that differs from the last one in one field; what follows is added at once."""
        if changed not in self._tails:
            after = zip(self._fields[changed + 1 :], self._steps[changed + 1 :], strict=True)
            texts = [self._text_of(scenario, field, step.part) for field, step in after]
            self._tails[changed] = b"".join(b"," + text for text in texts if text) + b"}"
        field = self._fields[changed]
        written = self._text_of(scenario, field, getattr(scenario, field))
        digest = self._steps[changed - 1].digest.copy()
        digest.update((b"," + written if written else b"") + self._tails[changed])
        return str(digest.hexdigest())

    def _text_of(self, scenario: Scenario, field: str, part: Any) -> bytes:
        """Return one field as JSON; nothing if it is empty."""
        key = field, id(part)
        if key not in self._written:
            if len(self._written) >= _MOST_KEPT:
                self._written.clear()
            # The part is kept as well, so that its id stays its own.
            text = _canonical(scenario, field)
            self._written[key] = part, b"" if text is None else f'"{field}":{text}'.encode()
        return self._written[key][1]


def _canonical(scenario: Scenario, field: str) -> str | None:
    """Return one field as JSON that does not depend on the layout of the file; None if the field is empty."""
    written = scenario.model_dump(mode="json", by_alias=True, exclude_none=True, include={field})
    if field not in written:
        return None
    return json.dumps(written[field], sort_keys=True, separators=(",", ":"), allow_nan=False)


_Fastest: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The writer of libyaml, where there is one."""


class _Dumper(_Fastest):  # type: ignore[misc]
    """A YAML writer: mappings of numbers and sourced numbers on one line, with quotes where YAML 1.1 would misread."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Write equal parts out each time."""
        return True


def _write_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if find_trap(text, read_as_text=True):
        style = "'"
    elif not text.isprintable():
        style = '"'
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style)
    return node


def _write_mapping(dumper: _Dumper, mapping: dict[str, Any]) -> yaml.MappingNode:
    bare = all(isinstance(value, int | float) for value in mapping.values())
    on_one_line = bare or ("value" in mapping and mapping.keys() <= {*NUMBER_PARTS})
    node: yaml.MappingNode = dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=on_one_line)
    return node


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(dict, _write_mapping)
