"""The desk, for tests/pages/tour.py: a function for each part of it, gathered in `desk`."""

import re
from typing import Any

from django.test import Client

from debate.actions.desk.sources import keep_source
from debate.models import Claim, Passage, Relation, Revision, Stance
from debate.reasoning.paragraphs import paragraphs_of
from tests import factories as make
from tests.curating.forms import send
from tests.pages.bringing import bringing

IN_PLACE = {"HTTP_HX_REQUEST": "true"}
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
    revisions(tour, client)


def start(tour: Any, client: Client) -> None:
    """With nothing on it; and who stays out."""
    tour.see(Client(), "/curate/", 302)
    tour.see(browser(make.MemberFactory()), "/curate/", 403)
    tour.see(client, "/curate/")


def workbench(tour: Any, client: Client) -> None:
    """An essay with its text and one without, published or not; then one is taken apart."""
    essay, bare = make.EssayFactory.create_batch(2, motion=tour.motion, status="draft", title="It <is> & stays")
    keep_source(essay=essay, paragraphs=paragraphs_of(SOURCE))
    for row in (essay, bare, tour.motion.essays.order_by("pk")[0]):
        tour.see(client, f"/curate/essays/{row.slug}/")
    here = f"/curate/essays/{essay.slug}/"
    marks(tour, client, here)
    relations(tour, client, here)
    for path in (
        "",
        "?paragraph=2",
        "changes/",
        "similar/?text=the+role+will+remain",
        "targets/?text=role&kind=supports",
    ):
        tour.see(client, f"{here}{path}")
        tour.see(client, f"{here}{path}", **IN_PLACE)
    tour.see(client, "/curate/")
    tour.send(client, f"{here}aside/", 303, paragraph="3", aside="yes")
    tour.send(client, f"{here}aside/", 400, paragraph="3", aside="maybe")
    tour.send(client, f"{here}forget/", 422)
    tour.send(client, f"{here}forget/", 303, sure="yes")
    tour.see(client, here)


def marks(tour: Any, client: Client, here: str) -> None:
    """Marked, refused, nearly the same as another, changed, changed by two at once, taken out and put back."""
    told = {"paragraph": "1", "text": 'It "is" & <stays>, it says.', "stance": "asserts"}
    tour.send(client, f"{here}marks/", 303, **told)
    tour.send(client, f"{here}marks/", 422, IN_PLACE, **told | {"stance": "reports", "text": ""})
    tour.send(client, f"{here}marks/", 422, **told | {"text": 'It "is" & <stays>, she says.'})
    tour.send(
        client, f"{here}marks/", 200, IN_PLACE, **told | {"paragraph": "2", "stance": "reports", "speaker": "<She>"}
    )
    passage = Passage.objects.select_related("stance__claim").filter(speaker="<She>").get()
    address, version = f"{here}marks/{passage.pk}/", passage.mark_version
    tour.see(client, f"{here}?edit={passage.pk}")
    said = {"stance": "reports", "speaker": "<He>", "kind": "value", "version": version, "text": "It <b>is</b> so."}
    tour.send(client, address, 422, **said | {"text": ""})
    tour.send(client, address, 303, **said)
    tour.send(client, address, 409, **said | {"text": "It <i>is</i> so.", "gist": "<Gist>"})
    tour.send(client, f"{address}out/", 409, version=version)
    passage = Passage.objects.select_related("stance__claim").get(pk=passage.pk)
    tour.send(client, f"{address}out/", 200, IN_PLACE, version=passage.mark_version)
    tour.send(client, address, 409, **said)
    record = Passage.history.filter(id=passage.pk).latest("history_id").pk
    tour.see(client, f"{here}?taken={record}")
    tour.send(client, f"{here}marks/put-back/", 303, record=str(record))
    tour.send(client, f"{here}marks/put-back/", 422, record="1")


def relations(tour: Any, client: Client, here: str) -> None:
    claim = Claim.objects.get(text="It <b>is</b> so.")
    tour.see(client, f"{here}?link={claim.slug}")
    told = {"source": claim.slug, "kind": "supports", "rationale": "So <it> is."}
    tour.send(client, f"{here}links/", 422, **told, target="<Nothing>")
    for number, target in enumerate(Claim.objects.visible().of_motion(claim.motion).order_by("pk")[:2]):
        tour.send(
            client, f"{here}links/", 303 if number else 200, {} if number else IN_PLACE, **told, target=target.slug
        )
    first, second = Relation.objects.from_claim(claim).order_by("pk")
    address, said = f"{here}links/{first.pk}/", {"version": first.version, "rationale": "<Another> reason."}
    tour.see(client, f"{here}?relation={first.pk}")
    tour.see(client, f"{here}targets/?text={first.source.slug}&kind=undercuts")
    tour.send(client, address, 422, **said | {"rationale": ""})
    tour.send(client, address, 303, **said)
    tour.send(client, address, 409, **said | {"rationale": "A third."})
    address = f"{here}links/{second.pk}/"
    tour.send(client, f"{address}out/", 409, version="x")
    tour.send(client, f"{address}out/", 303, version=second.version)
    tour.send(client, address, 409, version="x", rationale="Gone.")
    record = Relation.history.filter(id=second.pk).latest("history_id").pk
    tour.see(client, f"{here}?dropped={record}")
    tour.send(client, f"{here}links/put-back/", 303, record=str(record))
    tour.send(client, f"{here}links/put-back/", 422, record="1")


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
    seen = re.findall(r'name="seen" value="(\w+)"', tour.see(other, address))[0]
    tour.send(other, address, 303, act="pass", seen=seen)
    tour.see(client, address)


def revisions(tour: Any, client: Client) -> None:
    """None yet; one of many fields that waits, refused, overtaken, sent back; one that is passed."""
    tour.see(client, "/curate/revisions/")
    tour.see(client, "/curate/revisions/0/", 404)
    claim, other = Claim.objects.visible().order_by("pk")[0], browser(make.CuratorFactory())
    address = f"/admin/debate/claim/{claim.pk}/change/"
    for text in ("It <may> be & stay.", "It goes."):
        send(client, address, text=text, log_reason='Said "better".')
    first, second = Revision.objects.waiting().order_by("pk")
    tour.see(client, address)
    for row in (first, second):
        tour.see(client, f"/curate/revisions/{row.pk}/")
    tour.see(client, "/curate/revisions/")
    tour.send(other, f"/curate/revisions/{first.pk}/", 422, act="decline")
    tour.send(other, f"/curate/revisions/{first.pk}/", 303, act="accept")
    tour.see(other, f"/curate/revisions/{second.pk}/")
    tour.send(other, f"/curate/revisions/{second.pk}/", 422, act="accept")
    tour.send(other, f"/curate/revisions/{second.pk}/", 303, act="decline", comment="Too late.")
    tour.see(client, "/curate/revisions/")
    tour.see(client, "/curate/revisions/?show=decided")
    tour.see(client, "/curate/revisions/?show=none", 400)
    tour.see(client, f"/curate/revisions/{first.pk}/")
    versions(tour, client)


def versions(tour: Any, client: Client) -> None:
    """A history with rows of its own to put back, and what was deleted."""
    stance = Stance.objects.order_by("pk")[0]
    stance.passages.all()[0].save()
    tour.see(client, f"/admin/debate/stance/{stance.pk}/history/")
    gone = make.ClaimFactory(motion=tour.motion, text="It <was>.")
    tour.see(client, "/admin/debate/author/deleted/")
    key = gone.pk
    gone.delete()
    tour.see(client, "/admin/debate/claim/deleted/")
    tour.see(client, f"/admin/debate/claim/{key}/history/")
