"""A case as a PDF to keep or pass on; the only importer of fpdf."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from backend.domain.casefile import CaseFile, CaseMessage
from backend.domain.messages import Role
from backend.domain.money import format_money

_SPEAKERS = {Role.SHOPPER: "Customer", Role.ASSISTANT: "Assistant", Role.STAFF: "Staff"}
#: Signs that Windows-1252, the alphabet of the built-in fonts, lacks.
_PLAIN = str.maketrans({"→": "->", "←": "<-", "≥": ">=", "≤": "<=", "✓": "yes", "\u202f": " ", "\u00ad": ""})
#: Has Greek and Cyrillic beside every Latin letter, and lies on most Linux machines.
_WIDE = "DejaVuSans"
_FONT_FOLDER = Path("/usr/share/fonts")
#: Hebrew, Arabic and the scripts of India and South-East Asia join and reorder their letters, which needs more
#: than a font: they would print wrong.
_JOINED = range(0x0590, 0x1000)


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
        self.core_fonts_encoding = "windows-1252"
        self._face = self._open_face()
        self.set_title(title)
        self.set_margins(18, 18)
        self.set_auto_page_break(True, 18)
        self.add_page()
        self.set_font(self._face, "B", 16)
        self._write(8, title)

    def header(self) -> None:
        self.set_font(self._face, "", 8)
        self._write(5, f"{self._shop} – printed {self._made:%Y-%m-%d %H:%M} UTC - confidential")

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(self._face, "", 8)
        self.cell(0, 5, f"{self.page_no()}", align="C")

    def heading(self, text: str) -> None:
        self.ln(4)
        self.set_font(self._face, "B", 12)
        self._write(6, text)

    def paragraph(self, text: str) -> None:
        self.set_font(self._face, "", 10)
        self._write(5, text)

    def said(self, who: str, at: datetime, text: str) -> None:
        self.ln(1.5)
        self.set_font(self._face, "B", 9)
        self._write(5, f"{who}, {at:%Y-%m-%d %H:%M} UTC")
        self.paragraph(text)

    def finished(self) -> bytes:
        if self._missing:
            self.heading("Not printed")
            self.paragraph(
                f"{self._missing} characters of scripts that this document's font lacks stand as ?. "
                "The case at the desk shows them."
            )
        return bytes(self.output())

    def _open_face(self) -> str:
        """The font of the machine that knows most alphabets, else the one that every reader has."""
        found = _faces()
        if found is None:
            return "helvetica"
        for style, path in zip(("", "B"), found, strict=True):
            self.add_font(_WIDE, style, path)
        return _WIDE

    def _shows(self, sign: str) -> bool:
        if sign in "\n\t":
            return True
        font = self.fonts.get(_WIDE.lower())
        if isinstance(font, TTFFont):
            return ord(sign) not in _JOINED and ord(sign) in font.cmap
        return bool(sign.encode("windows-1252", "ignore"))

    def _write(self, height: float, text: str) -> None:
        shown = [sign if self._shows(sign) else "?" for sign in text.translate(_PLAIN)]
        self._missing += sum(sign == "?" for sign in shown) - text.count("?")
        self.multi_cell(0, height, "".join(shown), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


@cache
def _faces() -> tuple[Path, Path] | None:
    """The regular and the bold cut of the wide font, where the machine has both."""
    cuts = [next(_FONT_FOLDER.rglob(f"{name}.ttf"), None) for name in (_WIDE, f"{_WIDE}-Bold")]
    regular, bold = cuts
    return (regular, bold) if regular and bold else None
