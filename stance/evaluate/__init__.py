"""How far to trust a model: predictions on labelled passages that it did not see, and measures of them."""

from stance.evaluate.measures import Measures, measure
from stance.evaluate.predictions import Predictions
from stance.evaluate.protocols import cross_validate, held_out
from stance.evaluate.result import Evaluation, evaluate

__all__ = ["Evaluation", "Measures", "Predictions", "cross_validate", "evaluate", "held_out", "measure"]
