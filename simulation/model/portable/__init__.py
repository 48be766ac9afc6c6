"""The compiled kernel as a WebAssembly module, from the source that numba compiles. llvmlite lives only here."""
