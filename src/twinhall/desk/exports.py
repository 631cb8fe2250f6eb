"""Lists as files, written row by row: a list of any length takes no more memory than one of its pages."""

import csv
import tempfile
from collections.abc import Iterable, Iterator

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _harmless(text: str) -> str:
    """What begins like a formula would be run; a mark before it makes it text (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _file_name(name: str, suffix: str) -> str:
    return f"{name}-{timezone.localdate()}.{suffix}"


def as_csv(name: str, head: Iterable[str], lines: Iterable[Iterable[str]]) -> StreamingHttpResponse:
    """A list as CSV in UTF-8, with the mark by which spreadsheets know that."""
    writer = csv.writer(_Echo())
    language = get_language() or "en"

    def written() -> Iterator[str]:
        with translation.override(language):  # the lines are asked for after the view has answered
            yield "\ufeff" + writer.writerow(head)
            for line in lines:
                yield writer.writerow([_harmless(text) for text in line])

    answer = StreamingHttpResponse(written(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(name, "csv")}"'
    return answer


def as_xlsx(name: str, head: Iterable[str], lines: Iterable[Iterable[str]]) -> FileResponse:
    """A list as a spreadsheet whose head stays in sight; all its cells are texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=word) for word in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for line in lines:
        sheet.append([_text_cell(sheet, text) for text in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_file_name(name, "xlsx"), content_type=XLSX)


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    if text.startswith("="):
        cell.data_type = "s"
    return cell
