"""Remove compiled code that earlier versions left in the cache."""

from typing import Annotated

import typer


def clean(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed, and how much it would free.")
    ] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Remove this version's too; it is compiled again when it is next needed."),
    ] = False,
) -> None:
    """Remove compiled code that earlier versions left in the user's cache folder, and say how much that frees.

    This version's stays, without --all. Another installation of trustsim compiles its own again, which takes a dozen
    seconds. Results, scenarios and files of other programs are never touched.
    """
    from simulation.execution.old_caches import find_old_caches, remove_old_caches
    from simulation.formatting import counted, disk_space

    old = find_old_caches(current=everything)
    if old.recent:
        left = counted(len(old.recent), "folder stays", "folders stay")
        typer.echo(f"{left}: another process may be compiling (written to in the last minute, or locked)", err=True)
    if not old.folders:
        typer.echo(f"nothing to remove in {old.root}")
        return
    what = f"{counted(len(old.folders), 'folder', 'folders')} of compiled code in {old.root}"
    if dry_run:
        typer.echo(f"would remove {what}: {disk_space(old.size)}")
    else:
        typer.echo(f"removed {what}: {disk_space(remove_old_caches(old))} freed")
