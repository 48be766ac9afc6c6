"""What it means: pure functions of results, used alike by the command line, the charts and the papers."""
