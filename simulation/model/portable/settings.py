"""The settings of a build: numba's environment, and the names of the files that it writes."""

SETTINGS = {
    "NUMBA_OPT": "0",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
}
"""The environment in which numba lowers functions and does nothing else to them."""

PLAIN, WITH_SIMD, DESCRIPTION = "plain.wasm", "simd.wasm", "description.json"
"""The module without and with vector instructions, and the description of both."""
