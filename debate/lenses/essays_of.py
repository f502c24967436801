"""The visible essays of a motion, by which pages say who speaks and who is silent."""

from django.http import Http404
from django.utils.translation import gettext as _

from debate.lenses.kept import Kept
from debate.models import Essay, Motion

ESSAYS: Kept[dict[int, Essay]] = Kept(most=1_200)


def essays_of(edition: str, motion: Motion) -> dict[int, Essay]:
    """By key, with authors and side, in the order written. Two queries once an edition."""
    essays = Essay.objects.visible().of_motion(motion).with_facts().without_text().in_order_written()
    return ESSAYS.get(edition, motion.pk, lambda: {essay.pk: essay for essay in essays})


def essay_among(essays: dict[int, Essay], slug: str) -> Essay | None:
    """The essay of this slug, None for ''. Raises Http404 where it is not among them."""
    found = next((essay for essay in essays.values() if essay.slug == slug), None)
    if slug and found is None:
        raise Http404(_("No essay here goes by “%s”.") % slug)
    return found
