"""How far to trust a model: predictions on labelled passages that it did not see, and measures of them."""

from stance.evaluate.actors import ActorStances, actor_stances
from stance.evaluate.ceiling import Agreement, agreement
from stance.evaluate.comparison import Comparison, Gate, compare
from stance.evaluate.measures import Measures, measure
from stance.evaluate.predictions import Predictions
from stance.evaluate.protocols import cross_validate, held_out
from stance.evaluate.result import Evaluation, evaluate
from stance.evaluate.validity import Validity, validate

__all__ = [
    "ActorStances",
    "Agreement",
    "Comparison",
    "Evaluation",
    "Gate",
    "Measures",
    "Predictions",
    "Validity",
    "actor_stances",
    "agreement",
    "compare",
    "cross_validate",
    "evaluate",
    "held_out",
    "measure",
    "validate",
]
