"""Say that results were made by another version of the model than the one that reads them."""

from contextlib import suppress
from pathlib import Path

from simulation.results.batch.manifest import MANIFEST
from simulation.results.provenance import model_version
from simulation.results.sealed import RecordError, read_json_object
from simulation.results.store import RECORD

_AGAIN = {MANIFEST: "`trustsim batch` with --fresh", RECORD: "`trustsim run`"}


def other_model_words(folder: Path) -> str:
    """Return a sentence that says by which version of the model results were made; empty if it is this one.

    Args:
        folder: A folder of a run or of a batch.
    """
    made_by, record = _made_by(folder)
    if made_by in {"", model_version()}:
        return ""
    return (
        f"results were made by version {made_by} of the model, and this is {model_version()}, which may give "
        f"other numbers: the same {_AGAIN[record]} makes them again"
    )


def other_model_mark(folder: Path) -> str:
    """Return the mark of everything that is made of results of another version of the model; empty if it is this one.

    It follows "results were", or a comma.

    Args:
        folder: A folder of a run or of a batch.
    """
    made_by, _ = _made_by(folder)
    if made_by in {"", model_version()}:
        return ""
    return f"made by version {made_by} of the model and read by {model_version()}, which may give other numbers"


def _made_by(folder: Path) -> tuple[str, str]:
    """Return the version of the model that made results, and the name of the record that says it; empty if none can."""
    for name in _AGAIN:
        with suppress(OSError, RecordError):
            return str(read_json_object(folder / name).get("model") or "of no known number"), name
    return "", ""
