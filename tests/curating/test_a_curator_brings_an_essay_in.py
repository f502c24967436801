"""The whole way, from an empty site to an essay that readers see."""

import pytest
from django.test import Client

from debate.actions.audit import every_rule
from debate.models import Author, Claim, Essay, Motion, Prediction, Relation, Side, Stance
from tests.curating.forms import page, send

pytestmark = pytest.mark.django_db


def add_motion(room: Client) -> Motion:
    told = {"question": "Will it rain?", "slug": "rain", "opened_on": "2020-01-01", "horizon": "2030-01-01"}
    rows = {}
    for n, (slug, glyph, colour) in enumerate((("wet", "left", "blue"), ("dry", "right", "orange"))):
        side = {"label": f"It stays {slug}", "short_label": slug.title(), "case": "The clouds say so.", "slug": slug}
        look = {"glyph": glyph, "colour": colour, "position": n + 1}
        rows |= {f"sides__{n}__{name}": value for name, value in {**side, **look}.items()}
    send(room, page("motion", "add"), **told, status="published", **rows)
    return Motion.objects.get(slug="rain")


def add_essay(room: Client, motion: Motion) -> Essay:
    send(room, page("author", "add"), name="Ada Cloud", short_name="Cloud", slug="ada-cloud", about="Looks *up*.")
    send(
        room,
        page("essay", "add"),
        title="On rain",
        slug="on-rain",
        authors=[Author.objects.get()],
        publisher="The Sky",
        source_url="https://example.org/rain",
        published_on="2020-05-01",
        date_precision="day",
        motion=motion,
        side=Side.objects.get(slug="wet"),
        summary="It says that it will **rain**.",
    )
    return Essay.objects.get(slug="on-rain")


def add_claim(room: Client, essay: Essay, text: str, slug: str) -> Claim:
    """By the essay's own link: the claim, and at once what the essay does with it."""
    onward = send(room, page("claim", "add", essay=essay.pk), text=text, slug=slug, kind="forecast")
    passage = {"paragraph": 1, "gist": "Says so."}
    send(room, onward["Location"], kind="asserts", **{f"passages__0__{name}": v for name, v in passage.items()})
    return Claim.objects.get(slug=slug)


def add_the_rest(room: Client, essay: Essay) -> None:
    wet, clouds = (
        add_claim(room, essay, "It will rain in 2030.", "rain-in-2030"),
        add_claim(room, essay, "There are clouds.", "clouds"),
    )
    send(
        room,
        page("relation", "add", source=clouds.pk, drawn_by=essay.pk),
        kind="supports",
        target_claim=wet,
        rationale="Rain falls from clouds.",
    )
    send(
        room,
        page("prediction", "add", essay=essay.pk),
        statement="It rains on New Year's Day 2030.",
        slug="new-year",
        criteria="The weather service *says* so.",
        origin="derived",
        opens_at_0="2020-01-01",
        opens_at_1="00:00",
        closes_at_0="2030-01-01",
        closes_at_1="00:00",
        resolves_on="2030-01-05",
    )


@pytest.fixture
def essay(room: Client) -> Essay:
    """An essay, taken apart and still a draft."""
    essay = add_essay(room, add_motion(room))
    add_the_rest(room, essay)
    return essay


def publish_all(room: Client, essay: Essay) -> None:
    room.post(page("essay"), {"action": "publish_with_all", "_selected_action": essay.pk})


def answers(client: Client) -> set[int]:
    """How the site answers whoever asks for what the essay brought."""
    pages = ["/essays/on-rain/", "/claims/clouds/", "/authors/ada-cloud/", "/predictions/new-year/"]
    return {client.get(path).status_code for path in pages}


def test_a_draft_holds_all_that_was_written_and_no_reader_sees_it(essay, client):
    counts = [model.objects.count() for model in (Stance, Claim, Relation, Prediction)]
    passage = Stance.objects.get(claim__slug="clouds").passages.get()
    assert counts == [2, 2, 1, 1]
    assert (passage.gist, passage.kind, passage.number) == ("Says so.", "asserts", 20)
    assert answers(client) == {404}


def test_published_it_is_seen_at_once_and_taken_back_it_is_gone_at_once(essay, client, room, settings):
    settings.PAGE_CACHE = True
    client.get("/claims/?motion=rain")
    publish_all(room, essay)
    assert answers(client) == {200}
    assert "There are clouds." in client.get("/claims/?motion=rain").content.decode()
    room.post(page("essay"), {"action": "take_rows_back", "_selected_action": essay.pk})
    assert client.get("/essays/on-rain/").status_code == 404


def test_a_published_claim_becomes_a_thesis_and_the_audit_has_nothing_to_say(essay, room):
    publish_all(room, essay)
    assert broken() == []
    send(room, page("motion", "change", essay.motion_id), sides__0__thesis=Claim.objects.get(slug="rain-in-2030"))
    assert not Claim.objects.get(slug="clouds").standing.loose
    assert broken() == []


def broken() -> list[object]:
    return [finding for rule in every_rule() if (finding := rule.check()).rows]
