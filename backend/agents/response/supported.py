"""What a model's sentence must keep to before it leaves."""

import re
from collections.abc import AsyncIterator, Mapping

from backend.agents.response.citations import CITATION
from backend.agents.understanding.language import reads_as_english
from backend.rag.grounding import check_grounding, check_values

_SENTENCE_END = re.compile(r"(?<=[.!?।。])(?:\s*\[\d+\])*\s+|\n+")
_LINK = re.compile(r"https?:|www\.|!\[|\]\(|\]\[\D|<\s*[/!]?\w|javascript:|data:\w+/", re.IGNORECASE)
#: Addresses lead away; those of the evidence are the shop's own.
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
#: What only a tool may say that it did.
_DONE = re.compile(
    r"\b(?:refunded|cancell?ed|issued|credited|exchanged|replaced|returned|updated|changed|approved|confirmed|processed"
    r"|submitted|placed|ordered|booked|waived|upgraded|removed|deleted|escalated|forwarded)\b",
    re.IGNORECASE,
)
#: A sentence without an end is not one; what runs on so long is cut out.
_LONGEST = 600


def supported(sentence: str, built: str, ground: Mapping[int, str], language: str = "en") -> bool:
    """Whether a sentence may leave: it carries no link or markup, cites only what there is, and its numbers, names
    and units occur in what it cites or, without a citation, in the built answer.

    The words of another language are not those of the evidence: there the values alone are held against it. An English
    sentence amid them is no exception, or the model could tell there what it was told.
    """
    cited = [int(n) for n in CITATION.findall(sentence)]
    if _LINK.search(sentence) or any(n not in ground for n in cited):
        return False
    basis = (built, *(ground[n] for n in cited))
    bare = CITATION.sub("", sentence).strip()
    told = {m[0].lower() for pattern in (_ADDRESS, _DONE) for m in pattern.finditer(bare)}
    if told and not all(any(word in text.lower() for text in basis) for word in told):
        return False
    same_words = language == "en" or reads_as_english(bare)
    return check_grounding(bare, *basis) if same_words else check_values(bare, *basis)


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
