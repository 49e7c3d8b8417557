"""Sets the manuals in `pdf_sources/` as PDF files with real headings, several pages and a sidecar of metadata.

Run it after changing a source: `.venv/bin/python seed_data/make_pdfs.py`. The same source gives the same bytes.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "pdf_sources"
TARGET = HERE / "techpro" / "knowledge" / "manuals"
PRODUCTS = {"x2-laptop": "P-1002", "oled-tv-55": "P-1015"}
#: points of each heading level; the body is set in 11
SIZES = {1: 24, 2: 17, 3: 13}
BODY = 11
#: fpdf2 stamps the time of writing, which would change the file at each run
WRITTEN = datetime(2026, 1, 15, tzinfo=UTC)


class Manual(FPDF):
    """A4 pages with the page number at the foot."""

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()}", align="C")


def typeset(text: str, title: str) -> bytes:
    """Markdown with headings, paragraphs and bullets in; the bytes of a PDF out."""
    pdf = Manual(format="A4")
    pdf.set_creation_date(WRITTEN)
    pdf.set_title(title)
    pdf.set_margins(22, 20, 22)
    pdf.set_auto_page_break(True, margin=22)
    pdf.add_page()
    for line in text.splitlines():
        heading = re.match(r"(#{1,3}) (.+)", line)
        if heading:
            _heading(pdf, len(heading[1]), heading[2])
        elif line.startswith("- "):
            _body(pdf, f"\u2022 {line[2:]}", 1.0)
        elif line.strip():
            _body(pdf, line, 2.5)
    return bytes(pdf.output())


def _heading(pdf: FPDF, level: int, text: str) -> None:
    # a heading never stands alone at the foot of a page
    if pdf.will_page_break(34):
        pdf.add_page()
    pdf.ln(4 if level > 1 else 0)
    pdf.set_font("Helvetica", "B", SIZES[level])
    pdf.multi_cell(0, SIZES[level] * 0.5, text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1.5)


def _body(pdf: FPDF, text: str, after_mm: float) -> None:
    pdf.set_font("Helvetica", size=BODY)
    # the standard fonts know Latin-1 and the bullet
    pdf.multi_cell(0, 5.6, text.replace("\u2022", "\x95"), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after_mm)


def main() -> None:
    for source in sorted(SOURCES.glob("*.md")):
        text = source.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        target = TARGET / f"{source.stem}.pdf"
        target.write_bytes(typeset(text, title))
        fields = {
            "id": f"manual-{source.stem}",
            "title": title,
            "kind": "manual",
            "product": PRODUCTS[source.stem],
            "language": "en",
        }
        sidecar = target.with_name(f"{target.name}.json")
        sidecar.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
