"""Holds what an English sentence says of a thing against what its evidence says of that thing: that returns are free
makes no laptop free, though every word of "the laptop is free" stands in the evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.rag.grounding import measures, numbers
from backend.rag.statements import statements
from backend.rag.synonyms import synonyms
from backend.rag.words import stem, term_set, terms

#: What costs nothing, in one word. Shops are held to it, so that the thing must be named beside it.
_FREE = stem("free")
NOTHING = re.compile(
    r"\b(?:costs? (?:you )?nothing|(?:at|for|with) no (?:\w{1,20} )?(?:cost|charge|fee)s?|free of (?:charge|cost)"
    r"|without (?:charge|cost)|(?:does not|doesn['’]t|do not|don['’]t) cost (?:you )?anything|complimentary|gratis"
    r"|on the house|for nothing)\b",
    re.IGNORECASE,
)
#: "hands-free" and "free of scratches" are about no price.
_OTHER_FREE = re.compile(r"\w-free\b|\bfree (?:of|from|to)\b(?! [$€£₹]?\d)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|never|cannot|none|neither|nor|non(?=-)|closed|out of|sold out|unavailable|exceptions?)\b|n['’]t\b",
    re.IGNORECASE,
)
#: What stands before it is spoken of: auxiliaries, a closed class, and the few verbs by which shops describe.
_VERBS = (
    r"cannot|can['’]t|won['’]t|(?:is|are|was|were|has|have|had|do|does|did|can|could|may|might|must|will|would|should)"
    r"(?:n['’]t)?|comes?|costs?|includes?|contains|needs?|requires|lasts|takes|works|offers|gets|gives|covers|resists|runs|weighs"
    r"|starts|arrives|go(?:es)?"
)
VERB = re.compile(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
#: A figure; those inside of names are a part of the name.
_FIGURE = re.compile(r"(?<![\w.-])[$€£₹]?\d[\d.,]*")
#: Where another statement may begin.
_PART = re.compile(
    r"[,;:.!?()\n–—](?=\s|$)|\b(?:and|but|so|because|although|while|until|unless|if|when|which|that|except(?: for)?"
    r"|apart from|excluding)\b",
    re.IGNORECASE,
)
#: What goes on about the thing that was spoken of.
_THE_SAME = frozenset("it they this that these those which".split())
_RELATIVE = frozenset(("that", "which"))
_EXCEPT = re.compile(r"except|apart|exclud")
#: Another thing with a figure of its own, as a list has it: no preposition before the figure.
_NAMES_ANOTHER = re.compile(
    r"\s*((?:[a-z-]+ ){1,3})(?<!at )(?<!in )(?<!to )(?<!of )(?<!for )(?<!by )(?<!over )(?<!within )[$€£₹]?\d"
)
#: One thing on its way, whatever it is called.
_PARCELS = frozenset(stem(word) for word in ("order", "parcel", "package"))
#: What describes a thing more closely, behind its name.
_CLOSER = re.compile(
    r"\b(?:of|for|with|in|on|by|to|from|at|over|under|during|within|without|per|inside|outside)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one part of a text says, in stems. `of` is the thing spoken of, nothing where it is a pronoun or not said;
    `done` is what stands between it and "free": "repaired free of charge".
    """

    of: frozenset[str]
    #: the same with what describes it: of orders with engraving the engraving too
    whole: frozenset[str]
    #: the last word of it: of gift wrapping the wrapping
    head: str
    told: frozenset[str]
    words: frozenset[str]
    done: frozenset[str]
    figures: frozenset[str]
    denied: bool
    #: the part itself, lower case
    text: str


def said_of_the_same(sentence: str, *passages: str) -> bool:
    """Whether each word that the sentence tells of a thing, and that stands in the passages, is told there of the same
    thing, of one that the sentence names too, or of nothing in particular; and whether what it calls free is.
    """
    known = [said for passage in passages for said in statements_of(passage)]
    vocabulary = frozenset[str]().union(*(said.words for said in known))
    titles = frozenset[str]().union(*(term_set(passage.split("\n", 1)[0]) for passage in passages if "\n" in passage))
    return all(_holds(said, known, vocabulary, titles) for said in _parts(sentence))


def _holds(said: Said, known: Sequence[Said], vocabulary: frozenset[str], titles: frozenset[str]) -> bool:
    if _FREE in said.words and not said.denied:
        more = (said.words & vocabulary) - titles - {_FREE}
        if not any(_FREE in k.words and _is_free(said, k) and more <= _wider(k.words) for k in known):
            return False
    if not said.of & vocabulary:  # other words for it, or none
        return True
    same = [k for k in known if _of_the_same(said, k)]
    told = (said.told - said.of - {_FREE}) & vocabulary
    if said.figures:
        about = [k for k in known if k in same or said.of <= _wider(k.words)]
        contrary = any(_otherwise(word, said, known) for word in told)
        return not contrary and said.figures <= frozenset[str]().union(*(k.figures for k in about))
    return all(_is_told(word, said, [k for k in same if word in k.words], known) for word in told)


