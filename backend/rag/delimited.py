"""CSV and TSV to sections: an FAQ by its questions, other rows as lines that can be read alone."""

import csv
from io import StringIO

from backend.domain.errors import InvalidInput
from backend.rag.outline import Outline, names
from backend.rag.splitting import Section

#: What may stand between cells: the one that the first line has most of.
_BETWEEN = ",;\t|"


def read(text: str) -> tuple[Section, ...]:
    """One section a question, and one for all other rows. Raises InvalidInput where cells cannot be told apart."""
    first = text.lstrip().partition("\n")[0]
    between = max(_BETWEEN, key=first.count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter=between)]
    except csv.Error as wrong:
        raise InvalidInput(f"The table cannot be read: {wrong}.", field="file") from wrong
    rows = [row for row in rows if any(row)]
    header = rows[0] if names(rows, least=2) else []
    outline = Outline()
    for row in rows[1 if header else 0 :]:
        outline.row(header, row)
    return outline.sections()
