"""HTML to sections: headings, paragraphs, lists and tables; menus, scripts and forms are left out."""

import re
from collections.abc import Sequence
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from backend.rag.outline import ASKED, Outline, names
from backend.rag.splitting import Section

#: What is no content, and what breaks a line, as tag names.
_NO_CONTENT = "script style noscript template nav header footer aside form button svg iframe head"
_BREAKING = "p li dt dd pre blockquote figcaption caption summary address div section article main td th ul ol dl table"
_SKIPPED = frozenset(_NO_CONTENT.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset(_BREAKING.split()) | _HEADINGS.keys()
#: Words up to which a description is a value.
_FIELD_WORDS = 12
#: Words of a question in a block of its own, and columns or rows that a cell reaches over at most.
_ASKED_WORDS, _WIDEST_SPAN = 30, 20
#: Deeper nesting is no document that a person wrote.
_DEEPEST = 200


def metadata(text: str) -> dict[str, str]:
    """Title, language and <meta name="kind|product|category|…"> of the head."""
    tree = LexborHTMLParser(text)
    found = {}
    for node in tree.css("meta[name]"):
        name, content = node.attributes.get("name"), node.attributes.get("content")
        if name and content and name in {"id", "kind", "product", "product_name", "category", "url", "tags"}:
            found[name] = content
    title = tree.css_first("title")
    if title is not None and title.text(strip=True):
        found["title"] = title.text(strip=True)
    root = tree.css_first("html")
    if root is not None and root.attributes.get("lang"):
        found["language"] = str(root.attributes["lang"]).split("-")[0].lower()
    return found


def read(text: str) -> tuple[Section, ...]:
    """One section per heading."""
    tree = LexborHTMLParser(text)
    outline = Outline()
    if tree.body is not None:
        _walk(tree.body, outline, 0)
    return outline.sections()


def _walk(node: LexborNode, outline: Outline, depth: int, mark: str = "") -> None:
    """Blocks in order; the words that stand between blocks make lines of their own. `mark` is what stands before the
    first words of an item.
    """
    loose: list[str] = []
    number, term = 0, ""
    for child in node.iter(include_text=True):
        tag = str(child.tag)
        if depth > _DEEPEST or (tag in _SKIPPED and not _unfolds(child)):
            continue
        if tag in _HEADINGS or tag in _CONTAINERS or tag == "button" or _has_block(child):
            mark = _flush(loose, outline, mark)
            if tag in _HEADINGS:
                outline.heading(_HEADINGS[tag], _words(child))
            elif tag == "table" and len(child.css("table")) == 1:
                _table(child, outline)
            elif tag == "dt":
                term = _words(child)
            elif tag == "dd" and term:
                _described(term, child, outline, depth)
            elif tag in {"summary", "button"} or _is_question(child):
                outline.heading(ASKED, _words(child))
            elif tag == "li":
                number += 1
                _walk(child, outline, depth + 1, f"{number}. " if str(node.tag) == "ol" else "- ")
            elif tag == "p" and (asked := _question(child)) is not None:
                outline.heading(ASKED, _words(asked))
                asked.decompose()
                _walk(child, outline, depth + 1)
            else:
                _walk(child, outline, depth + 1, mark)
                mark = ""
        elif tag == "br":
            mark = _flush(loose, outline, mark)
        else:
            loose.append(child.text(deep=True))
    _flush(loose, outline, mark)


def _unfolds(node: LexborNode) -> bool:
    """Whether it is a button that shows an answer below it."""
    opens = any(name in node.attributes for name in ("aria-controls", "aria-expanded", "data-target", "data-bs-target"))
    return str(node.tag) == "button" and bool(_words(node)) and (opens or _words(node).endswith("?"))


def _is_question(node: LexborNode) -> bool:
    """Whether a block holds a question and nothing else, and its answer comes next."""
    words = _words(node) if str(node.tag) in {"p", "div"} else ""
    return words.endswith("?") and len(words.split()) <= _ASKED_WORDS and not _has_block(node)


def _question(paragraph: LexborNode) -> LexborNode | None:
    """The question in bold that a paragraph opens with; it heads what answers it."""
    first = next((node for node in paragraph.iter(include_text=True) if _words(node)), None)
    bold = first is not None and str(first.tag) in {"strong", "b"} and _words(first).endswith("?")
    return first if bold else None


def _described(term: str, node: LexborNode, outline: Outline, depth: int) -> None:
    """What a term of a list stands for: of a short one a field, of a question or a text its heading."""
    words = _words(node)
    if not term.endswith("?") and len(words.split()) <= _FIELD_WORDS:
        outline.text(f"{term.rstrip(':')}: {words}")
        return
    outline.heading(ASKED, term)
    _walk(node, outline, depth + 1)


def _table(table: LexborNode, outline: Outline) -> None:
    """Each row as a line; cells that reach over several columns or rows stand in each of them."""
    outline.text(_words(table.css_first("caption")))
    rows = [row for row in table.css("tr") if row.css_first("td, th") is not None]
    heads = sum(1 for _ in takewhile(lambda row: row.css_first("td") is None, rows))
    grid = _grid(rows)
    columns = zip(*grid[:heads], strict=True)
    header = [" ".join(dict.fromkeys(filter(None, map(_words, column)))) for column in columns]
    body = [[_words(cell) for cell in row] for row in grid[heads:]]
    if not header and names(body):
        header, *body = body
        heads = 1
    for row, cells in zip(grid[heads:], body, strict=True):
        outline.row(header, cells[:1] if len({cell and cell.mem_id for cell in row}) == 1 else cells)


def _grid(rows: Sequence[LexborNode]) -> list[list[LexborNode | None]]:
    """The cells of a table by row and column, all rows as long as the longest."""
    places: dict[tuple[int, int], LexborNode] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row.css("td, th"):
            while (at, column) in places:
                column += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - at)
            places |= {(at + down, column + right): cell for down in range(high) for right in range(wide)}
    width = 1 + max((column for _, column in places), default=-1)
    return [[places.get((at, column)) for column in range(width)] for at in range(len(rows))]


def _span(cell: LexborNode, name: str) -> int:
    stated = cell.attributes.get(name) or ""
    return min(int(stated), _WIDEST_SPAN) if re.fullmatch(r"[1-9]\d{0,3}", stated) else 1


def _has_block(node: LexborNode) -> bool:
    if str(node.tag) == "-text":
        return False
    return any(str(inner.tag) in _CONTAINERS or str(inner.tag) in {"tr", "br"} for inner in node.iter())


def _words(node: LexborNode | None) -> str:
    return "" if node is None else " ".join(node.text(deep=True, separator=" ").split())


def _flush(loose: list[str], outline: Outline, mark: str) -> str:
    """Writes the words down behind the mark; what is left of it for the next ones."""
    words = " ".join("".join(loose).split())
    loose.clear()
    if not words:
        return mark
    outline.text(mark + words)
    return ""
