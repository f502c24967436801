"""The bytes of a page as text, the way a browser would read them."""

import codecs
import re

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
DECLARED_WITHIN = 4096
# Charsets of the web alone: Python knows others, some of which are no charsets but unpack or run something.
CHARSET = re.compile(
    r"(iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift_jis|euc-(jp|kr)|iso-2022-jp|gbk?|gb2312|gb18030|big5)"
)
LATIN = ("iso-8859-1", "latin1", "us-ascii", "ascii")
STATEFUL = "iso-2022-jp"  # the one that looks like UTF-8 and means something else
# Control signs, halves of signs, and what nobody sees: soft hyphens, spaces without width, turns of the direction.
NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    r"\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def decode(data: bytes, charset: str = "") -> str:
    """The text; never an error. `charset`: what the server said, which weighs more than what the page says.

    A byte order mark comes first; then UTF-8 where the bytes are that, as hardly anything else is by chance; then what
    is declared; then windows-1252. Signs that no text has are left out.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return readable(data[len(mark) :].decode(name, "replace"))
    told = named(charset) or declared(data)
    if told != STATEFUL and is_utf8(data):
        return readable(data.decode())
    return readable(data.decode(told or "windows-1252", "replace"))


def readable(text: str) -> str:
    """Without signs that no text has, and without the line that names a charset, which is spent."""
    return XML_DECLARATION.sub("", NO_TEXT.sub("", text))


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def declared(data: bytes) -> str:
    found = DECLARED.search(data[:DECLARED_WITHIN])
    return named(found[1].decode("ascii", "ignore")) if found else ""


def named(charset: str) -> str:
    """The charset by a name that Python knows, "" where it is none of the web's."""
    told = charset.strip().lower()
    if told in LATIN:
        return "windows-1252"
    return told if CHARSET.fullmatch(told) and is_known(told) else ""


def is_known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True
