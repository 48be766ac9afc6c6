"""Why a folder cannot be used for a batch; every message says what to do."""


class BatchFolderError(Exception):
    """A folder cannot be used for what was asked."""


class NoBatchError(BatchFolderError):
    """The folder holds no batch."""


class OtherBatchError(BatchFolderError):
    """The folder holds a batch whose results would be lost, or mixed with others."""


class FolderHeldError(BatchFolderError):
    """Another batch is at work in the folder."""
