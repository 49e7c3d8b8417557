"""HTML to sections: headings, paragraphs, lists and tables; menus, scripts and forms are left out."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from backend.rag.outline import Outline, row_text
from backend.rag.splitting import Section

#: What is no content, and what breaks a line, as tag names.
_NO_CONTENT = "script style noscript template nav header footer aside form button svg iframe head"
_BREAKING = "p li dt dd pre blockquote figcaption caption summary address div section article main td th ul ol dl table"
_SKIPPED = frozenset(_NO_CONTENT.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset(_BREAKING.split()) | _HEADINGS.keys()
#: The level of what is asked, below all other headings; words up to which a description is a value.
_ASKED, _FIELD_WORDS = 6, 12
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
        _walk(tree.body, outline, 0, [])
    return outline.sections()


def _walk(node: LexborNode, outline: Outline, depth: int, header: list[str], mark: str = "") -> None:
    """Blocks in order; the words that stand between blocks make lines of their own. `header` is the table's, `mark`
    what stands before the first words of an item.
    """
    loose: list[str] = []
    number, term = 0, ""
    for child in node.iter(include_text=True):
        tag = str(child.tag)
        if tag in _SKIPPED or depth > _DEEPEST:
            continue
        if tag in _HEADINGS or tag == "tr" or tag in _CONTAINERS or _has_block(child):
            mark = _flush(loose, outline, mark)
            if tag in _HEADINGS:
                outline.heading(_HEADINGS[tag], _words(child))
            elif tag == "tr":
                _row(child, header, outline)
            elif tag == "dt":
                term = _words(child)
            elif tag == "dd" and term:
                _described(term, child, outline, depth, header)
            elif tag == "summary":
                outline.heading(_ASKED, _words(child))
            elif tag == "li":
                number += 1
                _walk(child, outline, depth + 1, header, f"{number}. " if str(node.tag) == "ol" else "- ")
            elif tag == "p" and (asked := _question(child)) is not None:
                outline.heading(_ASKED, _words(asked))
                asked.decompose()
                _walk(child, outline, depth + 1, header)
            else:
                _walk(child, outline, depth + 1, _header(child) if tag == "table" else header, mark)
                mark = ""
        elif tag == "br":
            mark = _flush(loose, outline, mark)
        else:
            loose.append(child.text(deep=True))
    _flush(loose, outline, mark)


def _question(paragraph: LexborNode) -> LexborNode | None:
    """The question in bold that a paragraph opens with; it heads what answers it."""
    first = next((node for node in paragraph.iter(include_text=True) if _words(node)), None)
    bold = first is not None and str(first.tag) in {"strong", "b"} and _words(first).endswith("?")
    return first if bold else None


def _described(term: str, node: LexborNode, outline: Outline, depth: int, header: list[str]) -> None:
    """What a term of a list stands for: of a short one a field, of a question or a text its heading."""
    words = _words(node)
    if not term.endswith("?") and len(words.split()) <= _FIELD_WORDS:
        outline.text(f"{term.rstrip(':')}: {words}")
        return
    outline.heading(_ASKED, term)
    _walk(node, outline, depth + 1, header)


def _header(table: LexborNode) -> list[str]:
    """The names of the columns, from a first row that holds nothing else."""
    first = table.css_first("tr")
    return [] if first is None or first.css_first("td") else [_words(cell) for cell in first.css("th")]


def _row(row: LexborNode, header: list[str], outline: Outline) -> None:
    cells = [_words(cell) for cell in row.css("td, th")]
    if row.css_first("td") is not None:
        outline.text(row_text([""] * (len(cells) - len(header)) + header[-len(cells) :], cells))


def _has_block(node: LexborNode) -> bool:
    if str(node.tag) == "-text":
        return False
    return any(str(inner.tag) in _CONTAINERS or str(inner.tag) in {"tr", "br"} for inner in node.iter())


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())


def _flush(loose: list[str], outline: Outline, mark: str) -> str:
    """Writes the words down behind the mark; what is left of it for the next ones."""
    words = " ".join("".join(loose).split())
    loose.clear()
    if not words:
        return mark
    outline.text(mark + words)
    return ""
