"""A file that is hostile, damaged or too large is refused clearly, and before anything large is made of it."""

import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from debate.interchange.tables.limits import MOST_BYTES, MOST_ROWS, MOST_UNPACKED, Refused
from debate.interchange.tables.reading import read_table
from tests.curating.forms import page
from tests.tables.conftest import xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LITTLE = 30_000_000


def with_part(name, data, *, head=("slug", "text"), rows=(("a", "A."),)):
    """A workbook with one part put in or exchanged."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(head, *rows))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return made.getvalue()


def sheet(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "slug")}{cell("B1", "text")}</row>'


def bomb():
    """A part of a thousand times the size of the file, whose header says that it is small."""
    data = bytearray(with_part(SHEET, sheet(HEAD) + b" " * 400_000_000))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            if int.from_bytes(data[place + at : place + at + 4], "little") > 1_000_000:
                data[place + at : place + at + 4] = (900).to_bytes(4, "little")
    return bytes(data)


def honest_bomb():
    return with_part(SHEET, sheet(HEAD) + b" " * (MOST_UNPACKED + 1))


def locked():
    data = bytearray(xlsx_of(["slug"], ["a"]))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
WORKBOOKS = {
    "a bomb that lies about its size": (bomb, "damaged|unpacked"),
    "a bomb that does not": (honest_bomb, "unpacked"),
    "a large side part": (lambda: with_part("xl/styles.xml", b"<x/>" + b" " * 1_100_000), "unpacked"),
    "many small parts": (lambda: many_parts(300), "200 parts"),
    "an external entity": (lambda: with_part(SHEET, DTD + sheet(HEAD).decode()), "document type"),
    "entities within entities": (lambda: with_part(SHEET, LAUGHS + sheet(HEAD).decode()), "document type"),
    "the same in UTF-16": (lambda: with_part(SHEET, (LAUGHS + "<x/>").encode("utf-16")), "document type"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    "a password": (locked, "password"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLSX"),
    "a workbook cut short": (lambda: xlsx_of(["slug"], ["a"])[:-200], "damaged"),
    "no workbook at all": (lambda: many_parts(1), "cannot be read"),
    "too many rows": (lambda: xlsx_of(["slug"], *([f"a{n}"] for n in range(MOST_ROWS + 1))), "rows"),
    "one row far below": (
        lambda: with_part(SHEET, sheet(f'{HEAD}<row r="1048576">{cell("A1048576", "x")}</row>')),
        "rows",
    ),
    "one column far away": (lambda: with_part(SHEET, sheet(f'{HEAD}<row r="2">{cell("XFD2", "x")}</row>')), "columns"),
    "elements without number": (lambda: with_part(SHEET, sheet("<row/>" * 400_001)), "elements"),
    "elements without bottom": (lambda: with_part(SHEET, sheet("<c>" * 100)), "within each other"),
    "more cells than columns": (lambda: xlsx_of(["slug"], ["a", "b"]), "Row 2"),
}


def many_parts(count):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for number in range(count):
            new.writestr(f"x{number}", b"")
    return made.getvalue()


TEXTS = {
    "fifty megabytes": (b"slug,text\n" + b"a,b\n" * 12_500_000, "bytes"),
    "not UTF-8": ("slug,text\nä,ö\n".encode("latin-1"), "UTF-8"),
    "UTF-16": ("slug,text\na,b\n".encode("utf-16"), "UTF-8"),
    "NUL": (b"slug,text\na,b\0c\n", "NUL"),
    "a sign that cannot be shown": (b"slug,text\na,b\x08c\n", "Row 2"),
    "a quote that never ends": (b'slug,text\na,"b\n', "no CSV"),
    "too many rows": (b"slug\n" + b"a\n" * (MOST_ROWS + 1), "rows"),
    "too many columns": (",".join(f"c{n}" for n in range(31)).encode(), "columns"),
    "a cell without end": (b"slug,text\na," + b"b" * 110_000, "too long"),
    "nothing": (b"", "nothing in this file"),
    "nothing but lines": (b"\n\n , \n", "nothing in this file"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "UTF-8"),
}


def refusal(data):
    """What is said of the file, having taken little memory for it."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refused:
            read_table("x", data)
        assert tracemalloc.get_traced_memory()[1] < LITTLE
    finally:
        tracemalloc.stop()
    return str(refused.value)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused_and_told_why(name):
    made, told = WORKBOOKS[name]
    assert any(word in refusal(made()) for word in told.split("|"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_refused_and_told_why(name):
    data, told = TEXTS[name]
    assert told in refusal(data)


def test_a_formula_in_a_cell_is_the_text_of_it():
    formula = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f t="array" ref="B2">SUM(A:A)</f><v>2</v></c></row>'
    )
    workbook = with_part(SHEET, sheet(HEAD + formula))
    assert read_table("x", workbook).rows == [("=1+1", "=SUM(A:A)")]
    assert read_table("x", b"slug,text\n=1+1,'=2\n'x,''-3\n").rows == [("=1+1", "=2"), ("'x", "'-3")]


def test_semicolons_and_tabs_and_the_mark_of_utf_8_are_understood():
    for sign in ";\t":
        text = f"Slug{sign}Text\na{sign}b, c\n".encode("utf-8-sig")
        table = read_table("x", text)
        assert (table.head, table.rows, table.numbers) == (("slug", "text"), [("a", "b, c")], [2])


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", b"slug,text\n\xff", b"slug\n" + b"x" * MOST_BYTES])
def test_in_the_room_it_is_said_beside_the_file(room, data):
    answer = room.post(page("claim", "import"), {"file": SimpleUploadedFile("x.xlsx", data)})
    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()


@pytest.mark.django_db
def test_fifty_megabytes_do_not_come_through_the_door(room):
    answer = room.post(page("claim", "import"), {"file": SimpleUploadedFile("x.csv", b"x" * 50_000_000)})
    assert answer.status_code == 413
