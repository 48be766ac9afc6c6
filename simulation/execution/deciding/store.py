"""The outcomes of a search on disk: chunk by chunk, each written whole or not at all and with a digest of its own."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulation.execution.deciding.outcomes import Outcome
from simulation.experiment.decide import Candidate, Decision
from simulation.experiment.schema import Experiment
from simulation.results.batch.errors import BatchFolderError
from simulation.results.batch.files import remove_unfinished, write_whole
from simulation.results.provenance import model_version
from simulation.results.sealed import RecordError, digest_of_record, read_sealed_json, to_sealed_json
from simulation.scenario.writing import scenario_hash

SEARCH = "search"
"""The folder of the chunks within that of the decision."""

RECORD = "search.json"
"""The record of what was searched for, beside the chunks."""

_CHUNK = re.compile(r"(first|second|third|start-\w+|stretched-[\d.]+)-\d{4,}\.json")

_FORMAT = 2


class OtherSearchError(BatchFolderError):
    """An error for a folder that holds the search of another decision, or something else."""


class SearchStore:
    """Chunks of outcomes in a folder. What was written before is read back, so that nothing is run twice."""

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        """Take up the folder.

        Args:
            folder: The folder of the decision; it exists.
            experiment: The experiment, with its decision.

        Raises:
            OtherSearchError: If it holds the search of another decision, or of another version of the model.
        """
        self.folder = folder / SEARCH
        self.repaired: list[str] = []
        """Chunks that were not as they were written, in words; they are made again."""
        record = describe(experiment)
        self._search = digest_of_record(record)
        found = _read_record(self.folder / RECORD)
        if found is not None and found != record:
            message = (
                f"{folder} holds the search of another decision, or of another version of the model; "
                "name another folder with --out, or start again with --fresh"
            )
            raise OtherSearchError(message)
        self.folder.mkdir(exist_ok=True)
        remove_unfinished(self.folder)
        if found is None:
            remove_search(folder)  # chunks without a record may be of another decision
            write_whole(self.folder / RECORD, to_sealed_json(record).encode())

    def read(self, stage: str, number: int, candidates: Sequence[Candidate]) -> list[Outcome] | None:
        """Return the outcomes of a chunk; None if it was not written, or is not as it was written.

        Args:
            stage: The stage of the search, such as `first`.
            number: The number of the chunk within it.
            candidates: The candidates that belong in it.
        """
        path = self._path(stage, number)
        try:
            held = read_sealed_json(path)
            if (held["search"], held["stage"], held["number"]) != (self._search, stage, number):
                self.repaired.append(f"{SEARCH}/{path.name} is of another search, or of another stage of this one")
                return None
            if held["candidates"] != [list(each) for each in candidates]:
                self.repaired.append(f"{SEARCH}/{path.name} has other candidates")
                return None
            return [Outcome(**{name: tuple(values) for name, values in each.items()}) for each in held["outcomes"]]
        except FileNotFoundError:
            return None
        except (RecordError, KeyError, TypeError, AttributeError) as error:
            what = str(error) if isinstance(error, RecordError) else "does not hold what belongs there"
            self.repaired.append(f"{SEARCH}/{path.name} {what}")
            return None

    def write(self, stage: str, number: int, candidates: Sequence[Candidate], outcomes: Sequence[Outcome]) -> None:
        """Write a chunk, whole or not at all.

        Args:
            stage: The stage of the search.
            number: The number of the chunk within it.
            candidates: The candidates.
            outcomes: What each comes to.

        Raises:
            OSError: If it cannot be written.
        """
        held = [{name: list(values) for name, values in asdict(each).items() if values} for each in outcomes]
        where = {"search": self._search, "stage": stage, "number": number}
        data = {**where, "candidates": [list(each) for each in candidates], "outcomes": held}
        write_whole(self._path(stage, number), to_sealed_json(data).encode())

    def _path(self, stage: str, number: int) -> Path:
        return self.folder / f"{stage}-{number:04d}.json"


def describe(experiment: Experiment) -> dict[str, Any]:
    """Return what decides every number of a search, as plain data.

    Args:
        experiment: The experiment, with its decision.
    """
    decision = experiment.decision
    if decision is None:
        message = f"{experiment.name} has no decide block"
        raise ValueError(message)
    choices = _plain(decision)
    return {
        "format": _FORMAT,
        "model": model_version(),
        "place": scenario_hash(decision.place),
        "seed": experiment.seed,
        "choices": choices,
        "key": sha256(json.dumps(choices, sort_keys=True).encode()).hexdigest(),
    }


def remove_search(folder: Path) -> None:
    """Remove the chunks of a search, then its record, and nothing else: what is left if it is stopped has its record.

    Args:
        folder: The folder of the decision.
    """
    for path in sorted((folder / SEARCH).glob("*.json")):
        if path.is_file() and _CHUNK.fullmatch(path.name):
            path.unlink()
    (folder / SEARCH / RECORD).unlink(missing_ok=True)


def _plain(decision: Decision) -> dict[str, Any]:
    return {
        "levers": {
            str(each.lever): [setting.model_dump(mode="json", by_alias=True) for setting in each.settings]
            for each in decision.levers
        },
        "budget": decision.budget,
        "budget_by_year": dict(decision.budget_by_year),
        "most_levers": decision.most_levers,
        "exclude": [sorted(map(str, group)) for group in decision.exclude],
        "not_worse_off": list(decision.not_worse_off),
        "objectives": list(decision.objectives),
        "points": decision.points,
        "replicates": decision.replicates,
        "evaluations": decision.evaluations,
        "seed": decision.seed,
    }


def _read_record(path: Path) -> dict[str, Any] | None:
    """Return the record; None if there is none, and an empty one if it is not as it was written."""
    try:
        return read_sealed_json(path)
    except FileNotFoundError:
        return None
    except RecordError:
        return {}
