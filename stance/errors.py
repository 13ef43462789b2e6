"""The exceptions that the package raises on purpose.

Each names what is wrong, where, and what to do about it; the commands print the text and exit with
``exit_code``.
"""


class StanceError(Exception):
    """Base of every error that the package raises on purpose.

    Attributes
    ----------
    exit_code : int
        What the command line exits with: 1 for a fault in data or model, 2 for wrong usage.
    """

    exit_code = 1


class DataError(StanceError):
    """Input data that cannot be read or does not mean what it must."""


class LabelError(DataError):
    """A label file with faults; the text lists all of them."""


class BundleError(StanceError):
    """A model bundle that is damaged, incomplete, or of another version."""


class TargetError(DataError):
    """A targets file that cannot be read, or a target that nobody declared."""


class UsageError(StanceError):
    """A request that cannot be met as it was put: options that clash, an output that exists."""

    exit_code = 2
