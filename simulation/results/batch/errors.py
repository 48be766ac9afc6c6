"""Errors of a batch's folder. Every message says how to go on."""

from collections.abc import Sequence


class BatchFolderError(Exception):
    """A folder that cannot be used for a batch."""


class NoBatchError(BatchFolderError):
    """A folder without a batch."""


class OtherBatchError(BatchFolderError):
    """A folder with another batch, whose results would be lost or mixed with others."""


class FolderLockedError(BatchFolderError):
    """A folder that another process is writing to."""


class DamagedResultsError(BatchFolderError):
    """Results that are not as they were written.

    Attributes:
        problems: One message for each file, which says what to do.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class OtherFormatError(DamagedResultsError):
    """Results of another format than this version reads."""
