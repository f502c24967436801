"""The process that reads one page: HTML from standard input, JSON to standard output, within limits of its own."""

import json
import resource
import sys

from debate.interchange.articles.decoding import decode
from debate.interchange.articles.reading import Refused, read_page

SECONDS = 10
MEMORY = 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = read_page(decode(sys.stdin.buffer.read(), sys.argv[1]))._asdict()
    except Refused as refused:
        found = {"refused": refused.why}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
