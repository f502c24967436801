"""An address for something new, made of its words."""

from itertools import count

from django.utils.text import slugify

from debate.models import Claim, Essay

LONGEST_SLUG = 70


def free_slug(noun: type[Claim] | type[Essay], text: str) -> str:
    """A slug of the first words of a text that no row of the noun has."""
    stem = slugify(text)[:LONGEST_SLUG]
    stem = (stem.rpartition("-")[0] if len(stem) == LONGEST_SLUG and "-" in stem else stem).strip("-_")
    stem = stem or str(noun._meta.model_name)
    taken = set(noun._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    return stem if stem not in taken else next(f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in taken)
