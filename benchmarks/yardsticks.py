"""What the site is measured against: a constant page, and the least that a counted vote can be."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from debate.middleware import PublicPages, private

TEN_KB = b"<!doctype html><title>constant</title>" + b"x" * (10 * 1024 - 38)

UPSERT = """
    INSERT INTO debate_claimvote (user_id, claim_id, value, blind_value, made_at, changed_at)
    VALUES (%s, %s, %s, %s, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
    ON CONFLICT (user_id, claim_id) DO UPDATE SET value = excluded.value
"""
COUNT = "SELECT value, count(*) FROM debate_claimvote WHERE claim_id = %s GROUP BY value"


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
    """One upsert and one count in one transaction, and nothing else: no reader, no form, no page."""
    user, claim, value = request.GET["user"], request.GET["claim"], request.GET["value"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPSERT, [user, claim, value, value])
        cursor.execute(COUNT, [claim])
        counted = dict(cursor.fetchall())
    return HttpResponse(str(counted))
