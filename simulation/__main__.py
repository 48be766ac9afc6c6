"""`python -m simulation` is the command trustsim."""

from simulation.cli.main import main

main()
