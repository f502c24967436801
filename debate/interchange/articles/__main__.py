"""The process that reads one page: HTML from standard input, JSON to standard output, within limits of its own."""

import json
import sys

from debate.interchange.apart import keep_within
from debate.interchange.articles.decoding import decode
from debate.interchange.articles.reading import Refused, read_page

SECONDS = 10


def main() -> None:
    keep_within(SECONDS)
    try:
        found = read_page(decode(sys.stdin.buffer.read(), sys.argv[1]))._asdict()
    except Refused as refused:
        found = {"refused": refused.why}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
