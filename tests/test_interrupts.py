"""Ctrl-C and SIGTERM end a command at a safe place, wherever they arrive."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from simulation.interrupts import hold_interrupts, let_interrupts_in
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[1]

INTERRUPTED_WITH_LOCKS = """
import os, signal, sys
from concurrent.futures import _base

from simulation.__main__ import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs the tests may ignore Ctrl-C, and this inherits it
take_locks = _base._AcquireFutures.__enter__


def interrupted(futures):
    take_locks(futures)
    os.kill(os.getpid(), number)


if __name__ == "__main__":
    number = signal.Signals[sys.argv.pop(1)]
    _base._AcquireFutures.__enter__ = interrupted
    main()
"""

EXPERIMENT = f"""
title: To be interrupted
scenario: {ROOT}/scenarios/two-trusts.yaml
replicates: 100000
"""


@pytest.fixture
def python_handles():
    """Ctrl-C raises `KeyboardInterrupt`, although what runs the tests may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.e2e
@pytest.mark.parametrize(("name", "code", "word"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")])
def test_a_batch_that_waits_for_its_workers_ends(name, code, word, tmp_path):
    """Even when the signal arrives while the coordinator holds the locks that its workers need to report a result."""
    (tmp_path / "script.py").write_text(INTERRUPTED_WITH_LOCKS)
    (tmp_path / "interrupted.yaml").write_text(EXPERIMENT)
    command = [sys.executable, "script.py", name, "batch", "interrupted.yaml", "--workers", "2", "--out", "out"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1] == word
    assert not list((tmp_path / "out").rglob(".unfinished-*"))


@pytest.mark.e2e
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_that_is_still_starting_ends_in_silence(number, code):
    script = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from simulation.__main__ import main;"
        f"sys.meta_path.insert(0, type('F', (), {{'find_spec': lambda *_: os.kill(os.getpid(), {int(number)})}}));"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def press(times: int, reached: list[str], *, let_in: bool) -> None:
    """Press Ctrl-C in a block that holds it back, and note how far the block gets."""
    with hold_interrupts():
        for number in range(1, times + 1):
            signal.raise_signal(signal.SIGINT)
            reached.append(f"after press {number}")
        if let_in:
            let_interrupts_in()
            reached.append("after it was let in")
    reached.append("after the block")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("times", "let_in"),
    [
        pytest.param(1, True, id="let in"),
        pytest.param(1, False, id="at the end of the block"),
        pytest.param(2, False, id="the second press, at once"),
    ],
)
def test_what_is_held_back_comes_later_but_comes(times, let_in, python_handles):
    reached = []
    with pytest.raises(KeyboardInterrupt):
        press(times, reached, let_in=let_in)
    assert reached == ["after press 1"]


@pytest.mark.unit
def test_after_a_block_interrupts_come_at_once_again(python_handles):
    with hold_interrupts(), hold_interrupts():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.unit
def test_in_another_thread_nothing_is_held_back_and_nothing_fails(python_handles):
    handlers = []

    def hold() -> None:
        with hold_interrupts():
            let_interrupts_in()
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert handlers == [signal.default_int_handler]
