"""What a model's sentence must keep to before it leaves."""

import re
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache

from backend.agents.response.bound import agrees, answers_no, bound, denies, plainly
from backend.agents.response.carried import said_of_the_same
from backend.agents.response.citations import CITATION
from backend.agents.response.claims import claims_nothing
from backend.agents.response.elsewhere import SPOKEN, claims_what_is_told
from backend.agents.response.holders import figures_are_theirs
from backend.agents.response.numerals import spelled_are_known, with_figures
from backend.agents.response.signs import plain
from backend.agents.response.vouched import vouched
from backend.agents.understanding.language import DEFAULT, detect_language, reads_as_english, speaks
from backend.rag.grounding import check_values, numbers

_SENTENCE_END = re.compile(r"(?<=[.!?।。])(?:\s*\[\d+\])*\s+|\n+")
_LINK = re.compile(r"https?:|www\.|!\[|\]\(|\]\[\D|<\s*[/!]?\w|javascript:|data:\w+/", re.IGNORECASE)
#: Addresses lead away; those of the evidence are the shop's own.
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
#: What only a tool may say that it did.
_DONE = re.compile(
    r"\b(?:refunded|cancell?ed|issued|credited|exchanged|replaced|returned|updated|changed|approved|confirmed|processed"
    r"|submitted|placed|ordered|booked|waived|upgraded|removed|deleted|escalated|forwarded|verified|authori[sz]ed"
    r"|authenticated|granted|promised|guaranteed|done|settled|arranged|sorted|completed|handled|finished|registered|reserved|activated|extended|unlocked|enrolled)\b",
    re.IGNORECASE,
)
#: What was done is told in the same word: "was delivered".
_PAST = re.compile(r"\b(?:was|were|been|already) (\w{2,20}ed)\b", re.IGNORECASE)
#: What the shopper did is on record.
_THEIR_OWN = re.compile(r"\byou (?:have )?(?:ordered|placed|returned)\b", re.IGNORECASE)
#: "Noise cancelling: Yes (this one) and No (that one)."
_EITHER = re.compile(
    r"\b([A-Z][\w -]{2,40}): (Yes|No)(,[^().;]{0,60})? \(([^()]{1,80})\)"
    r" and (Yes|No)(,[^().;]{0,60})? \(([^()]{1,80})\)\."
)
#: A sentence without an end is not one; what runs on so long is cut out.
_LONGEST = 600
#: Languages in which nothing but names has a capital inside a sentence.
_NAMES_ALONE = frozenset({"es", "fr"})
#: An article that has lost its vowel is no name, though it begins with a capital: "L'article".
_ELIDED = re.compile(r"^[LDCJNSQ]u?['’](?=\w)")
#: Fewer words of another language tell of nothing, unless they hold a figure or a name of the evidence.
_FEWEST = 3
#: A sentence of so many words has one by which its language is known.
_TELLING = 6


def supported(
    sentence: str, built: str, ground: Mapping[int, str], language: str = "en", asked: str = "", named: str = ""
) -> bool:
    """Whether a sentence may leave: it carries no link or markup, cites only what there is, claims nothing that only
    the shop can know, and its numbers, names and units occur in what it cites or, without a citation, in the built
    answer. What stands there word for word may leave as it is. What was `asked` may be named where it is denied, the
    goods that are `named` everywhere.

    The words of another language are not those of the evidence: there the values alone are held against it. An English
    sentence amid them is no exception, or the model could tell there what it was told.
    """
    cited = [int(n) for n in CITATION.findall(sentence)]
    if _LINK.search(sentence) or any(n not in ground for n in cited):
        return False
    basis = (built, *(ground[n] for n in cited))
    bare, whole = " ".join(CITATION.sub("", sentence).split()), " ".join(" \n".join(basis).split())
    if not bare or any(_ended(bare) in _whole_sentences(text) for text in basis):  # a citation may come by itself
        return True
    if not (plain(bare, whole, language) and claims_nothing(bare, whole, language)):
        return False
    if not spelled_are_known(bare, whole, numbers(whole), language):
        return False
    if not _telling_occurs(bare, whole):
        return False
    if language == DEFAULT or reads_as_english(bare):
        basis = (told_apart(built), *basis[1:])
        refused = asked if answers_no(built) else ""
        spoken = (*basis, named, refused if denies(bare) else "")
        bare = plainly(bare, *basis)
        return (
            check_values(with_figures(bare), *map(with_figures, spoken), names=True)
            and agrees(bare, built)
            and vouched(bare, *spoken)
            and bound(bare, *basis, named=named, denied=refused)
            and figures_are_theirs(bare, *basis)
            and said_of_the_same(bare, *basis)
        )
    if not (_may_be_in(bare, language) and check_values(_ELIDED.sub("", bare), *basis, names=language in _NAMES_ALONE)):
        return False
    if len(bare.split()) < _FEWEST and _holds_nothing(bare, whole):
        return False
    return language not in SPOKEN or claims_what_is_told(bare, *basis, language=language)


