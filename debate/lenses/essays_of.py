"""The visible essays of a motion, by which pages say who speaks and who is silent."""

from django.http import Http404
from django.utils.translation import gettext as _

from debate.lenses.kept import Kept
from debate.models import Essay, Motion

ESSAYS: Kept[dict[int, Essay]] = Kept(most=1_200)


def essays_of(edition: str, motion: Motion) -> dict[int, Essay]:
    """By key, with side and `who` (its authors' short names), in the order written. One query once an edition."""
    return ESSAYS.get(edition, motion.pk, lambda: signed_essays(motion))


def signed_essays(motion: Motion) -> dict[int, Essay]:
    found: dict[int, Essay] = {}
    for row in Essay.objects.visible().of_motion(motion).with_side().without_text().with_each_author():
        essay = found.setdefault(row.pk, row)
        if essay is not row:
            essay.who = f"{essay.who} & {row.who}"
    return found


def essay_among(essays: dict[int, Essay], slug: str) -> Essay | None:
    """The essay of this slug, None for ''. Raises Http404 where it is not among them."""
    found = next((essay for essay in essays.values() if essay.slug == slug), None)
    if slug and found is None:
        raise Http404(_("No essay here goes by “%s”.") % slug)
    return found
