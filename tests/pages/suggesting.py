"""The pages on which readers suggest something, are answered, and see what came of it: two chapters of the tour."""

from typing import Any

from django.test import Client
from django.utils import timezone

from debate.models import Claim, Motion, Prediction, Suggestion
from tests import factories as make

QUEUE = "/curate/suggestions/"
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


def answers(tour: Any) -> None:
    """The queue, empty, full and narrowed; and a suggestion of each kind, with what is wrong, declined and accepted."""
    client = Client(enforce_csrf_checks=True, **HERE)
    client.force_login(make.CuratorFactory(display_name="Carla"))
    Suggestion.objects.all().delete()
    tour.see(client, QUEUE)
    rows = one_of_each(tour.motion)
    for path in ("", "?kind=tag", f"{rows[0].pk}/"):
        tour.see(Client(), f"{QUEUE}{path}", 302)
        tour.see(client, f"{QUEUE}{path}")
    tour.see(client, f"{QUEUE}?kind=eaten", 400)
    for row in rows:
        here = f"{QUEUE}{row.pk}/"
        tour.see(client, here)
        tour.send(client, here, 422, verdict="accept", suggestion="x")
        tour.send(client, here, 422, verdict="decline", suggestion=str(row.pk))
    here, told = f"{QUEUE}{rows[0].pk}/", {"suggestion": str(rows[0].pk), "reason": "So <b>."}
    tour.send(client, here, 422, verdict="accept", source="new", **told)
    tour.send(client, here, 303, verdict="decline", **told)
    tour.send(client, here, 409, verdict="decline", **told)
    for path in (here, QUEUE, "/log/?verb=declined"):
        tour.see(client, path)
    tour.send(client, f"{QUEUE}{rows[1].pk}/", 303, verdict="accept", suggestion=str(rows[1].pk), name="Crafts & <co>")
    tour.see(Client(), rows[1].target.get_absolute_url())


def one_of_each(motion: Motion) -> list[Suggestion]:
    claim, essay = Claim.objects.visible().of_motion(motion)[0], motion.essays.order_by("pk")[0]
    ann = make.MemberFactory(display_name="Ann <Arbor>")
    told = {"claim": claim, "by": ann, "why": "So & <so>.", "source_url": "https://example.org/?a=1&b=2"}
    first = make.SuggestionFactory(**told, text=claim.text)
    make.SuggestionFactory(claim=claim, text=f"{claim.text} So.")
    elsewhere = {**told, "claim": None}
    return [
        first,
        make.SuggestionFactory(**told, kind="tag", text="Crafts"),
        make.SuggestionFactory(**elsewhere, kind="correction", essay=essay),
        make.SuggestionFactory(**elsewhere, kind="claim", motion=motion),
        make.SuggestionFactory(**elsewhere, kind="essay", motion=motion),
    ]


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
