"""Remove old compiled code and old digests from the cache."""

from typing import Annotated

import typer


def clean(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed, and how much it would free.")
    ] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Remove this version's too, and all digests; both are made again when needed."),
    ] = False,
) -> None:
    """Remove what is old from the user's cache folder: compiled code of earlier versions, and digests of results.

    It says how much that frees. Digests are old after three months without a change; they are computed again when the
    results are next read.

    This version's stays, without --all. Another installation of trustsim compiles its own again, which takes a dozen
    seconds. Results, scenarios and files of other programs are never touched.
    """
    from simulation.execution.old_caches import find_old_caches, find_old_digests, remove_files, remove_old_caches
    from simulation.formatting import counted, disk_space

    old, digests = find_old_caches(current=everything), find_old_digests(everything=everything)
    if old.recent:
        left = counted(len(old.recent), "folder stays", "folders stay")
        typer.echo(f"{left}: another process may be compiling (written to in the last minute, or locked)", err=True)
    if digests:
        size = disk_space(sum(path.stat().st_size for path in digests) if dry_run else remove_files(digests))
        what = f"digests of {counted(len(digests), 'folder', 'folders')} of results in {digests[0].parent}"
        typer.echo(f"would remove {what}: {size}" if dry_run else f"removed {what}: {size} freed")
    if not old.folders:
        if not digests:
            typer.echo(f"nothing to remove in {old.root}")
        return
    what = f"{counted(len(old.folders), 'folder', 'folders')} of compiled code in {old.root}"
    if dry_run:
        typer.echo(f"would remove {what}: {disk_space(old.size)}")
    else:
        typer.echo(f"removed {what}: {disk_space(remove_old_caches(old))} freed")
