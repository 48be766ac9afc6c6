"""The patterns to look for, over hundreds of replicates."""
