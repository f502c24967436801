"""The pages on which readers suggest something, and see what came of it: a chapter of the tour."""

from typing import Any

from django.test import Client
from django.utils import timezone

from debate.models import Claim, Prediction
from tests import factories as make

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def suggestions(tour: Any) -> None:
    """Asked by a visitor and by a member, with what is wrong and what is kept; then one's own in every state."""
    claim, member = Claim.objects.visible()[0], make.MemberFactory(display_name="Ann <Arbor>")
    visitor, signed_in = Client(enforce_csrf_checks=True, **HERE), Client(enforce_csrf_checks=True, **HERE)
    signed_in.force_login(member)
    pages = [f"{claim.get_absolute_url()}suggest/?kind={kind}" for kind in ("counterpoint", "tag", "correction")]
    others = [claim.motion, claim.motion.essays.order_by("pk")[0], Prediction.objects.visible()[0]]
    pages += [f"{thing.get_absolute_url()}suggest/" for thing in others]
    for client in (visitor, signed_in):
        for page in (*pages, f"{claim.motion.get_absolute_url()}suggest/?kind=essay"):
            tour.see(client, page)
        tour.send(client, pages[0], 422, text="", way="rebuts")
        tour.send(client, pages[0], 303, text="Tools need <menders>.", way="rebuts", why="So & so.")
        tour.see(client, pages[0])
    tour.send(signed_in, pages[0], 422, text="Tools need <menders>.", way="rebuts")
    own_suggestions(tour, signed_in, member, claim)


def own_suggestions(tour: Any, client: Client, member: Any, claim: Claim) -> None:
    now, told = timezone.now(), {"by": member, "claim": claim}
    made = make.ClaimFactory(motion=claim.motion, origin="reader")
    make.SuggestionFactory(**told, state="declined", reason="Said & done.", decided_at=now)
    make.SuggestionFactory(**told, state="accepted", decided_at=now, made_claim=made)
    taken_back = make.SuggestionFactory(**told, state="withdrawn")
    for path in ("", "?state=declined", "?state=withdrawn"):
        tour.see(client, f"/you/suggestions/{path}")
    tour.see(Client(), "/you/suggestions/")
    tour.see(client, "/you/suggestions/?state=eaten", 400)
    tour.send(client, f"/you/suggestions/{taken_back.pk}/", 303, act="again")
    tour.see(client, "/you/suggestions/")
