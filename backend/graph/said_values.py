"""How a value of a specification may be said: whole, with its label, in part, or as what others are not."""

from collections import Counter
from functools import lru_cache
from typing import Final

from backend.graph.items import figure
from backend.graph.kinds import WORDS, Phrase
from backend.graph.text import squeezed, stems

_LONGEST_VALUE = 7  # words
#: Before what goods are said not to be or have: "Non-ECC".
_DENIES = frozenset({"non", "no", "not", "without"})
_HAVING = stems("has have with includes is supports")
#: how sizes in letters are said
SIZES: Final = {
    "xs": "extra small", "s": "small", "m": "medium", "l": "large", "xl": "extra large", "xxl": "double extra large"
}  # fmt: skip
#: letters from which a word that mostly says nothing may be a value ("down")
_TELLS = 4
NOTHING = ("none", "other", "na", "n/a")


@lru_cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about goods."""
    return frozenset((WORDS / "stop.txt").read_text(encoding="utf-8").split())


@lru_cache
def colors() -> tuple[str, ...]:
    """Plain names of colours."""
    return stems((WORDS / "colors.txt").read_text(encoding="utf-8"))


def add_whole(found: dict[Phrase, tuple[int, str, str]], name: str, label: str, text: str, count: int) -> None:
    phrase, labelled = stems(text), stems(label)
    if text in ("yes", "no"):
        if text == "yes":
            found.setdefault(labelled, (count, name, "yes"))
            if len(labelled) > 1 and labelled[0] in _HAVING:
                found.setdefault(labelled[1:], (count, name, "yes"))  # "Has transparent side panel"
    elif figure(text)[1] is not None:
        found.setdefault(phrase + labelled, (count, name, "=" + text))  # "256GB" by itself is an amount
    elif phrase and len(phrase) <= _LONGEST_VALUE and squeezed(text) not in NOTHING:
        if len(phrase) > 1 or not (phrase[0].isdigit() or (len(phrase[0]) < _TELLS and phrase[0] in stop_words())):
            found.setdefault(phrase, (count, name, "=" + text))
        if len(phrase) > 1 and phrase[0] in _DENIES:
            found.setdefault(phrase[1:], (count, name, "!" + text))
        for start in range(1, len(phrase) - 1):  # "RTX 4070" for "GeForce RTX 4070"
            if any(map(str.isdigit, phrase[-1])):
                found.setdefault(phrase[start:], (count, name, "=" + text))
        for named in (phrase + labelled, *((*labelled, *joint, *phrase) for joint in ((), ("in",), ("of",), ("is",)))):
            found.setdefault(named, (count, name, "=" + text))


def counted_parts(counts: Counter[str]) -> Counter[str]:
    """Words inside longer values, with the number of products that have one."""
    found: Counter[str] = Counter()
    for text, count in counts.items():
        phrase = stems(text)
        if 1 < len(phrase) <= _LONGEST_VALUE and phrase[0] not in _DENIES:
            words = (word for word in set(phrase) if word.isalpha() and len(word) > 2 and word not in stop_words())
            found.update(dict.fromkeys(words, count))
    return found


def more_often(found: dict[Phrase, tuple[int, str, str]], phrase: Phrase, count: int, name: str, said: str) -> None:
    if phrase not in found or found[phrase][0] < count:
        found[phrase] = (count, name, said)
