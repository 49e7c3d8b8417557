"""Why goods come back or an order is cancelled, in the words of the shop; whether a thing was opened."""

import re

from backend.agents.actions.wording import telling

DEFECT = re.compile(
    r"\b(defect(ive|s)?|faulty|broken|broke|damaged|does(n'?t| not) work|not working|dead|crack(ed)?|flicker\w*"
    r"|won'?t (turn on|start|charge)|stopped working|malfunction\w*|crackl\w+|rattl\w+|wobbl\w+|leak(s|ed|ing|y)|torn"
    r"|snapped|overheat\w*|buzz(es|ing)|freez(es|ing)|scratched|bent|stuck)\b",
    re.IGNORECASE,
)
_UNOPENED = re.compile(
    r"\b(unopened|still sealed|sealed|never opened|not opened|(have|has)n'?t (been )?opened)\b", re.I
)
_OPENED = re.compile(r"\b(opened|unsealed|used|unboxed|out of the box|tried (it|them))\b", re.IGNORECASE)
_REASONS = {
    "defective": DEFECT,
    "wrong item": re.compile(r"\b(wrong|incorrect|different) (item|product|size|colou?r|one|thing|model)\b", re.I),
    "not as described": re.compile(r"\bnot (as|what) (described|advertised|pictured|i expected|expected)\b", re.I),
    "changed my mind": re.compile(
        r"\b(chang\w+ (my|her|his|our) mind|don'?t (want|like|need) (it|them)|no longer (want|need)"
        r"|(do|does|did)(n'?t| not) (\w+ )?(suit|fit|like|look)"
        r"|too (tight|loose|big|small|large|short|long|heavy|wide|narrow|loud|bulky|expensive))\b",
        re.I,
    ),
    "ordered by mistake": re.compile(
        r"\b(mistake\w*|mistook|accident\w*|wrongly|in error|by error|an error|unintend\w+|oops"
        r"|did ?n[o'’]?t mean (?:to|it)|never meant to|wrong (?:button|thing|click)|misclick\w*|twice)\b",
        re.I,
    ),
    "no longer needed": re.compile(
        r"\b(no longer|any ?more|any longer|don[’']?t|do not|does ?n[’']?t|not) (\w+ ){0,2}?"
        r"(need|want|require|use|wish)\w*"
        r"|\b(no (?:longer )?(?:more )?(?:use|need|interest)|no longer interested|not (?:needed|required|interested)"
        r"|unneeded|unnecessary|needless|chang\w+ (?:my|our) mind|found (?:it|one) (?:cheaper|elsewhere)"
        r"|(?:can|could) do without)\b",
        re.I,
    ),
}


#: Said where there is no reason to tell: the wish stands.
_NONE = re.compile(
    r"^\W*(?:(?:there(?:'s| is) )?no (?:real |particular |special |good )?reason|none"
    r"|nothing (?:special|much|in particular))\b",
    re.I,
)
_TAKES_BACK = re.compile(
    r"^\W*(?:no|nope|oh no|undo|never ?mind|forget it|stop|keep it|leave it|don'?t)\b", re.IGNORECASE
)
#: Agrees to the matter, and says nothing of why.
_AGREES = re.compile(
    r"^\W*(?:yes|yeah|yep|ok(?:ay)?|sure|please|thanks?|go ahead|do it)\b|\b(?:card|paypal|refund)\b", re.I
)
#: An answer with so many words of its own tells something.
_TELLS = 2


def opened(answer: str | None, said: str) -> bool | None:
    """Whether the goods were opened, by the answer to that question, else by the words of the wish."""
    if answer is not None:
        if _UNOPENED.search(answer) or re.search(r"\b(no|nope|not)\b", answer, re.IGNORECASE):
            return False
        return True if re.search(r"\b(yes|yeah|yep|opened|used)\b", answer, re.IGNORECASE) else None
    if _UNOPENED.search(said):
        return False
    return True if _OPENED.search(said) else None


def reason_in(said: str, known: tuple[str, ...]) -> str | None:
    """The reason among those known that the words give; None when they give none."""
    for reason in known:
        if reason.lower() in said.lower():
            return reason
    return next((r for r, pattern in _REASONS.items() if r in known and pattern.search(said)), None)


def answered_reason(answer: str, known: tuple[str, ...]) -> str | None:
    """The reason in an answer to that very question: whatever is told there and is no mistake, is not needed any more.

    None for an answer that tells nothing, asks, or takes the wish back.
    """
    if (reason := reason_in(answer, known)) is not None or "no longer needed" not in known or "?" in answer:
        return reason
    tells = len(telling(answer)) >= _TELLS and not (_TAKES_BACK.search(answer) or _AGREES.search(answer))
    return "no longer needed" if tells or _NONE.search(answer) else None


def takes_back(answer: str) -> bool:
    """Whether the answer to why is that it shall not be."""
    return bool(_TAKES_BACK.search(answer)) and not _NONE.search(answer)
