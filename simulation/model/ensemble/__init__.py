"""The fast engine: the same rules as the agents', compiled, over many replicates at once. numba lives only here."""
