"""Looks an XLSX file over, part by part and no further than the limits, before anything is made of it.

What the file says of its own sizes is not believed: every part is unpacked, counted, and thrown away.
"""

from collections import Counter
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from debate.interchange.tables.limits import (
    DEEPEST,
    MOST_ELEMENTS,
    MOST_IN_A_SIDE_PART,
    MOST_PARTS,
    MOST_UNPACKED,
    Refused,
    too_many,
)

CHUNK = 65_536
ENCRYPTED = 0x1
LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings")


def look_over(data: bytes) -> None:
    """Raises Refused on a file that is damaged, locked, has macros or a DTD, or unpacks to more than the limits."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            Look(packed).over()
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_("This file is damaged: it cannot be unpacked.")) from error
    except Exception as error:  # zlib and lzma have errors of their own
        if type(error).__module__ not in ("zlib", "lzma", "_lzma", "bz2"):
            raise
        raise Refused(_("This file is damaged: it cannot be unpacked.")) from error


class Look:
    """One look at a file: how much was unpacked of it so far."""

    def __init__(self, packed: ZipFile) -> None:
        self.packed = packed
        self.unpacked = self.elements = self.depth = 0

    def over(self) -> None:
        parts = self.packed.infolist()
        if len(parts) > MOST_PARTS:
            raise too_many(_("parts"), MOST_PARTS)
        names = Counter(part.filename for part in parts)
        if any(count > 1 for count in names.values()):
            raise Refused(_("This file is damaged: it has a part twice."))
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise Refused(_("This file is locked by a password."))
        if any("vbaproject" in name.lower() for name in names):
            raise Refused(_("This file has macros. Save it as a workbook without them, or as CSV."))
        for part in parts:
            self.part(part)

    def part(self, part: ZipInfo) -> None:
        most = MOST_UNPACKED if part.filename.startswith(LARGE_PARTS) else MOST_IN_A_SIDE_PART
        parser, size = self.parser(), 0
        with self.packed.open(part) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)
                if size > most or self.unpacked > MOST_UNPACKED:
                    raise too_many(_("bytes once it is unpacked"), min(most, MOST_UNPACKED))
                parser = self.parsed(parser, chunk)

    def parsed(self, parser: Any, chunk: bytes) -> Any:
        """The parser, as long as the part is XML: whatever stops being that is no XML for any other parser either."""
        try:
            if parser is not None:
                parser.Parse(chunk, False)
        except expat.ExpatError:
            return None
        return parser

    def parser(self) -> Any:
        self.depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.begins
        parser.EndElementHandler = self.ends
        return parser

    def doctype(self, *_told: Any) -> None:
        raise Refused(_("This file has a document type of its own, which could name other files. No table needs one."))

    def begins(self, *_told: Any) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS:
            raise too_many(_("elements"), MOST_ELEMENTS)
        if self.depth > DEEPEST:
            raise too_many(_("elements within each other"), DEEPEST)

    def ends(self, *_told: Any) -> None:
        self.depth -= 1
