"""The headings over a passage: what is embedded of them and what the lexical index sees."""

from backend.domain.knowledge import DocumentKind, Passage


def headline(passage: Passage) -> str:
    """What is embedded as the passage's heading: a question by itself, else the whole title path."""
    return passage.section if asks(passage) else title_path(passage)


def asks(passage: Passage) -> bool:
    """Whether its heading is a question that it answers."""
    return passage.kind is DocumentKind.FAQ or passage.section.endswith("?")


def title_path(passage: Passage) -> str:
    """Document title and headings in one line, nothing said twice."""
    return " › ".join(dict.fromkeys(part for part in (passage.title, *passage.path) if part))


def titled_text(passage: Passage) -> str:
    """The passage under its title path: what the lexical index sees."""
    return f"{title_path(passage)}\n{passage.text}"
