"""The program `trustsim`, which is also `python -m simulation`."""

import gc
import os

from simulation.interrupts import end_at_once


def main() -> None:
    """Run `trustsim` with the arguments of the command line."""
    end_at_once()  # Ctrl-C while the rest is imported should print no traceback
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small, and processes of our own use all cores
    gc.set_threshold(100_000, 20, 50)  # large results are many small objects, and few of them refer to each other
    from simulation.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
