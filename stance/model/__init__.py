"""The classifier, its calibration, its bundle on disk and its explanations."""

from stance.model.calibration import Calibration
from stance.model.classifier import ABSENT, StanceClassifier
from stance.model.pairs import Pairs

__all__ = ["ABSENT", "Calibration", "Pairs", "StanceClassifier"]
