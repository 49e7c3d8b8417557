"""The lines of the passages found that may answer a question, and what each is worth as its answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from backend.domain.knowledge import DocumentKind, Passage
from backend.rag.actions import Action, tells
from backend.rag.answerable import coverage
from backend.rag.headings import asks, title_path
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.quotable import may_be_said, without_foreign
from backend.rag.search import Hit
from backend.rag.statements import statements
from backend.rag.synonyms import synonyms
from backend.rag.words import raw_words, term_set, terms

#: What makes a line the answer: how alike it and its heading are to the question, its passage's total, the asked
#: words in it, in it or its heading, a figure where one is asked for, of the unit that is, what answers in the
#: asked sense, and standing early in its section. Chosen on our own manuals by how often the best line is right.
ALIKE, HEADED, TOTAL, OWN, BOTH, FIGURE, UNIT, SENSE, LATER = 2.1, 0.9, 1.0, 0.2, 0.4, 0.2, 0.5, 0.35, 0.0125
#: What a line gains that does what it is asked how to do, and by its headings.
DONE, TITLED = 0.8, 0.6
#: What a line gains that holds the code that is asked about: no other line is of it.
CODE = 3.0
#: What a data sheet loses, which does not tell how.
SHEET = 0.8
#: What a passage loses whose heading denies what was asked plainly, and a line longer than an answer: a table or code.
DENIED, UNREADABLE = 0.25, 0.5
#: What a line loses that tells of a special case nobody asked about, and what a plain yes or no under a question gains.
PARTICULAR, DIRECT = 0.4, 1.2
#: What a yes or no loses that is said of a case nobody asked about.
OTHERS = 0.6
#: What a bare topic ("its battery?") wants of a line: a figure or a stated value, that it stands in the data sheet, and
#: that the value is of just that.
STATED, LISTED, FIELD = 0.3, 0.5, 0.2
#: Words of a readable line.
WORDS = 70
#: So many of the lines that are best by their words are read for their meaning.
SHORTLIST = 4
#: A line this far behind the best by words is not made better by its meaning.
SETTLED = 0.7

NEGATIVE = re.compile(r"\b(?:not|no|never|cannot|without|neither)\b|n['’]t\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w-])\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_PARTICULAR = re.compile(
    r"^(?:[-•*] ?)?(?:while|for example|for instance|e\.g\.|all others?|others?|otherwise|except)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_DIRECT = re.compile(r"^(?:yes|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A statement with its passage and place, the asked stems it speaks of, and its worth as an answer."""

    text: str
    passage: int
    place: int
    covered: frozenset[str] = frozenset()
    worth: float = field(default=0.0, compare=False)


def lines(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> list[Line]:
    """Every line that may be said, best first by its words."""
    told = []
    for number, hit in enumerate(found):
        stated = [text for text in statements(hit.passage.text) if len(text) > 2]
        for place, text in enumerate(stated):
            if may_be_said(text, hit.passage.url) and raw_words(without_foreign(text, hit.passage.url)):
                worth = _by_words(question, hit, text, place, lexicon)
                told.append(Line(text, number, place, _covered(question, text), worth))
    return sorted(told, key=lambda line: -line.worth)


def shortlist(told: Sequence[Line]) -> tuple[str, ...]:
    """The lines whose meaning is worth comparing with the question's: none where the words settle it."""
    first = [line for line in told[:SHORTLIST] if line.worth > told[0].worth - SETTLED]
    return tuple(dict.fromkeys(line.text for line in first)) if len(first) > 1 else ()


def weighed(told: Sequence[Line], alike: Mapping[str, float]) -> list[Line]:
    """Best first by words and meaning. `alike`: cosines of lines with the question, empty while nobody can tell."""
    least = min(alike.values(), default=0.0)
    known = (replace(line, worth=line.worth + ALIKE * max(alike.get(line.text, least), 0.0)) for line in told)
    first = [line for line in known if not alike or line.text in alike]
    return sorted(first, key=lambda line: -line.worth)


def denied(question: Question, hit: Hit) -> bool:
    """Whether the heading speaks of what is not so, and the question does not."""
    return bool(NEGATIVE.search(hit.passage.section)) and not NEGATIVE.search(question.text)


def _by_words(question: Question, hit: Hit, text: str, place: int, lexicon: Lexicon) -> float:
    passage = hit.passage
    both = coverage(question, f"{title_path(passage)} {text}", lexicon)
    # the first sentence under a question is said about that question
    own = both if asks(passage) and place == 0 else coverage(question, text, lexicon)
    worth = OWN * own + BOTH * both + TOTAL * hit.total + HEADED * max(hit.heading, 0.0)
    if question.shape is Shape.AMOUNT:
        worth += (UNIT if question.figure else FIGURE) * bool((question.figure or _FIGURE).search(text))
    if question.sense is not None:
        worth += SENSE * question.sense.held_against(text)
    if question.code is not None:
        worth += CODE * bool(question.code.search(text))
    if question.action is not None:
        worth += _done(question, question.action, text, passage)
    if question.shape is Shape.YES_NO and asks(passage) and place == 0 and _DIRECT.match(text):
        told = coverage(question, title_path(passage), lexicon)
        worth += -OTHERS if _of_a_case(question, passage) else DIRECT * told
    if question.of_topic and (":" in text or _FIGURE.search(text)):
        worth += STATED + LISTED * (passage.kind is DocumentKind.SPECS) + FIELD * _is_field_of(question, text)
    worth -= PARTICULAR * bool(_PARTICULAR.match(text) and not _PARTICULAR.match(question.text))
    worth -= DENIED * denied(question, hit) + UNREADABLE * (len(text.split()) > WORDS)
    return worth - (LATER * min(place, 6) if passage.kind is not DocumentKind.SPECS else 0.0)


def _is_field_of(question: Question, text: str) -> bool:
    """Whether a line states the value of what is asked about: "choices of strap: leather, steel"."""
    name, colon, _ = text.partition(":")
    return bool(colon) and terms(name)[-1:] == [*question.asked]


def _of_a_case(question: Question, passage: Passage) -> bool:
    """Whether the question that is answered states a number that this one does not: "after 30 days?"."""
    return not set(_NUMBER.findall(passage.section)) <= set(_NUMBER.findall(question.text))


def _done(question: Question, action: Action, text: str, passage: Passage) -> float:
    """What a line is worth for doing what is asked how to do."""
    subject = question.subject | term_set(passage.title)
    done, headed = tells(action, text, passage.path, itself=not question.asked, subject=subject)
    sheet = SHEET if passage.kind is DocumentKind.SPECS else 0.0
    return DONE * done + TITLED * headed - sheet


def _covered(question: Question, text: str) -> frozenset[str]:
    """The asked stems that a text speaks of, by themselves or by a synonym."""
    spoken = term_set(text)
    return frozenset(t for t in question.asked if t in spoken or not spoken.isdisjoint(synonyms(t)))
