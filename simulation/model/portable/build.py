"""Build the module, in a process of its own: `python -m simulation.model.portable.build FOLDER`."""

import json
import sys
from pathlib import Path

from simulation.model.portable.assemble import assemble
from simulation.model.portable.intermediate import example_arguments, lower_kernel, lower_rules
from simulation.model.portable.object_file import link
from simulation.model.portable.settings import DESCRIPTION, PLAIN, WITH_SIMD
from simulation.model.portable.slots import describe_module


def build(folder: Path) -> None:
    """Write the module and its description into a folder.

    Args:
        folder: An existing folder.
    """
    kernel, rules = lower_kernel(), list(lower_rules())
    exported = [kernel.name, *(rule.name for rule in rules)]
    for name, simd in ((PLAIN, False), (WITH_SIMD, True)):
        (folder / name).write_bytes(link(assemble(kernel, rules, simd=simd), exported))
    description = describe_module(kernel, rules, example_arguments())
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=1), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
