"""The pages of readers' own records, full and empty, and what they delete: a chapter of the tour."""

from typing import Any

from django.test import Client

from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import Claim, Entailment, Motion, Prediction, Stance, User
from tests import factories as make

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PAGES = ("", "votes/", "forecasts/", "ballots/", "tags/", "data/", "delete/")


def own_record(tour: Any) -> None:
    """Nobody's, an empty one, a guest's and a member's; what was taken back, offered; and everything deleted."""
    for path in (*PAGES, "deleted/"):
        tour.see(Client(), f"/you/{path}", 302 if path == "delete/" else 200)
    for client, reader in (a_guest(), a_member()):
        pages(tour, client)
        fill(reader, tour.motion)
        pages(tour, client)
    narrowed_and_undone(tour, client)
    deleted(tour, client, reader)


def pages(tour: Any, client: Client) -> None:
    for path in PAGES:
        tour.see(client, f"/you/{path}")


def a_guest() -> tuple[Client, User]:
    """Made as every guest is: by a first answer, which is taken back."""
    client, claim = Client(enforce_csrf_checks=True, **HERE), Claim.objects.visible()[0]
    for value in ("agree", "withdraw"):
        client.post(f"{claim.get_absolute_url()}vote/", {"value": value})
    return client, User.objects.latest("pk")


def a_member() -> tuple[Client, User]:
    client, member = Client(enforce_csrf_checks=True, **HERE), make.MemberFactory()
    client.force_login(member)
    return client, member


def fill(reader: User, motion: Motion) -> None:
    """Votes beside what every author says, forecasts against some of them, one taken back of each."""
    spoken = Stance.objects.filter(kind__in=["asserts", "denies"], claim__motion=motion).values("claim")
    claims = list(Claim.objects.visible().filter(pk__in=spoken)[:30])
    for number, claim in enumerate(claims):
        cast_vote(reader=reader, claim=claim, value=("agree", "disagree", "pass")[number % 3], informed=False)
    withdraw_vote(reader=reader, claim=claims[0])
    predictions = list(Prediction.objects.visible().of_motion(motion).open()[:4])
    told = {"outcome": "yes", "rationale": "It <leads> there."}
    for number, prediction in enumerate(predictions):
        prediction.bearings.get_or_create(claim=claims[3], defaults=told)
        chance = (0.05, 0.9)[number % 2]
        make_forecast(reader=reader, prediction=prediction, probability=chance, informed=False)
    entailed = {"premise": predictions[1], "conclusion": predictions[0]}
    Entailment.objects.get_or_create(**entailed, defaults={"rationale": "So & so."})
    withdraw_forecast(reader=reader, prediction=predictions[3])
    propose_tag(reader=reader, claim=claims[1], name="C# & <co>")


def narrowed_and_undone(tour: Any, client: Client) -> None:
    claim = Claim.objects.filter(votes__value="withdrawn").order_by("pk")[0]
    for path in (
        *("votes/?answer=agree", "votes/?answer=withdrawn", "forecasts/?state=withdrawn", "forecasts/?state=resolved"),
        *(f"votes/?undo=vote:{claim.slug}:agree", f"?undo=vote:{claim.slug}:pass", "data/record.json"),
    ):
        tour.see(client, f"/you/{path}")
    tour.see(client, "/you/?undo=nothing", 400)


def deleted(tour: Any, client: Client, reader: User) -> None:
    tour.send(client, "/you/delete/", 422, password="wrong")
    reader.set_unusable_password()
    reader.save()
    client.force_login(reader)
    tour.see(client, "/you/delete/")
    tour.send(client, "/you/delete/", 422, word="no")
    tour.send(client, "/you/delete/", 303, word="delete")
