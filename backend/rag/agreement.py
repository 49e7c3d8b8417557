"""When two policies state one thing with different figures, the newer one counts and the older one is named."""

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.knowledge import DocumentKind, Passage
from backend.rag.choosing import Chosen
from backend.rag.grounding import measures
from backend.rag.search import Hit
from backend.rag.splitting import sentences
from backend.rag.synonyms import synonyms
from backend.rag.words import terms

#: Texts of the shop's own rules; what reviewers or manuals of two products say may differ.
RULES = (DocumentKind.POLICY, DocumentKind.FAQ)
#: Share of the words of two sentences, figures aside, that both say, from which they state the same thing.
SAME = 0.5


def settle(chosen: Sequence[Chosen], found: Sequence[Hit]) -> tuple[list[Chosen], list[Chosen]]:
    """The sentences with each outdated one replaced, and the outdated ones."""
    settled: list[Chosen] = []
    outdated: list[Chosen] = []
    for sentence in chosen:
        others = _contrary(sentence, found)
        mine = found[sentence.passage].passage
        newest = max(others, key=lambda other: _time(found[other.passage].passage), default=sentence)
        if _time(found[newest.passage].passage) > _time(mine):
            outdated.append(sentence)
            sentence = newest
        else:
            outdated += [o for o in others if _time(found[o.passage].passage) < _time(mine)]
        if all(sentence.text != known.text for known in settled):
            settled.append(sentence)
    kept = [s for s in settled if all(s.text != old.text for old in outdated)]
    return kept, list({old.text: old for old in outdated}.values())[:1]


def _contrary(sentence: Chosen, found: Sequence[Hit]) -> list[Chosen]:
    """Sentences of other rules that state the same with another figure, one passage each."""
    mine = found[sentence.passage].passage
    if mine.kind not in RULES or not measures(sentence.text):
        return []
    contrary = []
    for number, hit in enumerate(found):
        other = hit.passage
        if other.kind not in RULES or other.document_id == mine.document_id or other.product_id != mine.product_id:
            continue
        said = (line for line in sentences(other.text) if _contradicts(sentence.text, line))
        contrary += [replace(sentence, text=line, passage=number) for line in said][:1]
    return contrary


def _contradicts(one: str, other: str) -> bool:
    mine, theirs = measures(one), measures(other)
    units = {unit for _, unit in mine} & {unit for _, unit in theirs}
    differ = any({n for n, u in mine if u == unit}.isdisjoint(n for n, u in theirs if u == unit) for unit in units)
    return differ and _shared(one, other) >= SAME


def _shared(one: str, other: str) -> float:
    mine, theirs = ({t for t in terms(text) if not t[0].isdigit()} for text in (one, other))
    both = {t for t in mine if t in theirs or not theirs.isdisjoint(synonyms(t))}
    return len(both) / (len(mine | theirs) - len(both - theirs) or 1)


def _time(passage: Passage) -> float:
    """When its text was last changed, in seconds; 0 where nobody knows."""
    return passage.updated_at.timestamp() if passage.updated_at else 0.0
