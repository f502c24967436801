"""What the site is measured against: a constant page, and the least that a counted vote can be."""

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from debate.middleware import PublicPages, private
from debate.models import ClaimVote

TEN_KB = b"<!doctype html><title>constant</title>" + b"x" * (10 * 1024 - 38)


class MeasuredPages(PublicPages):
    """The cache of public pages, which a request can ask to be left out of."""

    def public(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_X_UNCACHED" in request.META:
            return private(self.get_response(request))
        return super().public(request)


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEN_KB)


@csrf_exempt
def bare_vote(request: HttpRequest) -> HttpResponse:
    """One upsert and one count in one transaction, as Django writes them, and nothing else: no reader, no form."""
    user, claim, value = int(request.GET["user"]), int(request.GET["claim"]), request.GET["value"]
    with transaction.atomic():
        ClaimVote.objects.update_or_create(user_id=user, claim_id=claim, defaults={"value": value})
        counted = dict(ClaimVote.objects.filter(claim=claim).values_list("value").annotate(Count("pk")))
    return HttpResponse(str(counted))
