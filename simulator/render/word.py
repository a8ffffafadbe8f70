"""Page one of a report as a Word file, by python-docx, for those who write their response in Word.

It has real headings, a real table whose head is repeated on each page, and pictures with alternative text. Equal pages
have equal files: nothing in them knows the time.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.render.document import Block, Figure, Heading, Paragraph, Points, Section, Table, Warned

if TYPE_CHECKING:
    from docx.document import Document as WordFile

    from simulator.render.document import Document

_CREATED: Final = datetime(2006, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same in every file, as in workbooks."""
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an entry of an archive can bear."""
_UNIX: Final = 3
"""System that entries of the archive name, whichever makes them."""
_FOREIGN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may have: control characters and halves of characters."""
_LANGUAGE: Final = "en-GB"
_PAGE: Final = (21.0, 29.7)
"""Centimetres of a sheet of A4."""
_MARGIN: Final = 1.8
_PICTURE: Final = 11.0
"""Centimetres of the width of a picture."""
_TEXT: Final = 9.5
"""Points."""
_SMALL: Final = 8


def as_word(document: "Document", pictures: Mapping[str, bytes]) -> bytes:
    """Write page one of a document.

    Parameters
    ----------
    document
        The report.
    pictures
        PNG files of its figures by their names; a figure without one is told by its alternative text.
    """
    import docx

    made = docx.Document()
    _prepare(made, document)
    made.add_paragraph().add_run(_plain(document.synthetic)).bold = True
    made.add_paragraph(_plain(f"{document.title}: {document.subtitle}"), style="Subtitle")
    _add_front(made, document.front, pictures)
    written = io.BytesIO()
    made.save(written)
    return _without_times(written.getvalue())


def _prepare(made: "WordFile", document: "Document") -> None:
    """Set the size of the page, the type, the language, the footer and what the file says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    page = made.sections[0]
    page.page_width, page.page_height = map(Cm, _PAGE)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN)
    page.footer.paragraphs[0].text = _plain(f"{document.synthetic} Made by inspectsim {document.version}.")
    normal: Any = made.styles["Normal"]
    normal.font.size = Pt(_TEXT)
    normal.paragraph_format.space_after = Pt(4)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    about = made.core_properties
    about.title, about.subject = _plain(document.front.title)[:255], _plain(document.subtitle)[:255]
    about.author = about.last_modified_by = "inspectsim"
    about.comments, about.language = document.synthetic, _LANGUAGE
    about.created = about.modified = _CREATED
    about.revision = 1


def _add_front(made: "WordFile", front: Section, pictures: Mapping[str, bytes]) -> None:
    made.add_heading(_plain(front.title), level=1)
    for block in front.blocks:
        _add(made, block, pictures)


def _add(made: "WordFile", block: Block, pictures: Mapping[str, bytes]) -> None:
    """Add a block of page one.

    Raises
    ------
    TypeError
        If page one has no such blocks.
    """
    if isinstance(block, Warned):
        paragraph = made.add_paragraph()
        paragraph.add_run("Take note: ").bold = True
        paragraph.add_run(_plain(block.text))
    elif isinstance(block, Paragraph):
        made.add_paragraph(_plain(block.text))
    elif isinstance(block, Heading):
        made.add_heading(_plain(block.text), level=2)
    elif isinstance(block, Points):
        for item in block.items:
            made.add_paragraph(_plain(item), style="List Bullet")
    elif isinstance(block, Table):
        _add_table(made, block)
    elif isinstance(block, Figure):
        _add_picture(made, block, pictures.get(block.name))
    else:
        raise TypeError(f"page one has no {block.kind}")


def _add_picture(made: "WordFile", figure: Figure, picture: bytes | None) -> None:
    """Add a picture with its alternative text, or that text alone."""
    from docx.shared import Cm

    if picture is None:
        made.add_paragraph(_plain(figure.alt))
        return
    shape = made.add_picture(io.BytesIO(picture), width=Cm(_PICTURE))
    named = shape._inline.docPr
    named.set("descr", _plain(figure.alt))
    named.set("title", _plain(figure.title))
    named.set("name", _plain(figure.name))


def _add_table(made: "WordFile", table: Table) -> None:
    """Add a table: a head that is repeated, numbers at the right, and rows of one cell across all columns."""
    made.add_heading(_plain(table.caption), level=2)
    drawn = made.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    numbers = [column.is_number for column in table.columns]
    _fill(drawn, [column.title for column in table.columns], numbers, bold=True)
    _repeat_as_head(drawn.rows[0])
    for row in table.rows:
        if len(row) == 1:
            cells = drawn.add_row().cells
            _write(cells[0].merge(cells[-1]), row[0].text, is_number=False, bold=True)
        else:
            _fill(drawn, [cell.text for cell in row], numbers, bold=False)


def _fill(drawn: Any, texts: list[str], numbers: list[bool], bold: bool) -> None:
    """Add a row."""
    for cell, text, is_number in zip(drawn.add_row().cells, texts, numbers, strict=True):
        _write(cell, text, is_number, bold)


def _write(cell: Any, text: str, is_number: bool, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(_plain(text))
    run.bold, run.font.size = bold, Pt(_SMALL)
    paragraph.paragraph_format.space_after = Pt(0)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_as_head(row: Any) -> None:
    """Mark a row as the head of its table, for screen readers and for further pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _plain(text: str) -> str:
    """Leave out the characters that no XML file may have."""
    return _FOREIGN.sub("", text)


def _without_times(content: bytes) -> bytes:
    """Write an archive again, its entries as they were but without the time at which they were made."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(written, "w") as made:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.create_system = _UNIX
            made.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()
