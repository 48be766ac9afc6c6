"""Say that results were made by another version of the model than the one that reads them."""

from contextlib import suppress
from pathlib import Path

from simulation.results.batch.manifest import MANIFEST
from simulation.results.provenance import model_version
from simulation.results.sealed import RecordError, read_json_object
from simulation.results.store import RECORD


def other_model_words(folder: Path) -> str:
    """Return a sentence that says by which version of the model results were made; empty if it is this one.

    Args:
        folder: A folder of a run or of a batch.
    """
    for name, again in ((MANIFEST, "`trustsim batch` with --fresh"), (RECORD, "`trustsim run`")):
        with suppress(OSError, RecordError):
            made_by = read_json_object(folder / name).get("model")
            if made_by == model_version():
                return ""
            return (
                f"results were made by version {made_by} of the model, and this is {model_version()}, which may give "
                f"other numbers: the same {again} makes them again"
            )
    return ""
