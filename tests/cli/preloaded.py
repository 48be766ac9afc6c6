"""Commands in processes of their own that need not import the program again.

A server imports all of it once. For each command it forks, and the copy becomes `python -m simulation`: it reads the
same arguments and writes to its own streams. What it cannot show is what a command imports, another hash seed and how
Python ends; tests of those start Python afresh.
"""

import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import simulation
from simulation.extras import MissingPackageError

ROOT = Path(__file__).parents[2]


def run(words, *, cwd, environment):
    """Return a finished command: its exit code and what it printed.

    Args:
        words: The words after `trustsim`.
        cwd: The folder in which it is typed.
        environment: All of the variables that it sees.
    """
    server = _server()
    with tempfile.TemporaryDirectory() as folder:
        streams = [str(Path(folder, name)) for name in ("stdout", "stderr")]
        asked = {"words": words, "cwd": str(cwd), "environment": environment, "streams": streams}
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        printed = [Path(stream).read_bytes().decode() for stream in streams]
    return subprocess.CompletedProcess(words, code, *printed)


@cache
def _server():
    """Start the server, which ends with its standard input: when this process ends."""
    command = [sys.executable, "-m", "tests.cli.preloaded"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _serve():
    """Fork for each command, and print the exit code of each."""
    import_all()
    for line in sys.stdin:
        copy = os.fork()
        if copy == 0:
            os._exit(become(**json.loads(line)))  # to take apart all that was imported would take longer than most
        _, status = os.waitpid(copy, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def import_all():
    """Import all of the program, so that copies of this process need not."""
    for module in walk_packages(simulation.__path__, "simulation."):
        if module.name != "simulation.__main__":
            with suppress(MissingPackageError):
                import_module(module.name)
    gc.freeze()  # so that no copy looks through all that was imported


def become(words, cwd, environment, streams):
    """Run a command in this process and return its exit code."""
    for number, path in enumerate([os.devnull, *streams]):
        stream = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # the server has looked for it already
    os.chdir(cwd)
    sys.argv[1:] = words
    try:
        runpy.run_module("simulation", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    _serve()
