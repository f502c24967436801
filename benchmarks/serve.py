"""The site with its yardsticks, served on PORT by two workers as `make run` serves the site alone."""

import os
import sys
from importlib import import_module

from scripts import prepare, serve

WORKERS = 2


def main() -> int:
    address = serve.read_address(os.environ)
    prepare.set_up_django()
    serve.load_application()
    import_module("benchmarks.wsgi")
    import_module("benchmarks.urls")
    return serve.serve(address, WORKERS, "benchmarks.wsgi:application")


if __name__ == "__main__":
    sys.exit(prepare.obeying(main))
