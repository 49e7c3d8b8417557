"""Whether an answer may open with yes or no: only where its sentence plainly says or denies all that was asked."""

import re

from backend.rag.lines import NEGATIVE, Line
from backend.rag.question import Question, Shape
from backend.rag.synonyms import synonyms
from backend.rag.words import term_set

#: A sentence of more words may say yes and no at once.
PLAIN_WORDS = 25
#: A sentence with one of these says yes or no under a condition, or says no without denying.
_DEPENDS = re.compile(
    r"\b(?:if|unless|only|but|except|however|although|though|needs?|requires?|depends|depending|may|might|sometimes"
    r"|probably|should|either|instead|otherwise|until|damag\w+|harm\w*|destroy\w*|avoid\w*|forbidden|prohibited|refuse[sd]?"
    r"|lacks?|missing|excluded?|void\w*|danger\w*|too|hardly|rarely|best|or|almost|nearly|sure|think|guess|believe|seems?|supposed)\b",
    re.IGNORECASE,
)
#: Asks for a duty, and tells one: what something is not, nobody need not do.
_DUTY = re.compile(
    r"\b(?:ha(?:ve|s) (?:got )?to|got to|must|needs?|needed|required?|requires|necessary|obliged|mandatory|should)\b",
    re.IGNORECASE,
)
#: Clauses of their own.
_CLAUSES = re.compile(r"[;:]\s+|,?\s+(?:because|so that|while|whereas)\s+")


def verdict(question: Question, best: Line) -> str:
    """ "Yes. ", "No. " or nothing."""
    if question.shape is not Shape.YES_NO or NEGATIVE.search(question.text):
        return ""
    clause = next((part for part in _CLAUSES.split(best.text) if _says_all(question, part)), "")
    denials = len(NEGATIVE.findall(clause))
    plain = re.match(r"(?:yes|no|we do|it does)\b", best.text, re.IGNORECASE) is None and denials < 2
    if _DUTY.search(question.text) and not _DUTY.search(clause):
        return ""
    if not clause or not plain or len(best.text.split()) > PLAIN_WORDS or _DEPENDS.search(best.text):
        return ""
    return "No. " if denials else "Yes. "


def _says_all(question: Question, clause: str) -> bool:
    spoken = term_set(clause)
    return all(term in spoken or not spoken.isdisjoint(synonyms(term)) for term in question.asked)
