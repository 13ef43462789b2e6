"""Training a model from labelled passages."""

from stance.train.data import TrainingData
from stance.train.train import DEFAULT_PARAMETERS, train

__all__ = ["DEFAULT_PARAMETERS", "TrainingData", "train"]
