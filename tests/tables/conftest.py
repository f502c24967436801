"""A curator, and tables as files."""

import csv
import io

import openpyxl
import pytest

from debate.actions.tables.bring import bring_table, take_out
from debate.interchange.tables.reading import read_table
from debate.interchange.tables.writing import write_table
from tests import factories as make
from tests.curating.conftest import curator, room

__all__ = ["curator", "room"]


def csv_of(*rows):
    """Dicts as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def xlsx_of(head, *rows):
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def rows_out(noun, form="csv"):
    """What a table of the noun says, as it is read again."""
    return read_table("out", write_table(take_out(noun=noun), form)).columns()


@pytest.fixture
def bring(curator):
    def act(noun, data, write=True):
        table = read_table("table.csv", data) if isinstance(data, bytes) else data
        return bring_table(noun=noun, table=table, by=curator, write=write)

    return act


@pytest.fixture
def motion(db):
    motion = make.MotionFactory(slug="the-motion")
    make.SideFactory(motion=motion, slug="yes")
    return motion