@lru_cache(maxsize=300)
def told_apart(built: str) -> str:
    """A comparison with each yes and no as a sentence about the one of which it is told."""
    return _EITHER.sub(lambda m: f"The {m[4]} has {_with(m, 2)}. The {m[7]} has {_with(m, 5)}.", built)


def _with(match: re.Match[str], place: int) -> str:
    return f"{'no ' if match[place] == 'No' else ''}{match[1].lower()}{match[place + 1] or ''}"


def recounted(text: str, said: str) -> str:
    """What of a model's English summary may be kept: the sentences that name nothing, count nothing and report nothing
    as done that was not `said`.
    """
    told = re.split(r"(?<=[.!?])\s+|\n+", text.strip())
    return " ".join(sentence for sentence in told if sentence and _recounts(sentence, said))


def _recounts(sentence: str, said: str) -> bool:
    return (
        not _LINK.search(sentence)
        and plain(sentence, said, DEFAULT)
        and _telling_occurs(sentence, said)
        and spelled_are_known(sentence, said, numbers(said), DEFAULT)
        and check_values(sentence, said, names=True)
    )


def _holds_nothing(sentence: str, basis: str) -> bool:
    """Whether no figure and no longer word of a sentence stands in the basis, as it is written there."""
    known = basis.lower()
    return not any(word.isdigit() or (len(word) > 3 and word in known) for word in re.findall(r"\w+", sentence.lower()))


def _telling_occurs(sentence: str, basis: str) -> bool:
    """Whether every address and every deed of the sentence stands in the basis."""
    if any(m[1].lower() not in basis.lower() for m in _PAST.finditer(sentence)):
        return False
    known, said = basis.lower(), _THEIR_OWN.sub(" ", sentence)
    return all(m[0].lower() in known for pattern in (_ADDRESS, _DONE) for m in pattern.finditer(said))


@lru_cache(maxsize=300)
def _whole_sentences(text: str) -> frozenset[str]:
    """What may be repeated as it stands: a part of a sentence may say the opposite."""
    return frozenset(_ended(part) for part in _SENTENCE_END.split(CITATION.sub("", text)) if part.strip())


def _ended(sentence: str) -> str:
    return " ".join(sentence.split()).rstrip(" .")


def _may_be_in(sentence: str, language: str) -> bool:
    """Whether it is of that language, or too short to tell and of no other."""
    found = detect_language(sentence)
    return found == language or (found == DEFAULT and (len(sentence.split()) < _TELLING or speaks(sentence, language)))


async def sentences(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Whole sentences out of pieces of text, with the space behind them; an overlong one is dropped."""
    held, overlong = "", False
    async for piece in pieces:
        held += piece
        while match := _SENTENCE_END.search(held):
            if not overlong and match.end() <= _LONGEST:
                yield held[: match.end()]
            held, overlong = held[match.end() :], False
        if len(held) > _LONGEST:
            held, overlong = "", True
    if held.strip() and not overlong:
        yield held
