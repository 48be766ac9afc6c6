"""The packages that are not installed with every trustsim, and one error for those that are missing."""

from importlib.util import find_spec

NAME = "trust-between-trusts"
"""The name of this software for pip."""

PACKAGES = {
    "PIL": ("pillow", "notebooks"),
    "distributed": ("distributed", "cluster"),
    "docx": ("python-docx", "report"),
    "ema_workbench": ("ema_workbench", "ema"),
    "openpyxl": ("openpyxl", "workbook"),
    "polars": ("polars", None),
    "pymoo": ("pymoo", "decide"),
    "pptx": ("python-pptx", "report"),
    "sklearn": ("scikit-learn", "discovery"),
    "solara": ("solara", "solara"),
    "typst": ("typst", "report"),
    "xarray": ("xarray", None),
}
"""For each module, its package's name for pip and the extra that installs it; None if no extra does."""


class MissingPackageError(ImportError):
    """An error for packages that are needed and not installed."""


def is_installed(module: str) -> bool:
    """True if a module can be imported.

    Args:
        module: The name of the module, not of its package.
    """
    return find_spec(module) is not None


def check_installed(purpose: str, *modules: str) -> None:
    """Raise an error if a module is not installed; call it before any work is done.

    Args:
        purpose: What needs the modules, as the subject of a sentence.
        modules: Names in `PACKAGES`.

    Raises:
        MissingPackageError: If one is not installed. The message says how to install it.
    """
    missing = missing_words(*modules)
    if missing:
        message = f"{purpose} needs {missing}"
        raise MissingPackageError(message)


def missing_words(*modules: str) -> str:
    """Return the packages that are not installed and how to install them; empty if none is missing.

    Args:
        modules: Names in `PACKAGES`.
    """
    missing = {PACKAGES[module] for module in modules if not is_installed(module)}
    packages = sorted(package for package, _ in missing)
    extras = sorted({extra for _, extra in missing if extra is not None})
    install = f"'{NAME}[{','.join(extras)}]'" if extras else " ".join(packages)
    return f"{' and '.join(packages)}: pip install {install}" if missing else ""
