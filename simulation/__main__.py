"""The program `trustsim`, which is also `python -m simulation`."""

from simulation.interrupts import end_at_once


def main() -> None:
    """Run `trustsim` with the arguments of the command line."""
    end_at_once()  # Ctrl-C while the rest is imported should print no traceback
    from simulation.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
