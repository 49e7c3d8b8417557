"""When two rules of the shop disagree about one thing, the newer one counts and the older one is named."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from backend.domain.knowledge import DocumentKind, Passage
from backend.rag.grounding import measures
from backend.rag.lines import NEGATIVE, Line
from backend.rag.search import Hit
from backend.rag.statements import statements
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: Texts of the shop's own rules; what reviewers or manuals of two products say may differ.
RULES = (DocumentKind.POLICY, DocumentKind.FAQ, DocumentKind.ARTICLE)
#: Share of the words of two sentences, figures aside, that both say, from which they state the same thing; and where
#: one only denies what the other asserts.
SAME, SAME_DENIED = 0.5, 0.75
_SUM = re.compile(
    r"[$€£₹] ?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?) ?(?:[€£₹]|(?:euros?|eur|dollars?|usd|gbp)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(r"\bfree\b(?! from| of)|\bno charge\b|\bcosts? nothing\b", re.IGNORECASE)
#: Words that tell a sum and not for what.
_OF_MONEY = term_set("cost costs euro euros dollar dollars free charge charges nothing")
#: What stands between a number and "days" and is no unit.
_WORKING = re.compile(r"(?<=\d) (?:business|working|calendar|full)\b", re.IGNORECASE)
#: Texts that were put in within one hour came in one load.
ONE_LOAD = 3600.0
_MONTHS = "january february march april may june july august september october november december".split()
#: The day from which a text says that it holds.
_SINCE = re.compile(
    r"\b(?:effective|valid|applies|in force|updated?|revised|version|as of|since|from|dated)\b[^.\n\d]{0,24}?"
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>" + "|".join(_MONTHS) + r")?(?: (?P<day2>\d{1,2}))?,? ?\b(?P<year>20\d\d)\b"
    r"(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?",
    re.IGNORECASE,
)


def settle(chosen: Sequence[Line], found: Sequence[Hit]) -> tuple[list[Line], list[Line]]:
    """The sentences with each outdated one replaced, and the outdated ones."""
    settled: list[Line] = []
    outdated: list[Line] = []
    for sentence in chosen:
        others = _contrary(sentence, found)
        mine = found[sentence.passage].passage
        newest = max(others, key=lambda other: _time(found[other.passage].passage), default=sentence)
        if _later(found[newest.passage].passage, mine):
            outdated.append(sentence)
            sentence = newest
        else:
            outdated += [o for o in others if _later(mine, found[o.passage].passage)]
        if all(sentence.text != known.text for known in settled):
            settled.append(sentence)
    kept = [s for s in settled if all(s.text != old.text for old in outdated)]
    return kept, list({old.text: old for old in outdated}.values())[:1]


def _contrary(sentence: Line, found: Sequence[Hit]) -> list[Line]:
    """Sentences of other rules that state the same with another figure, one passage each."""
    mine = found[sentence.passage].passage
    if not _rules(mine):
        return []
    contrary = []
    for number, hit in enumerate(found):
        other = hit.passage
        if not _rules(other) or other.document_id == mine.document_id or other.product_id != mine.product_id:
            continue
        said = (line for line in statements(other.text) if _contradicts(sentence.text, line))
        contrary += [replace(sentence, text=line, passage=number) for line in said][:1]
    return contrary


def _rules(passage: Passage) -> bool:
    """Whether it states what holds: an article does where it is about no single product."""
    return passage.kind in RULES and (passage.kind is not DocumentKind.ARTICLE or passage.product_id is None)


def _contradicts(one: str, other: str) -> bool:
    mine, theirs = _figures(one), _figures(other)
    units = {unit for _, unit in mine} & {unit for _, unit in theirs}
    if any({n for n, u in mine if u == unit}.isdisjoint(n for n, u in theirs if u == unit) for unit in units):
        return _shared(one, other) >= SAME
    if bool(_FREE.search(one)) != bool(_FREE.search(other)) and any(unit == "money" for _, unit in mine | theirs):
        return _shared(one, other) >= SAME_DENIED
    denied = bool(NEGATIVE.search(one)) != bool(NEGATIVE.search(other))
    return denied and len(term_set(one) & term_set(other)) > 1 and _shared(one, other) >= SAME_DENIED


@lru_cache(maxsize=5_000)
def _figures(text: str) -> frozenset[tuple[str, str]]:
    """Numbers with their units, sums of money among them. Remembered like `term_set`, for the same lines."""
    sums = frozenset(((before or behind).replace(",", ""), "money") for before, behind in _SUM.findall(text))
    return sums | measures(_WORKING.sub(" ", text))


def _shared(one: str, other: str) -> float:
    mine, theirs = ({t for t in term_set(text) if not t[0].isdigit()} - _OF_MONEY for text in (one, other))
    both = {t for t in mine if t in theirs or not theirs.isdisjoint(synonyms(t))}
    return len(both) / (len(mine | theirs) - len(both - theirs) or 1)


def _later(one: Passage, other: Passage) -> bool:
    """Whether a text is from later: by the days that both state, else by when they were last changed."""
    stated = [_since(passage.title, passage.section, passage.text) for passage in (one, other)]
    if stated[0] and stated[1]:
        return stated[0] > stated[1]
    return _time(one) - _time(other) > ONE_LOAD


@lru_cache(maxsize=1_000)
def _since(title: str, section: str, text: str) -> tuple[int, int, int] | None:
    """Year, month and day from which a text says that it holds; 0 for what it leaves out."""
    match = _SINCE.search(f"{title}\n{section}\n{text}")
    if match is None:
        year = re.search(r"\b20\d\d\b", title)
        return (int(year[0]), 0, 0) if year else None
    month = _MONTHS.index(match["month"].lower()) + 1 if match["month"] else int(match["m"] or 0)
    return int(match["year"]), month, int(match["day"] or match["day2"] or match["d"] or 0)


def _time(passage: Passage) -> float:
    """When its text was last changed, in seconds; 0 where nobody knows."""
    return passage.updated_at.timestamp() if passage.updated_at else 0.0
