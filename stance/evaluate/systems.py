"""What is measured: the model, and the baselines that it has to beat on the same splits."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from stance.features import CountTable, Lexicon
from stance.model import StanceClassifier
from stance.model.classifier import ABSENT
from stance.model.pairs import Pairs
from stance.text.sentences import sentences
from stance.text.words import words

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Labels = npt.NDArray[np.object_]

CRITICAL = (
    "CONDEMN",
    "REJECT",
    "ACCUSE",
    "AGGRESSION",
    "UNLAWFUL",
    "OCCUPATION",
    "SANCTION",
    "THREAT",
    "FAULT",
)
SUPPORTIVE = ("WELCOME", "THANK", "SOLIDARITY", "SUPPORT", "FRIEND", "RIGHT", "MERIT")
"""Concepts of the lexicon that count for a side in the lexicon baseline."""


class Answer(NamedTuple):
    """Probabilities of pairs, with the labels of the columns."""

    classes: list[str]
    probabilities: FloatArray


class System(Protocol):
    """Something that is trained on rows and predicts other rows of the same pairs."""

    name: str
    title: str

    def predict(self, train: IntArray, test: IntArray) -> Answer:
        """Train on some rows and give the probabilities of others."""
        ...


class Workload:
    """Pairs with labels whose features are counted once, for all splits.

    Parameters
    ----------
    pairs : Pairs
    labels, groups : ndarray of shape (n_pairs,)
    parameters : mapping
        Of `StanceClassifier`.
    """

    def __init__(self, pairs: Pairs, labels: Labels, groups: Labels, parameters: Mapping[str, Any]) -> None:
        self.pairs, self.labels, self.groups, self.parameters = pairs, labels, groups, parameters
        self._table: CountTable | None = None
        folded = np.array([" ".join(text.split()).casefold() for text in pairs.texts], dtype=object)
        # The same number for pairs of the same text, white space and capitals aside.
        self.text_of: IntArray = np.unique(folded, return_inverse=True)[1]

    @property
    def table(self) -> CountTable:
        """The features of the pairs, counted at first use."""
        if self._table is None:
            self._table = StanceClassifier(**self.parameters).count(self.pairs, self.labels)
        return self._table

    def fit(self, train: IntArray) -> StanceClassifier:
        """Train the classifier on some rows."""
        return StanceClassifier(**self.parameters).fit_counts(
            self.pairs.take(train), self.table.take(train), self.labels[train], self.groups[train]
        )


class ModelSystem:
    """The classifier of this package."""

    name, title = "model", "the model"

    def __init__(self, work: Workload) -> None:
        self.work = work

    def predict(self, train: IntArray, test: IntArray) -> Answer:
        """Train on some rows and give the probabilities of others."""
        classifier = self.work.fit(train)
        pairs = self.work.pairs.take(test)
        decisions = classifier.decide(pairs, self.work.table.take(test))
        return self.answer(classifier, classifier.probabilities(pairs, decisions))

    @staticmethod
    def answer(classifier: StanceClassifier, probabilities: FloatArray) -> Answer:
        """Give probabilities the names of their columns."""
        return Answer(classifier.classes_.tolist(), probabilities)


class Majority:
    """The most frequent label toward the target, apart for pairs that refer to the target and pairs that do not."""

    name, title = "majority", "always the most frequent label"

    def __init__(self, work: Workload) -> None:
        self.work = work

    def predict(self, train: IntArray, test: IntArray) -> Answer:
        """Train on some rows and give the probabilities of others."""
        labels = self.work.labels
        classes = sorted(set(labels[train].tolist()))
        targets = np.array(self.work.pairs.targets, dtype=object)
        result = np.empty((len(test), len(classes)))
        named = self.work.pairs.mentioned
        for target in set(targets[test].tolist()):
            for refers in (False, True):
                like = labels[train][(targets[train] == target) & (named[train] == refers)]
                like = like if len(like) else labels[train]
                asked = (targets[test] == target) & (named[test] == refers)
                result[asked] = [(like == label).mean() for label in classes]
        return Answer(classes, result)


class TargetBlind:
    """Word 1-2 TF-IDF of the whole passage and one logistic regression for each target."""

    name, title = "tfidf", "TF-IDF and logistic regression that do not see the target"

    def __init__(self, work: Workload) -> None:
        self.work = work

    def predict(self, train: IntArray, test: IntArray) -> Answer:
        """Train on some rows and give the probabilities of others."""
        labels, texts = self.work.labels, self.work.pairs.texts
        targets = np.array(self.work.pairs.targets, dtype=object)
        classes = sorted(set(labels[train].tolist()))
        result = np.empty((len(test), len(classes)))
        for target in sorted(set(targets[test].tolist())):
            rows, asked = train[targets[train] == target], targets[test] == target
            rows = rows if len(rows) else train
            known = sorted(set(labels[rows].tolist()))
            if len(known) < 2:
                result[asked] = [float(label in known) for label in classes]
                continue
            vectorizer = TfidfVectorizer(
                ngram_range=(1, 2), min_df=min(2, len(rows) // 2), sublinear_tf=True, token_pattern=r"\w+"
            )
            matrix = vectorizer.fit_transform([texts[row] for row in rows])
            model = OneVsRestClassifier(LogisticRegression(C=10.0, solver="liblinear", random_state=0))
            model.fit(matrix, labels[rows].astype(str))
            found = model.predict_proba(vectorizer.transform([texts[row] for row in test[asked]]))
            full = np.zeros((int(asked.sum()), len(classes)))
            full[:, [classes.index(label) for label in model.classes_.tolist()]] = found
            result[asked] = full
        return Answer(classes, result)


class LexiconCount:
    """Counts supportive and critical words in the sentences that name the target; more of one side decides.

    Nothing is learned but how often each of the four outcomes is right, which gives the probabilities.
    """

    name, title = "lexicon", "a count of lexicon words"

    def __init__(self, work: Workload) -> None:
        self.work = work
        lexicon = Lexicon.default()
        self._said: Labels = np.array(
            [self._rule(row, lexicon) for row in range(len(work.pairs))], dtype=object
        )

    def predict(self, train: IntArray, test: IntArray) -> Answer:
        """Train on some rows and give the probabilities of others."""
        labels, said = self.work.labels, self._said
        classes = sorted({*labels[train].tolist(), *said[test].tolist()})
        result = np.empty((len(test), len(classes)))
        for label in set(said[test].tolist()):
            chosen = said[train] == label
            sure = (float((labels[train][chosen] == label).sum()) + 1) / (int(chosen.sum()) + 2)
            # The label of the rule must stay the most probable one, however seldom it is right.
            sure = max(sure, 1.02 / len(classes))
            rest = (1 - sure) / max(len(classes) - 1, 1)
            result[said[test] == label] = [sure if name == label else rest for name in classes]
        return Answer(classes, result)

    def _rule(self, row: int, lexicon: Lexicon) -> str:
        pairs = self.work.pairs
        if not pairs.mentioned[row]:
            return ABSENT
        text, own = pairs.texts[row], [m for m in pairs.mentions[row] if m.target == pairs.targets[row]]
        balance = 0
        for start, end in sentences(text):
            if any(start <= m.start < end for m in own):
                for word in words(text[start:end]):
                    concept = lexicon.concept(word.folded)
                    balance += (concept in SUPPORTIVE) - (concept in CRITICAL)
        return "neutral" if balance == 0 else "supportive" if balance > 0 else "critical"


def baselines(work: Workload) -> list[System]:
    """Return the baselines, from the weakest."""
    return [Majority(work), LexiconCount(work), TargetBlind(work)]
