"""From the passages of a statement to the statement.

The rule, for one target with passages i and their probabilities p_i:

1. The target is absent from the statement if it is absent from every passage: ``p_absent = Π p_i(absent)``.
2. The rest is shared among the stances as the passages are, each with the weight
   ``w_i = Σ p_i(stance other than neutral) + NEUTRAL_WEIGHT · p_i(neutral)``: one passage that takes a side outweighs
   others that merely mention the target, as a reader would have it; two passages on opposite sides meet in the middle.

A statement of one passage keeps that passage's probabilities.
"""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

NEUTRAL_WEIGHT = 1 / 3
"""What a neutral mention counts against a passage that takes a side."""


def aggregate(
    probabilities: FloatArray, classes: list[str], absent: str = "absent", neutral: str = "neutral"
) -> FloatArray:
    """Return the probabilities of a statement from those of its passages.

    Parameters
    ----------
    probabilities : ndarray of shape (n_passages, n_classes)
        At least one passage; rows add up to 1.
    classes : list of str
        The labels of the columns. Without `absent` among them all passages count as addressing the target; without
        `neutral` every class has full weight.
    absent, neutral : str
        The labels with these meanings.

    Returns
    -------
    ndarray of shape (n_classes,)
        Adds up to 1.
    """
    if len(probabilities) == 1:
        return np.asarray(probabilities[0].copy(), dtype=np.float64)
    stances = np.array([label != absent for label in classes])
    weights = np.array([NEUTRAL_WEIGHT if label == neutral else 1.0 for label in classes]) * stances
    passage_weight = probabilities @ weights
    addressed = probabilities[:, stances]
    total = addressed.sum(axis=1, keepdims=True)
    shares = np.divide(addressed, total, out=np.zeros_like(addressed), where=total > 0)
    result = np.zeros(len(classes))
    p_absent = float(np.prod(probabilities[:, ~stances])) if not stances.all() else 0.0
    result[~stances] = p_absent
    mixed = passage_weight @ shares
    if mixed.sum() == 0:
        result[~stances] = 1.0
        return result
    result[stances] = (1 - p_absent) * mixed / mixed.sum()
    return result
