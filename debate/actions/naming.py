"""An address for something new, made of its words."""

from collections.abc import Iterable
from itertools import count

from django.db.models import Model
from django.utils.text import slugify

LONGEST_SLUG = 70


def free_slug(noun: type[Model], text: str, beside: Iterable[str] = ()) -> str:
    """A slug of the first whole words of a text that no row of the noun has, nor any of those beside."""
    longest = min(LONGEST_SLUG, int(noun._meta.get_field("slug").max_length or 0) - 4)  # type: ignore[union-attr]
    stem = slugify(text)[:longest]
    stem = (stem.rpartition("-")[0] if len(stem) == longest and "-" in stem else stem).strip("-_")
    stem = stem or str(noun._meta.model_name)
    taken = {*noun._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True), *beside}
    return stem if stem not in taken else next(f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in taken)
