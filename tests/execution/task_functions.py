"""What workers do in tests: functions that other processes can import, some of which do not survive."""

import gc
import os
import signal
import struct
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path


def square(number: int) -> int:
    """Its square; a negative number cannot be done."""
    if number < 0:
        message = f"{number} is below 0"
        raise ValueError(message)
    return number * number


def slow_square(number: int) -> int:
    """Its square, after a while."""
    time.sleep(0.1)
    return number * number


def kill_own_worker(number: int) -> int:
    """Its square; 13 kills whoever works on it."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number * number


def kill_own_worker_once(task: tuple[int, str]) -> int:
    """Its square; 13 kills the first who works on it and leaves a mark."""
    number, folder = task
    mark = Path(folder) / "killed"
    if number == 13 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number * number


def die_mid_result_once(task: tuple[int, str]) -> int:
    """Its square; the first who works on 13 dies in the middle of telling it."""
    number, folder = task
    mark = Path(folder) / "killed"
    if number == 13 and not mark.exists():
        mark.touch()
        results = next(each for each in gc.get_objects() if isinstance(each, SimpleQueue))
        results._writer._send(struct.pack("!i", 1_000_000))
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def return_process_id(_number: int) -> int:
    """Who works."""
    time.sleep(0.05)
    return os.getpid()
