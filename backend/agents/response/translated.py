"""Questions, confirmations and refusals in the shopper's language: translated by the model, their facts checked."""

import re

import structlog

from backend.agents.response.claims import claims_nothing
from backend.agents.response.numerals import spelled_are_known
from backend.agents.response.signs import plain
from backend.agents.understanding.language import DEFAULT, detect_language, reads_as_english
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt
from backend.rag.grounding import numbers

log = structlog.get_logger()

LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "hi": "Hindi"}
#: What must come back as it was: amounts, numbers, ids, codes, addresses.
_FACT = re.compile(r"[\w.+-]+@[\w.-]+\w|[\w$€£#]*(?:[-.,:/]?\w)*\d[\w%]*(?:[-.,:/]\w+)*|\[\d+\]")
_LINK = re.compile(r"https?:|www\.|!\[|\]\(|<\s*[/!]?\w|javascript:", re.IGNORECASE)
_PART = re.compile(r"(?<=[.!?।])\s+|\n+")
#: A translation is about as long as its original.
_LONGER = 3.0


class Translator:
    """Puts finished words of the shop into another language. It may change words only: `names` and every amount,
    number, id and address have to come back as they were, none missing and none more.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def into(self, text: str, language: str, names: tuple[str, ...] = ()) -> str | None:
        """The text in that language; None where it needs none, or where the translation cannot be relied on."""
        if not text.strip() or language not in LANGUAGES or detect_language(text) == language:
            return None
        asked = Prompt(
            instructions=prompt("translate", language=LANGUAGES[language]),
            messages=(("user", fenced("words", text)),),
        )
        try:
            told = "".join([piece async for piece in self._model.write(asked)]).strip()
        except ModelUnavailable as error:
            log.warning("not_translated", language=language, reason=str(error))
            return None
        if not (same_facts(text, told, names) and _is_in(told, language) and _adds_nothing(text, told, language)):
            log.warning("translation_dropped", language=language)
            return None
        return told


def same_facts(text: str, told: str, names: tuple[str, ...] = ()) -> bool:
    """Whether two texts hold the same amounts, numbers, ids and addresses, and `told` all names that `text` holds."""
    if not told or len(told) > _LONGER * len(text) + 40 or _LINK.search(told):
        return False
    said, lowered = text.lower(), told.lower()
    kept = all(name.lower() in lowered for name in names if name.lower() in said)
    return kept and _facts(text) == _facts(told)


def _is_in(told: str, language: str) -> bool:
    """Whether it may be of that language: a short text with many names has too few small words to be sure."""
    return detect_language(told) in (language, DEFAULT) and not reads_as_english(told)


def _adds_nothing(text: str, told: str, language: str) -> bool:
    """Whether nothing stands in the translation that the original has not: English, such as its instructions, signs
    that hide something, numbers in words, deeds and secrets.
    """
    for part in _PART.split(told):
        if part in text:
            continue
        if reads_as_english(part) or not (plain(part, text, language) and claims_nothing(part, text, language)):
            return False
        if not spelled_are_known(part, text, numbers(text), language):
            return False
    return True


def _facts(text: str) -> list[str]:
    return sorted(match.group().strip(".,:/").lower() for match in _FACT.finditer(text))
