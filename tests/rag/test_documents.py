"""Files become sections with their place; what is no document is refused with the reason."""

import io
import zipfile
import zlib

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from backend.domain.catalogue import Spec
from backend.domain.errors import InvalidInput
from backend.rag.documents import MOST_BYTES, LoadedDocument, load_file
from backend.rag.formats import HTML, PDF, read
from backend.rag.products import product_sections, spec_sentence
from backend.rag.reading import read_apart
from backend.rag.sources import read_json_lines
from backend.rag.splitting import CHARACTERS_A_WORD, MOST, Section, sentences, split
from backend.store.loading.source import BadRow
from tests.rag.conftest import LAMP, MANUAL


def make_pdf() -> bytes:
    pdf = FPDF()
    for title, body in (
        ("Kettle care", "Rinse the kettle after use."),
        ("Descaling", "Boil water with vinegar once a month."),
    ):
        pdf.add_page()
        pdf.set_font("helvetica", size=18)
        pdf.cell(text=title, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(w=0, text=body)
    return bytes(pdf.output())


def test_markdown_keeps_front_matter_headings_and_numbers() -> None:
    loaded = load_file("m.md", MANUAL)
    assert (loaded.document.id, loaded.document.kind, loaded.document.product_id) == ("halo-manual", "manual", "L-1")
    found = read(loaded.content, loaded.media_type).sections
    assert [s.path for s in found][-1] == ("Halo Desk Lamp manual", "Troubleshooting", "The light flickers")
    assert "2. Press the plug in until it clicks." in found[-1].text


def test_a_table_row_can_be_read_alone() -> None:
    text = (
        b"# Data\n\n| Model | Weight | Depth |\n|---|---|---|\n| Halo | 2 kg | 9 cm |\n\n"
        b"| Part | Life |\n|---|---|\n| Bulb | 900 h |\n"
    )
    found = read(text, "text/markdown").sections[0].text
    assert "Model: Halo; Weight: 2 kg; Depth: 9 cm" in found
    assert "Bulb: 900 h" in found


def test_html_steps_keep_their_numbers_around_lists_of_their_own() -> None:
    page = b"""<body><h1>Setup</h1><ol><li><p>Unpack it.</p><p>Keep the box.</p></li>
    <li>Plug it in:<ul><li>at home</li><li>or <b>outdoors</b></li></ul></li><li>Wait.</li></ol></body>"""
    lines = read(page, HTML).sections[0].text.splitlines()
    assert lines == ["1. Unpack it.", "Keep the box.", "2. Plug it in:", "- at home", "- or outdoors", "3. Wait."]


def test_html_leaves_menus_and_scripts_out() -> None:
    page = b"""<html lang="de"><head><title>Oven</title><meta name="kind" content="manual"><script>x()</script></head>
    <body>    <nav>Home</nav><h1>Oven</h1><p>Wipe it <b>cold</b>.</p><h2>Racks</h2><ul><li>Two racks</li></ul>
    <table><tr><th>Part</th><th>Size</th></tr><tr><td>Rack</td><td>40 cm</td></tr></table>
    <table><thead><tr><th>Part</th><th>Size</th><th>Price</th></tr></thead>
    <tbody><tr><td>Rack</td><td>40 cm</td><td>$9</td></tr></tbody></table></body></html>"""
    loaded = load_file("oven.html", page)
    assert (loaded.document.title, loaded.document.language, loaded.document.kind) == ("Oven", "de", "manual")
    found = read(page, loaded.media_type).sections
    assert [(s.path, s.text) for s in found] == [
        (("Oven",), "Wipe it cold."),
        (("Oven", "Racks"), "- Two racks\nRack: 40 cm\nPart: Rack; Size: 40 cm; Price: $9"),
    ]


def pdf_with_tables() -> bytes:
    """Cells of several lines, drawn one after the other, a table without a heading row, and one that is set large."""
    pdf = FPDF()
    pdf.add_page()
    signs = [("Sign", "Reason", "Help"), ("Red ring", "Too hot", "Wait"), ("", "No water", "Fill it up, " * 9 + "now")]
    for size, title, table in (
        (10, "Signs", signs),
        (10, "Figures", [("Power", "2000 W"), ("Cord", "75 cm")]),
        (13, "Cups", [("Small", "0.2 l"), ("Large", "1.4 l")]),
    ):
        pdf.set_font("helvetica", size=18)
        pdf.cell(text=title, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=size)
        with pdf.table() as drawn:
            for cells in table:
                row = drawn.row()
                for cell in cells:
                    row.cell(cell)
        pdf.set_font("helvetica", size=10)
        pdf.multi_cell(w=0, text="A sentence below the table that is longer than a line. " * 3)
    return bytes(pdf.output())


def test_pdf_tables_are_rows() -> None:
    found = {section.path[-1]: section.text.split("\n")[:2] for section in read(pdf_with_tables(), PDF).sections}
    assert found == {
        "Signs": [
            "Sign: Red ring; Reason: Too hot; Help: Wait",
            f"Sign: Red ring; Reason: No water; Help: {'Fill it up, ' * 9}now",
        ],
        "Figures": ["Power: 2000 W", "Cord: 75 cm"],
        "Cups": ["Small: 0.2 l", "Large: 1.4 l"],
    }


def test_pdf_keeps_pages_and_headings() -> None:
    found = read(make_pdf(), PDF).sections
    assert [(s.path, s.page) for s in found] == [(("Kettle care",), 1), (("Descaling",), 2)]
    assert "vinegar once a month" in found[1].text


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf())))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """One page whose content inflates to 56 MB."""
    stream = zlib.compress(b"(a) Tj " * 8_000_000, 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"  \n", "empty"),
        ("a.pdf", b"hello", "no PDF"),
        ("a.docx", b"hello", "cannot be read"),
        ("a.txt", zipped(), "ZIP"),
        ("a.md", b"\x00\x01\x02\x03\x04 text", "not text"),
        ("a.txt", b"a" * (MOST_BYTES + 1), "larger than"),
        ("a.pdf", encrypted(), "password"),
        ("a.pdf", make_pdf()[:300], "cannot be read"),
        ("a.md", b"---\nkind: novel\n---\ntext", "not valid"),
    ],
)
def test_bad_files_are_refused_with_the_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        load_file(name, content)


