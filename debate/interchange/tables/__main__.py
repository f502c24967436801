"""The process that reads or writes one workbook: from standard input to standard output, within limits of its own."""

import json
import resource
import sys

from debate.interchange.tables.workbooks import TooMany, read, written

SECONDS = 15
MEMORY = 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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
