"""Replace files of a batch together with their digests, so that a kill at any moment leaves no file that seems damaged.

The record first lists the new digests beside the old ones, then the files are replaced, then the old ones are removed.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from simulation.results.batch.files import UNFINISHED, sync
from simulation.results.batch.manifest import MANIFEST, Manifest
from simulation.results.digests import digest_of


def replace_files(folder: Path, contents: Mapping[str, bytes | Path | None], manifest: Manifest | None = None) -> None:
    """Replace files of a batch, and write the record with their digests.

    Args:
        folder: The batch's folder.
        contents: The new content of each file by its path from the folder, or a file that takes its place; None for
            a file to remove.
        manifest: The record to write; the one in the folder if left out.

    Raises:
        NoBatchError: If no record is given, and the folder holds none.
        OSError: If a file cannot be written.
    """
    before = Manifest.read(folder) if manifest is None or (folder / MANIFEST).exists() else None
    record = manifest or before
    assert record is not None
    kept = dict((before or record).files)
    partials = {name: _partial(folder / name, content) for name, content in contents.items()}
    try:
        digests = {name: digest_of(partial) for name, partial in partials.items() if partial is not None}
        files = {name: digest for name, digest in kept.items() if name not in partials} | digests
        record = replace(record, files=dict(sorted(files.items())))
        changed = {name: kept.get(name, "") for name in partials if kept.get(name) != digests.get(name)}
        if changed and before is not None:
            replace(record, replacing=changed).write(folder)
        for name, partial in partials.items():
            if partial is None:
                (folder / name).unlink(missing_ok=True)
            else:
                partial.replace(folder / name)
    finally:
        for partial in filter(None, partials.values()):
            partial.unlink(missing_ok=True)
    for place in {(folder / name).parent for name in partials}:
        sync(place)
    replace(record, replacing={}).write(folder)


def _partial(path: Path, content: bytes | Path | None) -> Path | None:
    """Write a content beside its place, flushed to the disk; None if there is none."""
    if content is None or isinstance(content, Path):
        return content
    partial = path.with_name(f"{UNFINISHED}{path.name}")
    partial.write_bytes(content)
    sync(partial)
    return partial
