"""Markdown to sections: front matter, headings, lists and tables, without the markup."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backend.rag.clauses import heading
from backend.rag.outline import ASKED, Outline, row_text
from backend.rag.splitting import Section

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)$")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between the first two `---`, and the text after them."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = {}
    for line in found[1].splitlines():
        field = _FIELD.match(line)
        if field:
            fields[field[1].lower().replace("-", "_")] = field[2].strip().strip("\"'").strip("[]")
    return fields, text[found.end() :]


#: What marks a question and its answer.
_QUESTION = re.compile(r"Q\s?\d{0,2}\s?[:.)]\s*([^?]+\?)", re.IGNORECASE)
_ANSWER = re.compile(r"^A\s?\d{0,2}\s?[:.)]\s*", re.IGNORECASE)
#: Words of a label at most.
_LABEL_WORDS = 6
_ROW = re.compile(r"[^\s:.!?][^:.!?]{0,40}: ?\S")


def read(text: str) -> tuple[Section, ...]:
    """One section per heading. Raises nothing: all text is Markdown."""
    _, body = front_matter(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    outline = Outline()
    for kind, level, line in _lines(tokens):
        if kind == "heading":
            outline.heading(level, line)
        else:
            outline.text(line)
    return outline.sections()


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[str, int, str]]:
    """("heading", level, text) and ("text", 0, line) in order."""
    at = 0
    header: list[str] = []
    markers: list[int | None] = []
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open":
            yield "heading", int(token.tag[1]), _plain(tokens[at + 1])
            at += 2
        elif token.type == "table_open":
            header = []
        elif token.type == "tr_open":
            cells = []
            while tokens[at].type != "tr_close":
                if tokens[at].type == "inline":
                    cells.append(_plain(tokens[at]))
                at += 1
            if not header:
                header = cells
            else:
                yield "text", 0, row_text(header, cells)
        elif token.type == "ordered_list_open":
            markers.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            markers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            markers.pop()
        elif token.type == "inline":
            first, *more = _rows(_labelled(token, _plain(token, "\n")))
            if (clause := heading(first)) is not None and not more:
                yield "heading", ASKED - 1, clause
                first = ""
            if (asked := _question(token, first)) is not None:
                yield "heading", ASKED, asked
                first, *more = _ANSWER.sub("", first[first.index("?") + 1 :].strip()), *more
            yield "text", 0, _marked(tokens, at, markers) + first
            yield from (("text", 0, row) for row in more)
        elif token.type in ("fence", "code_block"):
            yield "text", 0, token.content.strip()
        at += 1


def _marked(tokens: Sequence[Token], at: int, markers: list[int | None]) -> str:
    """The bullet or number of a list item's first paragraph."""
    if not markers or at < 2 or tokens[at - 2].type != "list_item_open":
        return ""
    number = markers[-1]
    if number is None:
        return "- "
    markers[-1] = number + 1
    return f"{number}. "


def _question(token: Token, line: str) -> str | None:
    """The question that a paragraph of an FAQ opens with, marked Q: or set in bold; it heads what answers it."""
    match = _QUESTION.match(line)
    if match is not None:
        return match[1]
    children = token.children or ()
    bold = len(children) > 2 and "strong_open" in (children[0].type, children[1].type)
    opening = line.partition("?")[0] + "?"
    spoken = next((child.content for child in children if child.content), "").strip()
    return opening if bold and spoken == opening else None


def _labelled(token: Token, text: str) -> str:
    """ "**Trial.** Sleep on it" as "Trial: Sleep on it": the label and what it labels are one statement."""
    shown = [child for child in token.children or () if child.content or child.nesting]
    if len(shown) < 4 or shown[0].type != "strong_open" or shown[2].type != "strong_close":
        return text
    label = shown[1].content
    behind = text[len(label) :].lstrip()
    if not label.endswith(".") or len(label.split()) > _LABEL_WORDS or not behind or not text.startswith(label):
        return text
    return f"{label[:-1]}: {behind}"


def _rows(paragraph: str) -> list[str]:
    """The lines of a sheet, "Weight: 2 kg" below "Width: 9 cm", stay lines; those of prose are one."""
    rows = [row.strip() for row in paragraph.split("\n")]
    return rows if all(_ROW.match(row) for row in rows) else [" ".join(rows)]


def _plain(token: Token, broken: str = " ") -> str:
    """The words of an inline token, `broken` between its lines; pictures leave their description, tags nothing."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(broken)
        elif child.type == "html_inline":
            parts.append(" " if child.content.lower().startswith("<br") else "")
        else:
            parts.append(child.content)
    return "".join(parts).strip()
