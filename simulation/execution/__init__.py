"""Run experiments with their supporting runs, in memory or on disk, on this machine or a cluster."""
