"""Stance of official statements toward Israel, Iran and the United States."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.extraction import extract
    from stance.model import StanceClassifier
    from stance.score import StanceModel, load

__version__ = "0.1.0"
__all__ = ["StanceClassifier", "StanceModel", "__version__", "extract", "load"]

# Imported on first use, so that `import stance` and `stance --help` stay quick.
_HOMES = {
    "StanceClassifier": "stance.model",
    "StanceModel": "stance.score",
    "extract": "stance.extraction",
    "load": "stance.score",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stance' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
