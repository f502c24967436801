"""The process that reads or writes one workbook: from standard input to standard output, within limits of its own."""

import json
import sys

from debate.interchange.apart import keep_within
from debate.interchange.tables.workbooks import TooMany, read, written

SECONDS = 15


def main() -> None:
    keep_within(SECONDS)
    data = sys.stdin.buffer.read()
    if sys.argv[1] == "write":
        sys.stdout.buffer.write(written(json.loads(data)))
        return
    try:
        told = {"rows": list(read(data))}
    except TooMany as what:
        told = {"refused": str(what)}  # type: ignore[dict-item]
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
