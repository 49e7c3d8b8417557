"""Takes what acts out of a reply's Markdown: quoted text loads nothing, runs nothing and hides no address behind words.

Shoppers and documents bring their own markup; our own sentences have neither links nor pictures nor HTML.
"""

import re

#: [words](address), with or without the "!" of a picture: the words stay
_INLINE = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)")
#: ![words][name], and the line that gives a name its address
_REFERENCE = re.compile(r"!?\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,300}\]:[^\n]*", re.MULTILINE)
_PICTURE = re.compile(r"!(?=\[)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
#: a picture inside a link inside …; what is nested deeper is taken apart where it begins
_NESTED = 2
_NUMBER = re.compile(r"\d{1,3}")


def inert(text: str) -> str:
    """The same text with its words and its [n] citations, and nothing in it that a page would follow or load."""
    for _ in range(_NESTED):
        text = _INLINE.sub(_words, text)
    text = _REFERENCE.sub(_words, text)
    text = _DEFINITION.sub("", text).replace("](", "] (").replace("]:", "] :")
    return _TAG.sub("‹", _PICTURE.sub("", text))


def _words(match: re.Match[str]) -> str:
    words = match[1]
    if _NUMBER.fullmatch(words):  # "[1][2]" and "[1](see there)" begin with a citation
        return match[0].lstrip("!")
    return words
