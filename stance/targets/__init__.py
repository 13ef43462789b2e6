"""The targets that a stance is toward, and how a text refers to them."""

from stance.targets.registry import TargetRegistry
from stance.targets.terms import KINDS, Target, TargetMention, Term

__all__ = ["KINDS", "Target", "TargetMention", "TargetRegistry", "Term"]
