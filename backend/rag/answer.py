"""An answer made of the passages' own sentences, each cited, or nothing when they do not answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from backend.domain.knowledge import FoundPassage, GroundedAnswer, Passage, Source
from backend.rag.agreement import settle
from backend.rag.answerable import judge, of_snippets
from backend.rag.choosing import ITEM, choose
from backend.rag.lexical import Lexicon
from backend.rag.lines import Line, lines, shortlist, weighed
from backend.rag.question import Question, Shape
from backend.rag.quotable import harmless, without_foreign
from backend.rag.search import Hit
from backend.rag.second_look import chance, is_foreign, needed, worth_it
from backend.rag.statements import said
from backend.rag.verdict import verdict

#: Passages that sentences are taken from.
PASSAGES = 6
#: Letters of a cited passage that are shown beside the reply.
EXCERPT = 400


@dataclass(frozen=True)
class Draft:
    """A question with what was found: `told` are the lines that may answer, none where the chance is too small."""

    question: Question
    found: Sequence[Hit]
    lexicon: Lexicon
    confidence: float
    told: Sequence[Line] = ()
    #: the chance from which on the best of them is said, where that decides
    needed: float | None = None
    #: whether a yes or no about a product is asked of its sections
    decides: bool = False

    @classmethod
    def of(
        cls,
        question: Question,
        found: Sequence[Hit],
        lexicon: Lexicon,
        *,
        within: bool = False,
        follows: bool = False,
        above: float | None = None,
    ) -> "Draft":
        """`within`: only one product's pages were asked; `follows`: half of it was said before. What is not surer than
        `above` has no lines; without it there is nothing else to be said.
        """
        confidence, enough = judge(question, found, lexicon, within=within)
        by_line = above is None and not within and confidence > 0
        if not (worth_it(found[0]) if by_line else enough and confidence > (above or 0.0)):
            return cls(question, found, lexicon, confidence)
        told = lines(question, found[:PASSAGES], lexicon)
        decides = within and not follows and question.shape is Shape.YES_NO and not of_snippets(found)
        least = needed(lexicon.size, enough=enough) if by_line else None
        return cls(question, found, lexicon, confidence, told, least, decides)

    @property
    def looked_at(self) -> bool:
        """Whether the best line has to be compared with the question, however sure its words are."""
        return self.needed is not None or self.decides

    @property
    def sure(self) -> Mapping[str, float]:
        """Lines that are a whole passage: how alike that is to the question is known from the search."""
        passages = ((line.text, self.found[line.passage]) for line in self.told)
        return {text: hit.text for text, hit in passages if hit.passage.text == text}

    @property
    def unsure(self) -> tuple[str, ...]:
        """Lines that have to be compared with the question."""
        first = shortlist(self.told) or tuple(line.text for line in self.told[:1] if self.looked_at)
        return tuple(text for text in first if text not in self.sure)


def answer(draft: Draft, alike: Mapping[str, float]) -> GroundedAnswer:
    """The best sentences, [n] after each; empty text where nothing answers. `alike`: cosines of `draft.unsure`."""
    question, found, told = draft.question, draft.found, draft.told
    read = len(alike) == len(draft.unsure) and (draft.looked_at or bool(shortlist(told)))
    known = {**draft.sure, **alike} if read else {}
    ranked = weighed(told, known)
    chosen = choose(question, found, draft.lexicon, told, ranked)
    if not chosen or (draft.decides and _foreign(draft, ranked[0], known)):
        return GroundedAnswer(text="", confidence=draft.confidence)
    confidence = draft.confidence
    if draft.needed is not None:
        second = _second(draft, ranked[0], known)
        if second < draft.needed:
            return GroundedAnswer(text="", confidence=confidence)
        confidence = max(confidence, second)
    chosen, outdated = settle(chosen, found)
    order = list(dict.fromkeys(c.passage for c in (*chosen, *outdated)))
    quoted = (*chosen, *outdated)
    chosen, outdated = ([replace(c, text=_local(c, found)) for c in some] for some in (chosen, outdated))
    text = verdict(question, chosen[0]) + _written(chosen, order)
    return GroundedAnswer(
        text=text + "".join(_outdated(old, found, order) for old in outdated),
        sources=tuple(source_of(found[n], [c.text for c in quoted if c.passage == n]) for n in order),
        confidence=confidence,
    )


def _second(draft: Draft, best: Line, known: Mapping[str, float]) -> float:
    """The chance that the best line answers; none while nobody can compare."""
    if best.text not in known:
        return 0.0
    return chance(draft.question, known[best.text], draft.found[best.passage], draft.lexicon)


def _foreign(draft: Draft, best: Line, known: Mapping[str, float]) -> bool:
    if best.text not in known:
        return False
    return is_foreign(draft.question, known[best.text], draft.found[best.passage], draft.lexicon)


def _local(sentence: Line, found: Sequence[Hit]) -> str:
    passage = found[sentence.passage].passage
    return without_foreign(said(sentence.text, passage.text), passage.url)


def quote_passages(hits: Sequence[Hit]) -> GroundedAnswer:
    """The passages as they stand, each cited: for a wish to be told about something."""
    text = " ".join(f"{_closed(' '.join(harmless(hit.passage).split()))} [{n}]" for n, hit in enumerate(hits, start=1))
    sources = tuple(source_of(hit, [hit.passage.text]) for hit in hits)
    return GroundedAnswer(text=text, sources=sources, confidence=max((h.score for h in hits), default=0.0))


def _written(chosen: Sequence[Line], order: Sequence[int]) -> str:
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


def _outdated(old: Line, found: Sequence[Hit], order: Sequence[int]) -> str:
    """Says that an older text says otherwise, and what."""
    title = found[old.passage].passage.title
    return (
        f" An older text, “{title}”, says otherwise: {_closed(ITEM.sub('', old.text))} [{order.index(old.passage) + 1}]"
    )


def _closed(sentence: str) -> str:
    """A capital in front, a stop behind, and no bracket that would be taken for a citation."""
    text = re.sub(r"\[(\d+)\]", r"(\1)", sentence.strip().lstrip("!?.,;: "))
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
