"""Gates: fetch what a request names, or refuse it clearly."""

from typing import TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from debate.http import Request
from debate.models import Claim, Essay, Motion

Row = TypeVar("Row", bound=Model)


class TooMany(Exception):
    """The reader has to wait; `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def one_or_404(rows: "QuerySet[Row]", slug: str) -> Row:
    """The row of this slug, if it is among the rows. Raises Http404 where it is not."""
    row = rows.filter(slug=slug).first()
    if row is None:
        raise Http404(_("Nothing of that name is here."))
    return row


def motion_of(request: Request) -> Motion:
    """The motion that `?motion=` names, else the featured one. Raises Http404 where there is none."""
    slug = request.GET.get("motion", "")
    motions = Motion.objects.with_sides()
    if slug:
        return one_or_404(motions.visible(), slug)
    motion = motions.featured().first()
    if motion is None:
        raise Http404(_("No motion is featured yet."))
    return motion


def survivor_of(slug: str) -> Claim | None:
    """The visible claim that a merged one lives on in, however often that was merged again."""
    claim = Claim.objects.filter(slug=slug, status=Claim.Status.MERGED).select_related("merged_into").first()
    seen = set()
    while claim is not None and claim.merged_into is not None and claim.pk not in seen:
        seen.add(claim.pk)
        claim = claim.merged_into
    return Claim.objects.visible().filter(pk=claim.pk).first() if claim else None


def essay_of(slug: str) -> Essay:
    return one_or_404(Essay.objects.visible().with_facts(), slug)


def bad(message: str) -> BadRequest:
    """What to raise for input that makes no sense: becomes a 400 page that says the message."""
    return BadRequest(message)
