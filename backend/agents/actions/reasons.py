"""Why goods come back or an order is cancelled, in the words of the shop; whether a thing was opened."""

import re

DEFECT = re.compile(
    r"\b(defect(ive|s)?|faulty|broken|broke|damaged|does(n'?t| not) work|not working|dead|crack(ed)?|flicker\w*"
    r"|won'?t (turn on|start|charge)|stopped working|malfunction\w*)\b",
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
        r"\b(chang\w+ (my|her|his|our) mind|don'?t (want|like|need) (it|them)|no longer (want|need))\b", re.I
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
