"""The compiled kernel as a WebAssembly module."""
