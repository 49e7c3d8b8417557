"""A follow-up rewritten to stand alone from the texts before it, without any catalogue."""

import re
from collections import Counter
from collections.abc import Sequence

from backend.agents.understanding.lexicon import words_of
from backend.rag.leaning import last_question

_NAME = re.compile(
    r"\b[A-Z][\w'’.-]*(?:\s+(?:of|the|and|de|von|van|der|&)\s+(?=[A-Z])|\s+(?=[A-Z0-9])|(?=\W"
    r"|$))(?:[A-Z0-9][\w'’.-]*(?:\s+(?=[A-Z0-9]))?)*"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_HE = re.compile(r"\b(he|she|him|himself|herself)\b", re.IGNORECASE)
_HIS = re.compile(r"\b(his|hers)\b", re.IGNORECASE)
_HER = re.compile(r"\bher\b(?=\s+\w)(?!\s+(?:to|in|at|on|for|with|and|about|as|by|from|when)\b)", re.IGNORECASE)
_HER_OBJECT = re.compile(r"\bher\b", re.IGNORECASE)
_THEY = re.compile(r"\b(they|them|these|those)\b(?!\s+\w+s\b)", re.IGNORECASE)
_THEIR = re.compile(r"\btheir\b", re.IGNORECASE)
_IT = re.compile(r"\b(it)\b(?!'?s?\s+(?:possible|ok|okay|true|safe|say|says|take|mean|clear|said)\b)", re.IGNORECASE)
_ITS = re.compile(r"\bits\b", re.IGNORECASE)
_NOUN_PHRASE = re.compile(
    r"\b(?:the|your|my|an?)\s+((?:[\w-]+\s+){0,2}?[\w-]+)(?=\s+(?:of|for|in|on|with|to|is|are|be|have|has|come|work"
    r"|cost|last|if|when|and|that|at|by|from|covered)\b|\W*$)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:(?:what|how)\s+about|and|or)\s+(?:if\s+)?(.+?)\s*\??$", re.IGNORECASE)
_TAIL = re.compile(
    r"^(.*\b(?:to|for|in|on|from|with|about|of|by|at|return|returning|ship|pay|accept|deliver|sell|have|offer"
    r"|exchange|refund|cover|covers|support|supports|buy|order|cancel|clean|reset|use)\s+(?:by\s+|with\s+"
    r"|to\s+)?)(.+?)\??$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"(?:to|for|in|on|from|with|by|at|under|over)\b", re.IGNORECASE)
_PREPOSITION_LAST = re.compile(r"\s(?:to|for|in|on|from|with|by|at|under|over)$", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|do|does|did|can|could|will|would|has|have|should|may)\b", re.IGNORECASE)
_SHORT_QUESTION = re.compile(
    r"^(?:why|how|when|where|how (?:long|much|many|so|come)|what (?:for|else|kind|time)|who|really"
    r"|which(?: one)?)\s*\??$",
    re.IGNORECASE,
)
_ANYTHING_ELSE = re.compile(
    r"\b(?:any(?:thing)?|some(?:thing)?|what|who) (?:\w+ )?(?:else|other)\b|\bother (?:interesting )?(?:aspects"
    r"|facts|information)\b",
    re.IGNORECASE,
)


def rewrite(history: Sequence[str], followup: str) -> str:
    """The follow-up with what it leaves out put in from `history` (oldest first, questions and answers as said).

    A text that stands alone already comes back as it is.
    """
    text = followup.strip()
    if not history or not text:
        return text
    ellipsis = _ABOUT.match(text)
    if ellipsis and not _VERB.search(ellipsis[1]):
        question = last_question(history)
        return expand(question, ellipsis[1]) or f"{question.rstrip(' ?.!')}: what about {ellipsis[1]}?"
    if _SHORT_QUESTION.match(text):
        return f"{text.rstrip(' ?')}: {last_question(history).rstrip(' ?')}?"
    entity = salient_name(history)
    written = _pronouns(text, entity, history)
    if written == text and entity and _leans(text, entity):
        return _append(text, entity)
    return written


#: Before a word that begins a sentence.
_BEGINS = re.compile(r"(?:^|[.!?:;])[\s\"'“‘(-]*$")
#: "I'm", "We'll": a capital, but no name.
_CONTRACTED = re.compile(r"^\w{1,4}['’](?:m|ll|ve|d|re)$", re.IGNORECASE)


def expand(question: str, rest: str) -> str | None:
    """The question asked of something else: "Do you ship to Canada?", "Mexico" → "Do you ship to Mexico?".

    None when the question has no place for another thing.
    """
    rest = rest.strip().rstrip("?").strip()
    tail = _TAIL.match(question.strip())
    if tail is None:
        return None
    head = tail[1].rstrip()
    if _PREPOSITION.match(rest) and _PREPOSITION_LAST.search(head):
        head = head.rsplit(" ", 1)[0]
    return f"{head} {rest}?"


def salient_name(history: Sequence[str]) -> str | None:
    """The name that the texts are most about: named early, often, and in questions."""
    scores: Counter[str] = Counter()
    for place, said in enumerate(history):
        for name in _names(said, history):
            scores[name] += 3 if place == 0 else 1
    if not scores:
        return _last_noun(history)
    merged = {name: sum(n for other, n in scores.items() if other in name) for name in scores}
    return max(merged, key=lambda name: (merged[name], len(name)))


def _names(text: str, others: Sequence[str] = ()) -> list[str]:
    """Its names. One word that begins a sentence is one only if it is said again in `others`, the texts it is from."""
    openers = words_of("openers")
    found = []
    text = _BRACKETS.sub("", text)
    for match in _NAME.finditer(text):
        words = match.group().strip(" .'’-").split()
        if len(words) == 1 and _BEGINS.search(text[: match.start()]) and not _said_again(words[0], text, others):
            continue
        while words and words[0].lower().strip(".,'’") in openers:
            words = words[1:]
        name = " ".join(words).removesuffix("'s").removesuffix("’s")
        if len(name) > 1 and not name.isdigit() and not _CONTRACTED.search(name):
            found.append(name)
    return found


def _said_again(word: str, text: str, others: Sequence[str]) -> bool:
    """Whether a word that begins a sentence is all of the text, or stands a second time in the texts around it."""
    if text.strip() == word:
        return True
    name = re.escape(re.split(r"['’]", word)[0])
    return len(re.findall(rf"\b{name}\b", "\n".join(others))) > 1


def _last_noun(history: Sequence[str]) -> str | None:
    """The noun phrase with an article that a question named last."""
    for said in reversed(history[::2] if len(history) > 1 else history):
        found = _NOUN_PHRASE.findall(said)
        if found:
            return f"the {found[-1]}"
    return None


def _pronouns(text: str, entity: str | None, history: Sequence[str]) -> str:
    if entity is None:
        return text
    own = f"{entity}'" if entity.endswith("s") else f"{entity}'s"
    thing = _thing(history) or entity
    for pattern, put in (
        (_HE, entity),
        (_HIS, own),
        (_HER, own),
        (_HER_OBJECT, entity),
        (_THEY, entity),
        (_THEIR, own),
        (_ITS, own),
        (_IT, thing),
    ):
        replaced = pattern.sub(put.replace("\\", ""), text, count=1)
        if replaced != text:
            return replaced
    return text


def _thing(history: Sequence[str]) -> str | None:
    """What "it" means: the last name in the texts that the answer or the question before gave."""
    for said in reversed(history[-2:]):
        names = _names(said, history)
        if names:
            return names[-1] if said.rstrip().endswith("?") else names[0]
    return None


def _leans(text: str, entity: str) -> bool:
    """Whether a text has neither a name nor a pronoun of the speaker, so that it must be about what went before."""
    if re.search(r"\b(?:you|your|i|my|me|we|our)\b", text, re.IGNORECASE):
        return False
    return not _names(text) and entity.lower() not in text.lower()


def _append(text: str, entity: str) -> str:
    mark = "?" if text.endswith("?") else ""
    link = "about" if _ANYTHING_ELSE.search(text) else "of" if re.search(r"\bthe \w+\W*$", text) else "for"
    return f"{text.rstrip(' ?.')} {link} {entity}{mark}"
