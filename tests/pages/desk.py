"""The desk, for tests/pages/tour.py: a function for each part of it, gathered in `desk`."""

from typing import Any

from django.test import Client

from debate.actions.desk.sources import keep_source
from debate.reasoning.paragraphs import paragraphs_of
from tests import factories as make

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
