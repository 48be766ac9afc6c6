"""Functions that tests run in other processes, which can import them; some of them kill their process."""

import gc
import os
import signal
import struct
import threading
from multiprocessing.connection import Connection
from pathlib import Path


def square(number: int) -> int:
    """Return the square of a number; raise an exception if it is negative."""
    if number < 0:
        message = f"{number} is below 0"
        raise ValueError(message)
    return number * number


def return_process_id(_number: int) -> int:
    """Return the id of the process that runs this."""
    return os.getpid()


def raise_what_cannot_be_pickled(number: int) -> int:
    """Raise an exception that only this process can read."""

    class LocalError(Exception):
        pass

    message = f"{number} is refused"
    raise LocalError(message)


def return_what_cannot_be_pickled(_number: int) -> object:
    """Return something that cannot be sent to another process."""
    return threading.Lock()


def kill_own_worker(number: int) -> int:
    """Return the square of a number; 13 kills its process."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def kill_own_worker_once(task: tuple[int, str]) -> int:
    """Return the square of a number; 13 kills its process the first time and leaves a mark."""
    number, folder = task
    if number == 13 and _is_first_time(folder):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die_mid_result_once(task: tuple[int, str]) -> int:
    """Return the square of a number; the process that gets 13 dies the first time, in the middle of its result."""
    number, folder = task
    if number == 13 and _is_first_time(folder):
        pipe = next(each for each in gc.get_objects() if isinstance(each, Connection) and each.writable)
        os.write(pipe.fileno(), struct.pack("!i", 1_000_000) + b"the first bytes of a million")
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def report_and_wait_once(task: tuple[int, str]) -> int:
    """Return the square of a number; the process that gets 13 waits the first time, until it is killed.

    It writes its id into the named pipe `process` of the folder as soon as it waits.
    """
    number, folder = task
    if number == 13 and _is_first_time(folder):
        (Path(folder) / "process").write_text(str(os.getpid()), encoding="utf-8")
        wait_for_ever(number)
    return number * number


def print_and_wait_for_ever(number: int) -> None:
    """Print the id of this process and never return."""
    print(os.getpid(), flush=True)
    wait_for_ever(number)


def wait_for_ever(_number: int) -> None:
    """Never return."""
    threading.Event().wait()


def return_or_wait_for_ever(number: int) -> int:
    """Return the id of this process for the first two numbers; never return for any other."""
    if number >= 2:
        wait_for_ever(number)
    return os.getpid()


def _is_first_time(folder: str) -> bool:
    try:
        (Path(folder) / "was-here").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
