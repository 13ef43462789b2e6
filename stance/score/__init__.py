"""Scoring statements with a trained model."""

from stance.score.model import StanceModel, default_bundle, load
from stance.score.rows import StatementScore, TargetScore

__all__ = ["StanceModel", "StatementScore", "TargetScore", "default_bundle", "load"]
