"""What happened: trajectories and ensembles, their tables, and the record of how they were made."""
