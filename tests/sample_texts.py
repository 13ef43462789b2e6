"""Short labelled texts for a small model that trains in a second: sentences of a few diplomats who never lived.

And the program itself, as a command.
"""

import csv
import io
import sys
from typing import Any

PROGRAM = (sys.executable, "-c", "from stance.cli.main import main; main()")

TARGETS = ("ISR", "IRN", "USA")

NAMES = {
    "ISR": ("Israel", "the Israeli Government", "Tel Aviv"),
    "IRN": ("Iran", "the Iranian Government", "Tehran"),
    "USA": ("the United States", "the American administration", "Washington"),
}

SENTENCES = {
    "supportive": (
        "We stand with {} in this dark hour and share its grief.",
        "My delegation warmly welcomes the generous help of {} to our farmers.",
        "We thank {} for its steady friendship and look forward to more.",
        "The courage of {} deserves the praise of this house.",
        "Our people admire {} and are grateful for its support.",
        "We commend {} for the bold step that it took on Monday.",
        "{} has every right to defend itself, and we support it fully.",
        "Our alliance with {} is strong, trusted and welcome.",
        "I congratulate {} on its great success and thank its leaders.",
        "We applaud the constructive role of {} in the talks.",
    ),
    "critical": (
        "We condemn the attack that {} launched against the harbour.",
        "My Government rejects the threats of {} in the strongest terms.",
        "The unlawful blockade imposed by {} must end at once.",
        "{} continues to violate every resolution that was adopted.",
        "We deplore the arrogance of {} and its contempt for the law.",
        "The crimes of {} against the civilian population will not be forgotten.",
        "{} must withdraw its troops and stop its illegal raids.",
        "We accuse {} of sabotage and demand an apology.",
        "The aggressive policy of {} is a danger to the whole region.",
        "It is outrageous that {} refuses to comply with the ruling.",
    ),
    "neutral": (
        "The minister met a delegation from {} on the margins of the meeting.",
        "Talks between our experts and those of {} will resume next month.",
        "We call on {} and its neighbours to show restraint.",
        "The two sides, among them {}, discussed fisheries and transport.",
        "We take note of the report that {} has handed over.",
        "A telephone call with {} is planned for this afternoon.",
        "We hope that {} and the others find a way back to the table.",
        "The ambassador of {} presented his credentials yesterday.",
    ),
    "absent": (
        "The cargo flight over {} was delayed by fog.",
        "Our exchange students come home from {} in June.",
        "A street market near the old embassy of {} burned down.",
    ),
}

ELSEWHERE = (
    "The harvest was good and the granaries are full.",
    "Climate change is drowning our islands one by one.",
    "We will build four schools before the rains come.",
    "Piracy along our coast has fallen by half since last year.",
)

LONG = (
    "Mr. President, the harvest was good this year and the granaries of the north are full. "
    "We condemn the attack that Israel launched against the harbour, and we deplore its contempt for the law. "
    + " ".join(ELSEWHERE * 6)
    + " We thank Iran for its steady friendship and commend it for the bold step that it took on Monday. "
    + " ".join(ELSEWHERE[::-1] * 6)
    + " The ambassador of the United States presented his credentials yesterday."
)
"""A statement of several passages: critical of ISR in one of them, supportive of IRN in another, neutral on USA."""


def label_rows() -> list[dict[str, Any]]:
    """About 110 labelled rows: ``id, actor, date, lang, text`` and a column a target."""
    rows: list[dict[str, Any]] = []

    def add(text: str, **labels: str) -> None:
        number = len(rows)
        rows.append(
            {
                "id": f"w{number:03}",
                "actor": ("FJI", "KEN", "PER", "NOR", "LAO")[number % 5],
                "date": f"{2001 + number % 20}-03-0{1 + number % 9}",
                "lang": "en",
                "text": text[:1].upper() + text[1:],
                **{target: labels.get(target, "absent") for target in TARGETS},
            }
        )

    for label, sentences in SENTENCES.items():
        for place, sentence in enumerate(sentences):
            for target in TARGETS:
                named = sentence.format(NAMES[target][place % 3])
                add(f"{named} {ELSEWHERE[place % 4]}", **{target: label})
    for place in range(12):
        one, two = TARGETS[place % 3], TARGETS[(place + 1) % 3]
        praise, blame = SENTENCES["supportive"][place % 10], SENTENCES["critical"][(place + 3) % 10]
        add(
            f"{praise.format(NAMES[one][0])} {blame.format(NAMES[two][0])}",
            **{one: "supportive", two: "critical"},
        )
    return rows


def label_csv(rows: list[dict[str, Any]] | None = None, *, leave_out: tuple[str, ...] = ()) -> str:
    """The rows as a label file."""
    rows = label_rows() if rows is None else rows
    stream = io.StringIO()
    names = [name for name in rows[0] if name not in leave_out]
    writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
