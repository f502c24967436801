"""The desk, for tests/pages/tour.py: a function for each part of it, gathered in `desk`."""

from typing import Any

from django.test import Client

from debate.actions.desk.sources import keep_source
from debate.reasoning.paragraphs import paragraphs_of
from tests import factories as make
from tests.pages.bringing import bringing

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SOURCE = 'One, "so" & <b>.\n\n# <Then> & "when"\n\nTwo.\n\nThree.'


def browser(reader: Any) -> Client:
    client = Client(enforce_csrf_checks=True, **HERE)
    client.force_login(reader)
    return client


def desk(tour: Any) -> None:
    client = browser(make.CuratorFactory())
    start(tour, client)
    workbench(tour, client)
    review(tour, client)
    bringing(tour, client)


def start(tour: Any, client: Client) -> None:
    """With nothing on it; and who stays out."""
    tour.see(Client(), "/curate/", 302)
    tour.see(browser(make.MemberFactory()), "/curate/", 403)
    tour.see(client, "/curate/")


def workbench(tour: Any, client: Client) -> None:
    """An essay with its text and one without, published or not."""
    essay, bare = make.EssayFactory.create_batch(2, motion=tour.motion, status="draft", title="It <is> & stays")
    keep_source(essay=essay, paragraphs=paragraphs_of(SOURCE))
    for row in (essay, bare, tour.motion.essays.order_by("pk")[0]):
        tour.see(client, f"/curate/essays/{row.slug}/")
    tour.see(client, "/curate/")


def review(tour: Any, client: Client) -> None:
    """An essay of the corpus and a draft; put before others, refused, sent back and published."""
    tour.see(client, f"/curate/essays/{tour.motion.essays.order_by('pk')[0].slug}/review/")
    essay, other = make.EssayFactory(motion=tour.motion, status="draft", summary=""), browser(make.CuratorFactory())
    claim = make.ClaimFactory(motion=tour.motion, origin="essay", status="draft", text="It <is> & stays.")
    make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim), quote="So <it> is.")
    make.StanceFactory(essay=essay, claim=make.ClaimFactory(motion=tour.motion))
    make.RelationFactory(source=claim)
    make.PredictionFactory(motion=tour.motion, essay=essay, status="draft")
    address = f"/curate/essays/{essay.slug}/review/"
    tour.see(client, address)
    tour.send(client, address, 303, act="ask", comment="Is <b>this</b> fair?")
    tour.see(client, "/curate/")
    tour.send(client, address, 422, act="pass")
    tour.send(other, address, 422, act="send-back")
    tour.send(other, address, 303, act="send-back", comment="The second passage.")
    tour.send(client, address, 303, act="ask")
    tour.send(other, address, 303, act="pass")
    tour.see(client, address)
