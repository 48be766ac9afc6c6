"""Errors of a batch's folder. Every message says how to go on."""


class BatchFolderError(Exception):
    """A folder that cannot be used for a batch."""


class NoBatchError(BatchFolderError):
    """A folder without a batch."""


class OtherBatchError(BatchFolderError):
    """A folder with another batch, whose results would be lost or mixed with others."""


class FolderLockedError(BatchFolderError):
    """A folder that another process is writing to."""
