"""A case as a PDF to keep or pass on; the only importer of fpdf and of the font it prints with."""

import re
import tempfile
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from pymupdf_fonts import myfont  # type: ignore[import-untyped]

from backend.domain.casefile import CaseFile, CaseMessage
from backend.domain.messages import Role
from backend.domain.money import format_money

_SPEAKERS = {Role.SHOPPER: "Customer", Role.ASSISTANT: "Assistant", Role.STAFF: "Staff"}
#: FiraGO (SIL Open Font License): Latin, Greek, Cyrillic, Devanagari, Arabic, Hebrew, Thai, Georgian.
_FACE = "FiraGO"
_CUTS = {"": "figo", "B": "figbo"}
#: Stands for a letter of another script.
_MISSING = "▯"
#: Say how the picture before them looks: its colours, or the tone of a skin.
_UNSEEN = frozenset("\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
#: Scripts whose letters join, reorder or run from right to left (Hebrew to Myanmar): shaping takes its time.
_JOINED = re.compile("[\u0590-\u109f\ufb1d-\ufdff\ufe70-\ufefc]")


def case_pdf(case: CaseFile, shop: str, now: datetime) -> bytes:
    """The document, A4. Takes milliseconds a page: call it in a thread."""
    paper = _Paper(shop, f"Case {case.conversation.id}", now)
    paper.heading("Customer")
    for line in _customer(case):
        paper.paragraph(line)
    if case.file is not None:
        _records(paper, case)
    paper.heading("Conversation")
    if case.earlier:
        paper.paragraph("(Earlier messages are not part of this document.)")
    for message in case.messages:
        if message.text:
            who = _speaker(message, case)
            paper.said(f"{who} (replaced)" if message.replaced else who, message.at, message.text)
    if case.notes:
        paper.heading("Internal notes")
        for note in case.notes:
            paper.said(note.author_name, note.at, note.text)
    return paper.finished()


def _customer(case: CaseFile) -> Iterable[str]:
    if case.file is None:
        return ("Unknown: nobody proved who they are in this conversation.",)
    customer = case.file.customer
    contact = ", ".join(filter(None, (customer.email, customer.phone)))
    address = customer.address.one_line() if customer.address else ""
    return filter(None, (f"{customer.name} ({customer.id})", contact, address))


def _records(paper: "_Paper", case: CaseFile) -> None:
    assert case.file is not None
    if case.file.orders:
        paper.heading("Orders")
        for order in case.file.orders:
            names = ", ".join(f"{line.quantity} x {line.name}" for line in order.lines)
            paper.paragraph(f"{order.id}: {order.status}, {format_money(order.total_cents, order.currency)}. {names}")
    if case.file.refunds:
        paper.heading("Refunds")
        for refund in case.file.refunds:
            amount = format_money(refund.amount_cents, refund.currency)
            paper.paragraph(f"{refund.id} ({refund.order_id}): {amount}, {refund.status.value.replace('_', ' ')}")
    if case.file.complaints:
        paper.heading("Complaints")
        for complaint in case.file.complaints:
            state = complaint.status.value.replace("_", " ")
            paper.paragraph(f"{complaint.id}: {state}, {complaint.priority.value}. {complaint.description}")


def _speaker(message: CaseMessage, case: CaseFile) -> str:
    if message.role is Role.STAFF and message.staff_name:
        return message.staff_name
    if message.role is Role.SHOPPER and case.file is not None:
        return case.file.customer.name
    return _SPEAKERS[message.role]


class _Paper(FPDF):
    """A4 with the shop's name above and page numbers below."""

    def __init__(self, shop: str, title: str, now: datetime) -> None:
        super().__init__(format="A4")
        self._shop, self._made, self._missing = shop, now, 0
        for style, path in _cuts().items():
            self.add_font(_FACE, style, path)
        font = self.fonts[_FACE.lower()]
        assert isinstance(font, TTFFont)
        self._letters = frozenset(map(chr, font.cmap)) | {"\n", "\t"}
        self.set_title(title)
        self.set_margins(18, 18)
        self.set_auto_page_break(True, 18)
        self.add_page()
        self.set_font(_FACE, "B", 16)
        self._write(8, title)

    def header(self) -> None:
        self.set_font(_FACE, "", 8)
        self._write(5, f"{self._shop} – printed {self._made:%Y-%m-%d %H:%M} UTC – confidential")

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FACE, "", 8)
        self.cell(0, 5, f"{self.page_no()}", align="C")

    def heading(self, text: str) -> None:
        self.ln(4)
        self.set_font(_FACE, "B", 12)
        self._write(6, text)

    def paragraph(self, text: str) -> None:
        self.set_font(_FACE, "", 10)
        self._write(5, text)

    def said(self, who: str, at: datetime, text: str) -> None:
        self.ln(1.5)
        self.set_font(_FACE, "B", 9)
        self._write(5, f"{who}, {at:%Y-%m-%d %H:%M} UTC")
        self.paragraph(text)

    def finished(self) -> bytes:
        if self._missing:
            self.heading("Not printed")
            self.paragraph(
                f"{self._missing} characters of scripts that this document's font lacks stand as {_MISSING}. "
                "The case at the desk shows them."
            )
        return bytes(self.output())

    def _shown(self, sign: str) -> str:
        if sign in self._letters:
            return sign
        kind = unicodedata.category(sign)
        if kind == "So":  # a picture, which has a name
            return f"[{unicodedata.name(sign, 'sign').lower()}]"
        if kind[0] in "CZ" or sign in _UNSEEN:  # nothing that is seen
            return " " if kind == "Zs" else ""
        self._missing += 1
        return _MISSING

    def _write(self, height: float, text: str) -> None:
        self.set_text_shaping(_JOINED.search(text) is not None)
        self.multi_cell(0, height, "".join(map(self._shown, text)), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the cuts of the font lie as files, until the process ends: the printer takes no other."""
    return tempfile.TemporaryDirectory(prefix="fonts")


@cache
def _cuts() -> dict[str, Path]:
    paths = {style: Path(_folder().name) / f"{name}.ttf" for style, name in _CUTS.items()}
    for style, path in paths.items():
        path.write_bytes(myfont(_CUTS[style]))
    return paths
