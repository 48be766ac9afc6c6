"""The fast engine: the same rules as the agents', compiled, over many histories at once. numba lives only here."""
