"""The program `trustsim`, which is also `python -m simulation`."""

import os

from simulation.interrupts import end_at_once


def main() -> None:
    """Run `trustsim` with the arguments of the command line."""
    end_at_once()  # Ctrl-C while the rest is imported should print no traceback
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small, and processes of our own use all cores
    from simulation.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
