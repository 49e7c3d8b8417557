"""An answer made of the passages' own sentences, each cited, or nothing when they do not answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from backend.domain.knowledge import DocumentKind, FoundPassage, GroundedAnswer, Passage, Source
from backend.rag.answerable import chance, coverage
from backend.rag.generation import title_path
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.search import Hit
from backend.rag.splitting import sentences
from backend.rag.synonyms import synonyms
from backend.rag.words import terms

#: Passages that sentences are taken from.
PASSAGES = 6
#: Below this chance that the passages answer, nothing is said.
THRESHOLD = 0.5
#: Words and sentences of an answer; steps may take more, cut short they would mislead.
WORDS, SENTENCES = 70, 3
STEP_WORDS, STEPS = 150, 12
#: What makes a sentence the answer: the asked words in it, in it or its heading, its passage's score, a
#: figure where one is asked for, and standing early in its section.
OWN, BOTH, SCORE, FIGURE, LATER = 0.5, 0.4, 0.35, 0.2, 0.02
EXCERPT = 400

_FIGURE = re.compile(
    r"(?<![\w-])\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|hour|day|week|month|year)s?\b",
    re.I,
)
_ITEM = re.compile(r"^(?:[-•*‣◦▪–]|\d{1,2}[.)])\s+")
_NEGATIVE = re.compile(r"\b(?:not|no|never|cannot|without|neither)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Candidate:
    """A sentence with its place and what it is worth as an answer."""

    text: str
    passage: int
    place: int
    covered: frozenset[str]
    worth: float


def answer(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> GroundedAnswer:
    """The best sentences of the best passages, [n] after each; empty text below the threshold."""
    confidence = chance(question, found, lexicon)
    if confidence < THRESHOLD or not found:
        return GroundedAnswer(text="", confidence=confidence)
    ranked = sorted(_candidates(question, found[:PASSAGES], lexicon), key=lambda c: -c.worth)
    if not ranked:
        return GroundedAnswer(text="", confidence=confidence)
    chosen = _steps(ranked[0], found) if question.shape is Shape.STEPS else _chosen(ranked)
    return _written(question, chosen, found, confidence)


def _candidates(question: Question, found: Sequence[Hit], lexicon: Lexicon) -> list[_Candidate]:
    candidates = []
    for number, hit in enumerate(found):
        heading = title_path(hit.passage)
        for place, sentence in enumerate(sentences(hit.passage.text)):
            if sentence.endswith("?") or len(sentence) < 3:
                continue
            own = coverage(question, sentence, lexicon)
            both = coverage(question, f"{heading} {sentence}", lexicon)
            worth = OWN * own + BOTH * both + SCORE * hit.score
            worth += FIGURE * (question.shape is Shape.AMOUNT and bool(_FIGURE.search(sentence)))
            worth -= LATER * min(place, 6) if hit.passage.kind is not DocumentKind.SPECS else 0.0
            candidates.append(_Candidate(sentence, number, place, _covered(question, sentence), worth))
    return candidates


def _covered(question: Question, text: str) -> frozenset[str]:
    """The asked stems that a text speaks of, by themselves or by a synonym."""
    spoken = frozenset(terms(text))
    return frozenset(t for t in question.asked if t in spoken or not spoken.isdisjoint(synonyms(t)))


def _chosen(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """The best sentence, and others that are nearly as good and add what it leaves open."""
    chosen = [ranked[0]]
    for candidate in ranked[1:]:
        words = sum(len(c.text.split()) for c in chosen) + len(candidate.text.split())
        if len(chosen) == SENTENCES or words > WORDS:
            break
        beside = candidate.passage == chosen[0].passage and abs(candidate.place - chosen[0].place) == 1
        adds = candidate.covered - frozenset().union(*(c.covered for c in chosen))
        if candidate.worth < 0.75 * chosen[0].worth or _same(candidate, chosen):
            continue
        if adds or (beside and candidate.place > chosen[0].place):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: (c.passage != chosen[0].passage, c.passage, c.place))


def _same(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether most of its words were said already."""
    words = set(terms(candidate.text))
    return any(len(words & set(terms(c.text))) > 0.7 * max(1, len(words)) for c in chosen)