def test_a_deflate_bomb_is_refused() -> None:
    with pytest.raises(InvalidInput):
        load_file("a.pdf", bomb())


def test_a_file_that_keeps_its_reader_busy_ends_the_reader_alone() -> None:
    with pytest.raises(InvalidInput, match="too much time"):
        read_apart(b"<ul><li>" * 200_000, HTML, seconds=1)
    assert read_apart(b"<p>Wipe it cold.</p>" * 2_000, HTML).sections[0].text.startswith("Wipe it cold.")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"id": "a", "title": "T"}', "text"),
        ('{"text": "t"}', "id"),
        ('{"id": ["a"], "text": "t"}', "id"),
        ('{"id": "a", "text": 12}', "text"),
        ('{"id": "a", "text": "t", "title": {"en": "T"}}', "title"),
        ('{"id": "a", "text": "t", "kind": "novel"}', "kind"),
        ('{"id": "a", "text": "t", "updated": "yesterday"}', "updated"),
        ('["a", "t"]', "not an object"),
        ("{", "not JSON"),
    ],
)
def test_an_odd_row_is_left_out_by_line_and_field(row: str, reason: str) -> None:
    found = list(read_json_lines(['{"id": 7, "text": "a\\u0000b\\ud800\\u2028", "tags": null, "language": ""}', row]))
    assert isinstance(found[0], LoadedDocument) and found[0].document.id == found[0].document.title == "7"
    assert isinstance(found[1], BadRow) and found[1].place == "line 2" and reason in found[1].reason


def test_long_text_is_cut_between_sentences() -> None:
    text = " ".join(f"Sentence number {n} says that the lamp costs 3.5 euros, e.g. in June." for n in range(80))
    document = load_file("a.txt", text.encode()).document
    passages = split(document, [Section(text=text)])
    assert " ".join(p.text for p in passages) == text
    assert all(p.text.endswith("June.") and len(p.text.split()) <= MOST for p in passages)
    assert [p.id for p in passages][:2] == ["a:1", "a:2"]


def test_text_without_spaces_is_cut_too() -> None:
    text = "灯は夕方にともり、朝に消えます。" * 300 + "[" * 30_000
    passages = split(load_file("a.txt", text.encode()).document, [Section(text=text)])
    assert "".join(p.text for p in passages).replace(" ", "") == text
    assert len(passages) > 10 and max(len(p.text) for p in passages) <= MOST * CHARACTERS_A_WORD


def test_sentences_survive_numbers_and_abbreviations() -> None:
    assert sentences("It needs 65 W. Use approx. 2.5 A, e.g. here. 1. Hold it.\n2. Let go.") == (
        "It needs 65 W.",
        "Use approx. 2.5 A, e.g. here.",
        "1. Hold it.",
        "2. Let go.",
    )


def test_specifications_are_said_in_sentences() -> None:
    said = [section.text for section in product_sections(LAMP)]
    assert said[1:5] == [
        "The Halo Desk Lamp has a battery life of up to 9 hours.",
        "The Halo Desk Lamp weighs 1.4 kg.",
        "The Halo Desk Lamp has a dimmer.",
        "The Halo Desk Lamp has no USB-C port.",
    ]


def test_bad_rows_are_reported_and_the_rest_loads() -> None:
    lines = [
        '{"id": "1", "title": "A", "text": "x", "extra": 1}',
        "{",
        '{"id": "2", "text": ""}',
        '{"id": "1", "text": "y"}',
    ]
    found = list(read_json_lines(lines))
    assert [f.place for f in found if isinstance(f, BadRow)] == ["line 2", "line 3", "line 4"]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Connects by", "Bluetooth 5.2", "The Halo connects by Bluetooth 5.2."),
        ("Fits tables up to", "4 cm", "The Halo fits tables up to 4 cm."),
        ("Made of", "oiled ash", "The Halo is made of oiled ash."),
        ("Suitable for", "wet rooms", "The Halo is suitable for wet rooms."),
        ("Splashproof", "No", "The Halo is not splashproof."),
        ("Foldable", "Yes", "The Halo is foldable."),
        ("Microphone", "Yes, two of them", "The Halo has a microphone: two of them."),
        ("Number of shades", "3", "The Halo has 3 shades."),
        ("Bluetooth", "5.3", "The Halo has Bluetooth 5.3."),
        ("Cable", "2 m", "The Halo has a cable of 2 m."),
    ],
)
def test_a_label_that_is_no_name_of_something_makes_a_sentence_too(label: str, value: str, sentence: str) -> None:
    assert spec_sentence("Halo", Spec(name=label.lower(), label=label, value=value, text=value)) == sentence
