"""Results: trajectories and ensembles, their tables, and the record of how they were made."""
