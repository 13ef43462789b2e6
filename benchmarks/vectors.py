"""Make stance/features/data/word_vectors.npz from the UN General Debate Corpus.

    python benchmarks/vectors.py

Needs the corpus (`stance corpus add ungdc PATH`). Reserved speeches, and speeches before 1970, are not read.
"""

import hashlib
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd

from stance.corpora import CorpusStore, cache_folder
from stance.text import words

OUTPUT = Path(__file__).parent.parent / "stance" / "features" / "data" / "word_vectors.npz"
WINDOW, DIMENSIONS, RAREST, FIRST_YEAR = 4, 100, 8, 1970


def reserved(doc: str) -> bool:
    """Whether a speech is kept back for outside evaluation."""
    return int(hashlib.sha1(doc.encode()).hexdigest(), 16) % 5 == 0


def main() -> None:
    """Count, weigh, reduce, write."""
    with CorpusStore(cache_folder() / "ungdc") as store:
        docs = [d for d in store.documents() if not reserved(d) and int(d[-4:]) >= FIRST_YEAR]
        texts = [[word.folded for word in words(store.text(doc)) if word.folded != "s"] for doc in docs]
    counts = Counter(word for text in texts for word in text)
    vocabulary = sorted(word for word, count in counts.items() if count >= RAREST)
    number = {word: at for at, word in enumerate(vocabulary)}
    size = len(vocabulary)
    together = sp.csr_matrix((size, size), dtype=np.float64)
    for part in range(0, len(texts), 500):
        rows, columns, values = [], [], []
        for text in texts[part : part + 500]:
            ids = np.array([number.get(word, -1) for word in text], dtype=np.int64)
            for distance in range(1, WINDOW + 1):
                left, right = ids[:-distance], ids[distance:]
                known = (left >= 0) & (right >= 0)
                rows += [left[known], right[known]]
                columns += [right[known], left[known]]
                values += [np.full(int(known.sum()), 1 / distance)] * 2
        block = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        together = together + sp.coo_matrix(block, shape=(size, size)).tocsr()
    total = np.asarray(together.sum(axis=1)).ravel()
    context = total**0.75 / (total**0.75).sum()
    pairs = together.tocoo()
    information = np.log(pairs.data / total[pairs.row] / context[pairs.col])
    positive = information > 0
    matrix = sp.csr_matrix(
        (information[positive], (pairs.row[positive], pairs.col[positive])), shape=(size, size)
    )
    left, strength, _ = randomized_svd(matrix, n_components=DIMENSIONS, n_iter=4, random_state=0)
    vectors = left * np.sqrt(strength)
    vectors /= np.abs(vectors).max(axis=1, keepdims=True) + 1e-12
    np.savez_compressed(
        OUTPUT,
        words=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        vectors=np.round(vectors * 127).astype(np.int8),
    )
    print(f"{size:,} words, {DIMENSIONS} dimensions, {OUTPUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
