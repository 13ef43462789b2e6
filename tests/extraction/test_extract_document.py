from hypothesis import given
from hypothesis import strategies as st

from stance.extraction.document import Document, paragraphs
from stance.extraction.lexicon import load_lexicon
from stance.extraction.sources import (
    phrase_left,
    phrase_right,
    sentence_subject,
    subject_left,
    verb_group_start,
)

EN = load_lexicon("en")


def document(text: str, lang: str = "en") -> Document:
    return Document(text, load_lexicon(lang))


def sentences(text: str) -> list[str]:
    doc = document(text)
    return [doc.slice(first, last) for first, last in doc.sentences]


def test_wrapped_lines_are_one_paragraph():
    wrapped = "The ministry said in a long statement on Monday that the\nagreement would be kept."
    text = f"{wrapped}\nA heading\nAnother line."
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "The ministry said in a long statement on Monday that the\nagreement would be kept.",
        "A heading",
        "Another line.",
    ]


def test_acronyms_and_titles_do_not_end_sentences():
    assert sentences("Gov. Smith left the U.S. for Iran. He met Mr. B. Jones.") == [
        "Gov. Smith left the U.S. for Iran.",
        "He met Mr. B. Jones.",
    ]


def test_a_stop_inside_a_quotation_ends_nothing():
    assert sentences("“It is over. We go home,” he said. They left.") == [
        "“It is over. We go home,” he said.",
        "They left.",
    ]


def test_a_question_before_its_attribution_is_one_sentence():
    assert sentences("“Who knows?” he asked. Nobody did.") == ["“Who knows?” he asked.", "Nobody did."]


def test_clitics_are_tokens_of_their_own():
    assert document("Iran’s envoy didn’t go; Peru's did.").words == [
        "Iran",
        "’s",
        "envoy",
        "didn’t",
        "go",
        ";",
        "Peru",
        "'s",
        "did",
        ".",
    ]


def test_the_state_is_no_pronoun():
    doc = document("the US told us")
    assert doc.bits[1] == 0
    assert doc.bits[3] != 0


def phrase(doc: Document, span: tuple[int, int] | None) -> str | None:
    return None if span is None else doc.slice(*span)


def subject_of(text: str, verb: str) -> str | None:
    doc = document(text)
    at = doc.low.index(verb)
    group, _, _ = verb_group_start(doc, at, 0)
    return phrase(doc, subject_left(doc, group, 0))


def test_subjects():
    cases = [
        (
            "Cuba’s Foreign Minister Bruno Rodríguez said so",
            "said",
            "Cuba’s Foreign Minister Bruno Rodríguez",
        ),
        (
            "A spokesman for the Greek Defence Ministry said so",
            "said",
            "A spokesman for the Greek Defence Ministry",
        ),
        ("Juan Pérez, the envoy to Rome, has repeatedly said so", "said", "Juan Pérez, the envoy to Rome"),
        ("Juan Pérez — who lives in Rome — said so", "said", "Juan Pérez — who lives in Rome"),
        ("The envoy (a lawyer) said so", "said", "The envoy (a lawyer)"),
        ("They met, and the envoy on Thursday said so", "said", "the envoy"),
        ("Iran and Iraq said so", "said", "Iran and Iraq"),
        ("a man who said so", "said", "a man"),
        ("After the talks, Peru said so", "said", "Peru"),
    ]
    for text, verb, expected in cases:
        assert subject_of(text, verb) == expected, text


def test_negation_and_auxiliaries_belong_to_the_verb_group():
    doc = document("The ministry has not publicly said so")
    group, negated, auxiliary = verb_group_start(doc, doc.low.index("said"), 0)
    assert doc.words[group] == "has"
    assert negated
    assert auxiliary


def test_sentence_subject_steps_over_an_adverbial():
    doc = document("According to the daily, the two envoys met before leaving")
    assert phrase(doc, sentence_subject(doc, doc.low.index("before"), 0)) == "the two envoys met"
    doc = document("In a speech on Monday, she left, saying nothing")
    assert phrase(doc, sentence_subject(doc, doc.low.index("saying"), 0)) == "she"


def test_phrase_right_stops_at_the_adjunct():
    doc = document("said Deputy Minister Ana Ruiz on Monday")
    assert phrase(doc, phrase_right(doc, 1, len(doc))) == "Deputy Minister Ana Ruiz"


def test_no_phrase_before_the_text():
    doc = document("said so")
    assert phrase_left(doc, -1, 0) is None
    assert subject_left(doc, 0, 0) is None


@given(st.text(max_size=200))
def test_tokens_slice_back_and_sentences_cover_them(text):
    doc = Document(text, EN)
    assert [text[start:end] for start, end in zip(doc.start, doc.end, strict=True)] == doc.words
    assert [at for first, last in doc.sentences for at in range(first, last)] == list(range(len(doc)))
