"""Files that are broken, or built to break their reader; always the same ones."""

import io
import random
import zlib
from collections.abc import Iterator, Sequence

from fpdf import FPDF
from pypdf import PdfWriter

HTML = b"<html><head><title>Lamp</title></head><body><h1>Lamp</h1><table><tr><td>Lit at dusk</td></tr></table></body>"
MARKDOWN = b"---\ntitle: Lamp\nkind: manual\n---\n# Lamp\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- lit at dusk\n"
_LONG = "a" * 300 + ".md"
_NAMES = ("a.pdf", "a.html", "a.md", "a.txt", "a.jsonl", "A.PDF", "a.pdf.html", "", "…", _LONG, "con.md", "a\x00.md")


def whole_pdf() -> bytes:
    """One that is as it should be."""
    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.multi_cell(0, text="The lamp is lit at dusk. Its wick wants trimming every week. " * 10)
    return bytes(page.output())


def broken(whole: Sequence[bytes], number: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents: whole files, each broken in one of many ways."""
    drawn = random.Random(20)  # noqa: S311  no secret
    for _ in range(number):
        yield drawn.choice(_NAMES), _broken(drawn, drawn.choice(whole))


def _broken(drawn: random.Random, whole: bytes) -> bytes:
    at = drawn.randrange(max(1, len(whole)))
    noise = drawn.randbytes(drawn.randint(1, 60))
    return drawn.choice(
        (
            whole[:at],  # cut off
            whole[at:],  # without its beginning
            whole[:at] + noise + whole[at:],
            whole[:at] + noise + whole[at + len(noise) :],
            bytes(b ^ (drawn.random() < 0.02) for b in whole),  # flipped bits
            whole[:at] + whole[:at] + whole[at:],
            whole.replace(b"obj", b"endobj", drawn.randint(1, 4)),
            whole.replace(b"<", b"<<<<", drawn.randint(1, 9)),
            whole.replace(b"0", b"99999999999", drawn.randint(1, 5)),
            b"\xef\xbb\xbf" + whole,
            whole.decode("latin-1").encode("utf-16"),
            (b"<div>" * 3000) + whole,
            (b"> " * 2000) + whole,
            (b"[" * 3000) + whole,
            noise * 500,
        )
    )


def hostile() -> Iterator[tuple[str, bytes]]:
    """Names and contents: small to send, large or long to read."""
    line = b"BT /F1 12 Tf (lit at dusk) Tj ET\n"
    yield "bomb.pdf", _page(_packed(bytes(600_000_000)))
    yield "bomb-in-bomb.pdf", _page(zlib.compress(_packed(bytes(600_000_000)), 9), "[/FlateDecode/FlateDecode]")
    yield "operators.pdf", _page(_packed(line * 900_000))
    yield "bracket.pdf", _page(_packed(b"BT " + b"(" * 30_000_000))
    yield "brackets.pdf", _page(_packed(b"BT " + b"[" * 3_000_000))
    yield "round.pdf", _page(_packed(line)).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield "count.pdf", _page(_packed(line)).replace(b"/Count 1", b"/Count 999999999")
    yield "pages.pdf", _pages(10_000)
    yield "locked.pdf", _pages(1, "secret")
    yield "deep.html", b"<div>" * 900_000 + b"lamp"
    yield "lists.html", b"<ul><li>" * 300_000 + b"lamp"
    yield "rows.html", b"<table>" + b"<tr><td>lamp</td></tr>" * 50_000 + b"</table>"
    yield "quotes.md", b"> " * 100_000 + b"lamp"
    yield "brackets.md", b"[" * 300_000 + b"lamp"
    yield "columns.md", b"|a" * 100_000 + b"|\n" + b"|-" * 100_000 + b"|\n" + b"|b" * 100_000
    yield "large.txt", b"The lamp is lit at dusk. " * 960_000
    yield "larger.txt", bytes(100_000_000)
    yield "../../etc/passwd.txt", b"The lamp is lit at dusk."
    yield "nul.txt", b"\x00" * 5_000
    yield "archive.txt", b"PK\x03\x04" + bytes(5_000)


def _packed(content: bytes) -> bytes:
    return zlib.compress(content, 9)


def _page(stream: bytes, packing: str = "/FlateDecode") -> bytes:
    """A PDF of one page with that content."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F1"
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter%s>>stream\n" % (len(stream), packing.encode()) + stream + b"\nendstream",
    )
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def _pages(number: int, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(number):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()
