"""From standoff labels to labels with text."""

from collections.abc import Iterable
from typing import NamedTuple

from stance.corpora import Corpora
from stance.labels.records import LabelledPassage


class Resolved(NamedTuple):
    """Label passages with text, and those for which there is none.

    Attributes
    ----------
    passages : list of LabelledPassage
        Each with its text.
    missing : list of (LabelledPassage, str)
        The others, with the reason.
    """

    passages: list[LabelledPassage]
    missing: list[tuple[LabelledPassage, str]]

    def summary(self) -> str | None:
        """Return in a few lines what is missing and how to get it, or None."""
        if not self.missing:
            return None
        reasons: dict[str, list[str]] = {}
        for passage, reason in self.missing:
            kind = (
                reason if "is not indexed" in reason else "not as labelled (another edition of the corpus?)"
            )
            reasons.setdefault(kind, []).append(f"{passage.file}:{passage.line} {passage.id}")
        lines = [
            f"{len(self.missing)} of {len(self.missing) + len(self.passages)} labels have no text and are left out:"
        ]
        for reason, names in reasons.items():
            shown = ", ".join(names[:5]) + (f", ... ({len(names)} in all)" if len(names) > 5 else "")
            lines.append(f"  {reason}: {shown}")
        return "\n".join(lines)


def resolve(passages: Iterable[LabelledPassage], corpora: Corpora | None = None) -> Resolved:
    """Give each standoff label its text.

    Parameters
    ----------
    passages : iterable of LabelledPassage
    corpora : Corpora, optional
        Default: those of this machine.

    Returns
    -------
    Resolved
    """
    found: list[LabelledPassage] = []
    missing: list[tuple[LabelledPassage, str]] = []
    with corpora or Corpora() as texts:
        for passage in passages:
            if passage.text is not None:
                found.append(passage)
                continue
            assert passage.doc is not None and passage.sha256 is not None  # `read_labels` refuses others
            resolution = texts.resolve(passage.doc, passage.sha256, passage.start, passage.end)
            if resolution.text is None:
                missing.append((passage, resolution.reason or ""))
            else:
                found.append(passage.with_text(resolution.text))
    return Resolved(found, missing)
