"""Which sentences of the passages found answer a question, and in what order they read well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.knowledge import DocumentKind
from backend.rag.answerable import coverage
from backend.rag.generation import title_path
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.quotable import may_be_said
from backend.rag.search import Hit
from backend.rag.statements import statements
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: Words and sentences of an answer; steps may take more, cut short they would mislead.
WORDS, SENTENCES = 70, 3
STEP_WORDS, STEPS = 150, 12
#: What makes a sentence the answer: the asked words in it, in it or its heading, its passage's score, a
#: figure where one is asked for, of the unit that is, and standing early in its section.
OWN, BOTH, SCORE, FIGURE, UNIT, LATER = 0.5, 0.4, 0.35, 0.2, 0.3, 0.02
#: What a passage gains when its heading names the matter, and loses when it denies what was asked plainly.
NAMED, DENIED = 0.15, 0.1
#: What a sentence loses that is longer than an answer: a table or code without stops.
UNREADABLE = 0.2
#: A heading that covers so much of a question makes its section the answer.
SECTION = 0.6

ITEM = re.compile(r"^(?:[-•*‣◦▪–]|\d{1,2}[.)])\s+")
NEGATIVE = re.compile(r"\b(?:not|no|never|cannot|without|neither)\b|n['’]t\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w-])\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Chosen:
    """A sentence with its passage and place, the asked stems it speaks of, and its worth as an answer."""

    text: str
    passage: int
    place: int
    covered: frozenset[str] = frozenset()
    worth: float = 0.0


def choose(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> list[Chosen]:
    """The sentences of the answer in reading order; none when there is no sentence at all.

    A fact is one sentence, wherever it stands; how something is done is a stretch of the best section.
    """
    ranked = sorted(_candidates(question, found, lexicon), key=lambda c: -c.worth)
    if not ranked:
        return []
    stated = found[ranked[0].passage].passage.kind is DocumentKind.SPECS and len(ranked[0].covered) == len(
        question.asked
    )
    if question.shape in (Shape.AMOUNT, Shape.YES_NO) or stated:
        return _facts(ranked)
    section = _section(question, found, lexicon)
    inside = [c for c in ranked if c.passage == section] or ranked
    if question.shape is Shape.STEPS:
        return _stretch(inside, STEP_WORDS, STEPS)
    named = coverage(question, title_path(found[section].passage), lexicon) >= SECTION
    if named or found[section].passage.kind is DocumentKind.FAQ:
        return _stretch(inside, WORDS, SENTENCES)
    return _facts(ranked)


def _candidates(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> list[Chosen]:
    candidates = []
    for number, hit in enumerate(found):
        heading, kind = title_path(hit.passage), hit.passage.kind
        for place, sentence in enumerate(statements(hit.passage.text)):
            if len(sentence) < 3 or not may_be_said(sentence, hit.passage.url):
                continue
            both = coverage(question, f"{heading} {sentence}", lexicon)
            # the first sentence under a question is said about that question
            leads = kind is DocumentKind.FAQ and place == 0
            own = both if leads else coverage(question, sentence, lexicon)
            worth = OWN * own + BOTH * both + SCORE * hit.score
            if question.shape is Shape.AMOUNT:
                worth += (UNIT if question.figure else FIGURE) * bool((question.figure or _FIGURE).search(sentence))
            worth -= DENIED * _denied(question, hit)
            worth -= UNREADABLE * (len(sentence.split()) > WORDS)
            worth -= LATER * min(place, 6) if kind is not DocumentKind.SPECS else 0.0
            candidates.append(Chosen(sentence, number, place, _covered(question, sentence), worth))
    return candidates


def _section(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> int:
    """The passage that is about the question as a whole."""

    def worth(number: int) -> float:
        hit = found[number]
        named = coverage(question, title_path(hit.passage), lexicon)
        return hit.total + NAMED * named - DENIED * _denied(question, hit)

    return max(range(len(found)), key=worth)


def _denied(question: Question, hit: Hit) -> bool:
    """Whether the heading speaks of what is not so, and the question does not."""
    return bool(NEGATIVE.search(hit.passage.section)) and not NEGATIVE.search(question.text)


def _covered(question: Question, text: str) -> frozenset[str]:
    """The asked stems that a text speaks of, by themselves or by a synonym."""
    spoken = term_set(text)
    return frozenset(t for t in question.asked if t in spoken or not spoken.isdisjoint(synonyms(t)))


def _facts(ranked: Sequence[Chosen]) -> list[Chosen]:
    """The best sentence, and others that are nearly as good and add what it leaves open."""
    best = ranked[0]
    chosen = [best]
    for candidate in ranked[1:]:
        words = sum(len(c.text.split()) for c in chosen) + len(candidate.text.split())
        if len(chosen) == SENTENCES or words > WORDS:
            break
        if candidate.worth < 0.75 * best.worth or _same(candidate, chosen):
            continue
        follows = candidate.passage == best.passage and candidate.place == best.place + 1
        if follows or candidate.covered - frozenset().union(*(c.covered for c in chosen)):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: (c.passage != best.passage, c.passage, c.place))


def _same(candidate: Chosen, chosen: Sequence[Chosen]) -> bool:
    """Whether most of its words were said already."""
    words = term_set(candidate.text)
    return any(len(words & term_set(c.text)) > 0.7 * max(1, len(words)) for c in chosen)


def _stretch(ranked: Sequence[Chosen], most_words: int, most: int) -> list[Chosen]:
    """Sentences of one passage in a row: from its start if the best one is reached, else from the best one on."""
    best = ranked[0]
    lines = sorted((c for c in ranked if c.passage == best.passage), key=lambda c: c.place)
    for first in (0, lines.index(best)):
        taken: list[Chosen] = []
        words = 0
        for line in lines[first:]:
            words += len(line.text.split())
            if taken and (words > most_words or len(taken) == most):
                break
            taken.append(line)
        if best in taken:
            return taken
    return [best]
