"""Numbers that are written in words: they must be those of the evidence, as figures must.

Numerals are a closed class of words in each language that the shop answers in.
"""

import re
from functools import lru_cache

_SMALL = {
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "hi": "दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह",
}
#: What is beyond these. Prompts ask for figures, so that such a word is right only where the evidence has it too.
_LARGE = {
    "en": r"(?:hundred|thousand|million|billion)s|dozens?|twice|thrice|double|triple",
    "es": r"trece|catorce|quince|dieci\w+|veint\w+|(?:trei|cuare|cincue|sese|sete|oche|nove)nta|cien|ciento"
    r"|\w*cient[oa]s|quinient[oa]s|mil|mill[oó]n(?:es)?|docenas?|doble|triple",
    "fr": r"treize|quatorze|quinze|seize|vingts?|(?:tr|quar|cinqu|soix)ante|trente|cents?|mille|millions?|milliers?"
    r"|douzaines?|double|triple",
    "de": r"\w*(?:zehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)|million(?:en)?"
    r"|dutzend|doppelt\w*|dreifach\w*",
    "hi": r"तेरह|चौदह|पंद्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|पच्चीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हज़ार|हजार|लाख|करोड़",
}
_ENGLISH = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join((*sorted(_ENGLISH, key=len, reverse=True), *_SCALES))
#: "thirty five", "twelve hundred", "12 thousand", "seven"
_SAID = re.compile(rf"\b(?:(?:\d[\d.,]*|{_WORD})[\s-]+(?:and[\s-]+)?)*(?:{_WORD})\b")
_COUNTED = re.compile(
    rf"\b(?:one(?=[ -](?:minute|hour|day|week|month|year|business)\b)"
    rf"|{'|'.join(word for word, n in _ENGLISH.items() if n > 1)})\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_][\w\u0900-\u097f]*")


def spelled_are_known(sentence: str, basis: str, numbers: frozenset[str], language: str) -> bool:
    """Whether each number in words stands in the basis as it is written, or is one of its `numbers`."""
    said, known = sentence.lower(), basis.lower()
    for match in _SAID.finditer(said):
        if match[0] not in known and _value(match[0]) not in numbers | {"0", "1"}:
            return False
    small = dict(zip(_SMALL.get(language, "").split(), map(str, range(2, 13)), strict=False))
    large = [re.compile(_LARGE[tongue]) for tongue in {"en", language} & _LARGE.keys()]
    for word in _WORDS.findall(said):
        if word in known:
            continue
        if (word in small and small[word] not in numbers) or any(form.fullmatch(word) for form in large):
            return False
    return True


@lru_cache(maxsize=500)
def with_figures(text: str) -> str:
    """The text with its small English numbers in figures, "one" before a unit of time only."""
    return _COUNTED.sub(lambda m: str(_ENGLISH[m[0].lower()]), text)


def _value(phrase: str) -> str:
    """What a number in English words is worth: counted in scales where there are any, else digit after digit."""
    total = part = 0.0
    for word in re.split(r"[\s-]+", phrase):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
        elif word != "and":
            part += _ENGLISH[word] if word in _ENGLISH else float(word.rstrip(".,").replace(",", "") or 0)
    return f"{total + part:g}"
