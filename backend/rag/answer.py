"""An answer made of the passages' own sentences, each cited, or nothing when they do not answer."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from backend.domain.knowledge import FoundPassage, GroundedAnswer, Passage, Source
from backend.rag.agreement import settle
from backend.rag.answerable import judge
from backend.rag.choosing import ITEM, NEGATIVE, Chosen, choose
from backend.rag.lexical import Lexicon
from backend.rag.question import Question, Shape
from backend.rag.quotable import harmless, without_foreign
from backend.rag.search import Hit
from backend.rag.statements import said

#: Passages that sentences are taken from.
PASSAGES = 6
#: Letters of a cited passage that are shown beside the reply.
EXCERPT = 400
#: A sentence of more words may say yes and no at once.
PLAIN_WORDS = 25
#: A sentence with one of these says yes or no under a condition.
_DEPENDS = re.compile(
    r"\b(?:if|unless|only|but|except|however|although|though|needs?|requires?|depends|depending|may|might|sometimes"
    r"|probably|should|either)\b",
    re.IGNORECASE,
)


def answer(question: Question, found: Sequence[Hit], lexicon: Lexicon, *, within: bool = False) -> GroundedAnswer:
    """The best sentences, [n] after each; empty text below the threshold. `within`: one product's pages were asked."""
    confidence, enough = judge(question, found, lexicon, within=within)
    chosen = choose(question, found[:PASSAGES], lexicon) if enough else []
    if not chosen:
        return GroundedAnswer(text="", confidence=confidence)
    chosen, outdated = settle(chosen, found)
    order = list(dict.fromkeys(c.passage for c in (*chosen, *outdated)))
    quoted = (*chosen, *outdated)
    chosen, outdated = ([replace(c, text=_local(c, found)) for c in some] for some in (chosen, outdated))
    text = _verdict(question, chosen[0]) + _written(chosen, order)
    return GroundedAnswer(
        text=text + "".join(_outdated(old, found, order) for old in outdated),
        sources=tuple(source_of(found[n], [c.text for c in quoted if c.passage == n]) for n in order),
        confidence=confidence,
    )


def _local(sentence: Chosen, found: Sequence[Hit]) -> str:
    passage = found[sentence.passage].passage
    return without_foreign(said(sentence.text, passage.text), passage.url)


def quote_passages(hits: Sequence[Hit]) -> GroundedAnswer:
    """The passages as they stand, each cited: for a wish to be told about something."""
    text = " ".join(f"{_closed(' '.join(harmless(hit.passage).split()))} [{n}]" for n, hit in enumerate(hits, start=1))
    sources = tuple(source_of(hit, [hit.passage.text]) for hit in hits)
    return GroundedAnswer(text=text, sources=sources, confidence=max((h.score for h in hits), default=0.0))


def _written(chosen: Sequence[Chosen], order: Sequence[int]) -> str:
    """Sentences in a row with their marks; list items on lines of their own, one mark at the end of the list."""
    parts: list[str] = []
    for passage, group in groupby(chosen, key=lambda c: c.passage):
        lines = [c.text for c in group]
        mark = f" [{order.index(passage) + 1}]"
        items = sum(bool(ITEM.match(line)) for line in lines)
        for at, line in enumerate(lines):
            listed = bool(ITEM.match(line)) and items > 1
            runs_on = listed and at + 1 < len(lines) and bool(ITEM.match(lines[at + 1]))
            closed = _closed(line if listed else ITEM.sub("", line))
            parts.append(("\n" if listed and parts else " " if parts else "") + closed + ("" if runs_on else mark))
    return "".join(parts)


def _outdated(old: Chosen, found: Sequence[Hit], order: Sequence[int]) -> str:
    """Says that an older text says otherwise, and what."""
    title = found[old.passage].passage.title
    return (
        f" An older text, “{title}”, says otherwise: {_closed(ITEM.sub('', old.text))} [{order.index(old.passage) + 1}]"
    )


def _verdict(question: Question, best: Chosen) -> str:
    """ "Yes." or "No." where the sentence speaks of all that was asked and asserts or denies it plainly."""
    if question.shape is not Shape.YES_NO or len(best.covered) < len(question.asked):
        return ""
    if re.match(r"(?:yes|no|we do|it does)\b", best.text, re.IGNORECASE) or NEGATIVE.search(question.text):
        return ""
    denials = len(NEGATIVE.findall(best.text))
    if len(best.text.split()) > PLAIN_WORDS or denials > 1 or _DEPENDS.search(best.text):
        return ""
    return "No. " if denials else "Yes. "


def _closed(sentence: str) -> str:
    """A capital in front, a stop behind, and no bracket that would be taken for a citation."""
    text = re.sub(r"\[(\d+)\]", r"(\1)", sentence.strip())
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
        excerpt=_excerpt(harmless(passage), quoted),
        score=hit.score,
    )


def passage_url(passage: Passage) -> str:
    """Where the passage can be opened: the document's own address, else the page that shows it."""
    if passage.url:
        return passage.url
    return f"/knowledge/?document={quote(passage.document_id, safe='')}&passage={quote(passage.id, safe='')}"


def _excerpt(text: str, quoted: Sequence[str]) -> str:
    """The whole of a short passage; of a long one the part from the first quoted sentence to the last."""
    if len(text) <= EXCERPT:
        return text
    places = [(text.find(sentence), len(sentence)) for sentence in quoted if sentence in text]
    if not places:
        return text[:EXCERPT].rsplit(" ", 1)[0] + "…"
    start, end = min(at for at, _ in places), max(at + length for at, length in places)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