def _steps(best: _Candidate, found: Sequence[Hit]) -> list[_Candidate]:
    """The passage from the best sentence on, or the whole list it stands in, in order."""
    lines = sentences(found[best.passage].passage.text)
    start = best.place
    while start > 0 and (_ITEM.match(lines[start]) or lines[start - 1].endswith(":")):
        start -= 1
    if len(" ".join(lines).split()) <= STEP_WORDS:
        start = 0
    chosen: list[_Candidate] = []
    words = 0
    for place in range(start, min(len(lines), start + STEPS)):
        words += len(lines[place].split())
        if chosen and words > STEP_WORDS:
            break
        chosen.append(_Candidate(lines[place], best.passage, place, frozenset(), 0.0))
    return chosen


def _written(
    question: Question, chosen: Sequence[_Candidate], found: Sequence[Hit], confidence: float
) -> GroundedAnswer:
    numbers: dict[int, int] = {}
    parts: list[str] = []
    for at, candidate in enumerate(chosen):
        number = numbers.setdefault(candidate.passage, len(numbers) + 1)
        last = at + 1 == len(chosen) or chosen[at + 1].passage != candidate.passage
        line = _tidy(candidate.text)
        # one mark closes a run of list items of one passage; every other sentence carries its own
        marked = line if _ITEM.match(line) and not last else f"{line} [{number}]"
        parts.append(("\n" if _ITEM.match(line) and at else " " if at else "") + marked)
    text = _verdict(question, chosen[0]) + "".join(parts)
    sources = tuple(source_of(found[place], [c.text for c in chosen if c.passage == place]) for place in numbers)
    return GroundedAnswer(text=text, sources=sources, confidence=confidence)


def _verdict(question: Question, best: _Candidate) -> str:
    """ "Yes." or "No." where the sentence speaks of all that was asked and asserts or denies it plainly."""
    if question.shape is not Shape.YES_NO or len(best.covered) < len(question.asked) or not question.asked:
        return ""
    if re.match(r"(?:yes|no)\b", best.text, re.IGNORECASE) or _NEGATIVE.search(question.text):
        return ""
    denials = len(_NEGATIVE.findall(best.text))
    if denials == 0 and len(best.text.split()) <= 30:
        return "Yes. "
    return "No. " if denials == 1 and len(best.text.split()) <= 20 else ""


def _tidy(sentence: str) -> str:
    """A capital in front and a stop behind."""
    text = sentence.strip()
    if text and text[-1] not in ".!?:;…":
        text += "."
    return text[0].upper() + text[1:] if text[:1].islower() and not re.match(r"[a-z]+[A-Z\d]", text) else text


def source_of(hit: FoundPassage | Hit, quoted: Sequence[str] = ()) -> Source:
    """A passage as a citation; the excerpt shows what was quoted."""
    passage = hit.passage
    return Source(
        id=passage.id,
        title=passage.title,
        section=passage.section,
        page=passage.page,
        url=passage_url(passage),
        excerpt=_excerpt(passage.text, quoted),
        score=hit.score,
    )


def passage_url(passage: Passage) -> str:
    """Where the passage can be opened."""
    return f"/knowledge/?document={quote(passage.document_id, safe='')}&passage={quote(passage.id, safe='')}"


def _excerpt(text: str, quoted: Sequence[str]) -> str:
    """The part of the passage from the first quoted sentence to the last."""
    places = [at for at in (text.find(sentence) for sentence in quoted) if at >= 0]
    if not places or len(text) <= EXCERPT:
        return text if len(text) <= EXCERPT or quoted else text[:EXCERPT].rsplit(" ", 1)[0] + "…"
    end = max(text.find(sentence) + len(sentence) for sentence in quoted)
    return text[min(places) : max(end, min(places) + 1)]