def _of_the_same(said: Said, known: Said) -> bool:
    """Whether the statement is about what the part speaks of or names, or about nothing in particular."""
    if not known.of or said.of & _wider(known.done) or said.of <= known.told:
        return True
    return bool(_wider(known.of) & said.words) and not _another(said, known)


def _another(said: Said, known: Said) -> bool:
    """Whether both speak of one kind of thing and set it apart: express shipping and standard shipping."""
    return bool(known.of - _wider(said.words)) and bool(said.of & known.of) and bool(said.of - _wider(known.words))


def _is_told(word: str, said: Said, same: Sequence[Said], known: Sequence[Said]) -> bool:
    """Whether statements of the same thing tell the word, denied or not as it is here; where they do not speak of it,
    it may be the name of what another is about.
    """
    if _otherwise(word, said, same):
        return False
    return any(k.denied == said.denied for k in same) if same else any(word in k.of for k in known)


def _otherwise(word: str, said: Said, known: Sequence[Said]) -> bool:
    """Whether all that is told with that word of this very thing denies what is said, or affirms what is denied."""
    telling = [k for k in known if word in k.told]
    of_it = [k for k in telling if said.of and said.of <= k.of]
    just = [k for k in telling if said.whole and said.whole <= k.whole]
    return any(every and all(k.denied != said.denied for k in every) for every in (of_it, just))


def _is_free(said: Said, known: Said) -> bool:
    """Whether what is called free is what the statement calls so."""
    named = (said.of or said.words) - {_FREE}
    if known.done:
        return bool(_wider(known.done) & named) or (bool(known.done & said.words) and bool(_wider(known.of) & named))
    what = {known.head} if known.of else known.words - {_FREE}
    return bool(_wider(frozenset(what)) & named) and not _another(said, known)


@lru_cache(maxsize=20_000)
def _wider(stems: frozenset[str]) -> frozenset[str]:
    more = _PARCELS if stems & _PARCELS else frozenset[str]()
    return stems.union(more, *(synonyms(stem) for stem in stems))


@lru_cache(maxsize=500)
def statements_of(passage: str) -> tuple[Said, ...]:
    """What a passage says, part by part."""
    return tuple(said for line in statements(passage) for said in _parts(line))


def _parts(text: str) -> Iterator[Said]:
    """Part by part; one with nothing before its verb goes on about what was spoken of, one that ends with its "not"
    denies what was told before.
    """
    of, subject, told, lead, denied, counted = tuple[str, ...](), "", "", "", False, False
    for last, part, joint in _pieces(_OTHER_FREE.sub(" ", NOTHING.sub(" free ", text)).lower()):
        found = _FIGURE.findall(part)
        figures = _figures(part, found) if found else frozenset[str]()
        words = _FIGURE.sub(" ", part) if found else part
        verb = VERB.search(words)
        before = words[: verb.start()].strip() if verb else ""
        excepted, listed = _EXCEPT.search(last) is not None, last in (":", ",", "or") and verb is None
        another = _NAMES_ANOTHER.match(part) if verb is None and counted else None
        if excepted or another:
            before = another[1] if another else words  # "express shipping 2 days"
        if before and before not in _THE_SAME:
            of, subject, lead = _spoken_of(f"{lead} {before}"), before, ""
        elif verb is None and not of and joint in _RELATIVE:
            of, subject = _spoken_of(words), words
        elif verb is None and not of and joint == "and":  # "opened earbuds and opened software cannot be returned"
            lead = f"{lead} {words}"
        behind = words[verb.end() :] if verb else words
        carried = listed and denied and not _NOT.search(words)
        denied = bool(_NOT.search(words)) or excepted or carried
        if carried:
            behind = f"{told} {behind}"
        if denied and (excepted or not term_set(_NOT.sub(" ", behind))):
            behind = told
        told, counted = behind, bool(figures) and (verb is not None or counted)
        doing, free, _ = behind.partition(_FREE)
        done = term_set(_CLOSER.split(doing)[0]) if verb and free else frozenset[str]()
        thing, every = frozenset(of), term_set(words)
        if every:
            every = thing | every | term_set(behind)
            head, text = of[-1] if of else "", f"{subject} {part} {told}"
            yield Said(thing, term_set(subject), head, term_set(behind), every, done, figures, denied, text)


def _figures(part: str, found: Sequence[str]) -> frozenset[str]:
    """The numbers of a part, those with a unit with it: 2 years are not 2 days."""
    return numbers(" ".join(found)) | {" ".join(measure) for measure in measures(part)}


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """The parts of a text, each between the words or signs that part it from others."""
    start, before = 0, ""
    for match in (*_PART.finditer(text), None):
        part, joint = text[start : match.start() if match else len(text)], match[0] if match else ""
        if part.strip():
            yield before, part, joint
            before = joint
        else:
            before += joint
        start = match.end() if match else len(text)


def _spoken_of(words: str) -> tuple[str, ...]:
    closer = _CLOSER.search(words)
    return tuple(terms(words[: closer.start()] if closer and words[: closer.start()].strip() else words))
