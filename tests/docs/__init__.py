"""Documents that say what the code says."""
