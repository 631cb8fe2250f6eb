"""Lists as files, written row by row: a list of any length takes no more memory than one of its pages."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = frozenset("=+-@\t\r")

Cell: TypeAlias = str | int | float | None
"""A text, a number, or nothing where it is not known."""
T = TypeVar("T")


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _harmless(line: Iterable[Cell]) -> list[Cell]:
    """What begins like a formula would be run; a mark before it makes it text (OWASP, CSV injection).

    A number is none, whatever its sign.
    """
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_SIGNS else cell for cell in line]


def file_name(name: str, suffix: str, day: dt.date | None = None) -> str:
    """What a file is called when it is saved: its list, and the day that it tells of (the present one)."""
    return f"{name}-{day or timezone.localdate()}.{suffix}"


def streamed(parts: Iterable[str], *, content_type: str, name: str) -> StreamingHttpResponse:
    """A file that goes out as it is written, in the language of the request."""
    language = get_language() or "en"

    def written() -> Iterator[str]:
        with translation.override(language):  # the parts are asked for after the view has answered
            yield from parts

    answer = StreamingHttpResponse(written(), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_csv(
    name: str, head: Iterable[str], lines: Iterable[Iterable[Cell]], *, day: dt.date | None = None
) -> StreamingHttpResponse:
    """A list as CSV in UTF-8, with the mark by which spreadsheets know that."""
    writer = csv.writer(_Echo())

    def written() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(head)
        for line in lines:
            yield writer.writerow(_harmless(line))

    return streamed(written(), content_type="text/csv; charset=utf-8", name=file_name(name, "csv", day))


def as_xlsx(
    name: str,
    head: Iterable[str],
    lines: Iterable[Iterable[Cell]],
    *,
    day: dt.date | None = None,
    about: str = "",
) -> FileResponse:
    """A list as a spreadsheet whose head stays in sight; texts are texts, and none of them is a formula.

    ``about`` is kept in the properties of the file.
    """
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(title=name, description=about or None)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=word) for word in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(name, "xlsx", day), content_type=XLSX)


def _cell(sheet: object, value: Cell) -> object:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in parts of this size; the last may be smaller."""
    some: list[T] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
