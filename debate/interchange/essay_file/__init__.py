"""The essay file: Markdown with YAML front matter, simple enough to write by hand, and exact on the way out and in.

docs/essay-file.md describes it, with a complete example.
"""

from debate.interchange.essay_file.parsing import parse
from debate.interchange.essay_file.writing import write

__all__ = ["parse", "write"]
