"""A reader looks up what one author holds, and how the counterpoints to it stand."""

from datetime import date

import pytest
from django.test import Client

from debate.actions.corpus import refresh
from debate.lenses.author import made_for
from debate.models import Author, Motion, Relation, Stance
from tests import factories

pytestmark = pytest.mark.django_db


def countered(*, wrote: date | None, drawn: date | None) -> tuple[Author, Relation]:
    """An author whose claim another essay counters; each with its date, None for one not known."""
    precision = {True: "unknown", False: "day"}
    stance = factories.StanceFactory.create(essay__published_on=wrote, essay__date_precision=precision[wrote is None])
    factories.PassageFactory.create(stance=stance)
    motion = stance.claim.motion
    other = factories.EssayFactory.create(motion=motion, published_on=drawn, date_precision=precision[drawn is None])
    relation = factories.RelationFactory.create(source__motion=motion, target_claim=stance.claim, origin="essay")
    relation.drawn_by.add(other)
    refresh(motion)
    return stance.essay.authors.get(), relation


def standing(author: Author) -> list[str]:
    """How the author's counterpoints stand, those groups that have any."""
    return [name for name, members in made_for(author).counterpoints.items() if members]


def test_every_author_has_every_claim_by_stance(corpus: Motion) -> None:
    pages = [made_for(author) for author in Author.objects.all()]
    shown = {
        (stance.essay_id, stance.claim_id, kind) for page in pages for kind, held in page.claims for stance in held
    }
    assert shown == set(Stance.objects.values_list("essay", "claim", "kind"))


def test_the_stances_stand_in_one_order(client: Client, corpus: Motion) -> None:
    kinds = [str(kind) for kind, _ in client.get("/authors/luke-posey/").context["page"].claims]
    assert kinds == [kind for kind in ("asserts", "denies", "qualifies", "concedes", "reports") if kind in kinds]


def test_all_authors_are_listed_with_what_they_wrote(client: Client, corpus: Motion) -> None:
    shown = client.get("/authors/").content.decode()
    assert all(title in shown for title in ("Luke Posey", "Machine Learning Engineers Will Not Exist In 10 Years."))


def test_an_author_not_named_comes_last(client: Client, corpus: Motion) -> None:
    assert client.get("/authors/").context["page"].rows[-1].slug == "tds-author"


def test_an_author_of_drafts_alone_is_nowhere(client: Client) -> None:
    author = factories.EssayFactory.create(status="draft").authors.get()
    assert client.get(author.get_absolute_url()).status_code == 404


def test_a_long_list_of_authors_goes_on(client: Client) -> None:
    factories.EssayFactory.create_batch(21, motion=factories.MotionFactory.create())
    first = client.get("/authors/")
    rest = client.get("/authors/", {"page": first.context["page"].next})
    assert len({author.pk for shown in (first, rest) for author in shown.context["page"].rows}) == 21


def test_a_counterpoint_drawn_before_the_author_wrote_is_not_answered() -> None:
    author, _relation = countered(wrote=date(2021, 1, 1), drawn=date(2020, 1, 1))
    assert standing(author) == ["open"]


def test_a_counterpoint_drawn_later_was_made_after_they_wrote() -> None:
    author, _relation = countered(wrote=date(2020, 1, 1), drawn=date(2021, 1, 1))
    assert standing(author) == ["later"]


@pytest.mark.parametrize("wrote", [date(2020, 1, 1), None])
def test_where_a_date_is_not_known_neither_is_the_order(wrote: date | None) -> None:
    author, _relation = countered(wrote=wrote, drawn=None)
    assert standing(author) == ["undated"]


def test_a_curators_counterpoint_was_made_after_they_wrote() -> None:
    author, relation = countered(wrote=date(2021, 1, 1), drawn=date(2020, 1, 1))
    relation.drawn_by.clear()
    Relation.objects.update(origin="curator")
    assert standing(author) == ["later"]


def test_a_counterpoint_that_something_counters_is_answered() -> None:
    author, relation = countered(wrote=date(2020, 1, 1), drawn=date(2021, 1, 1))
    motion = relation.source.motion
    factories.RelationFactory.create(source__motion=motion, target_claim=relation.source)
    refresh(motion)
    assert standing(author) == ["answered"]


def test_an_essay_in_draft_is_not_named_as_having_drawn_a_counterpoint() -> None:
    author, relation = countered(wrote=date(2021, 1, 1), drawn=date(2020, 1, 1))
    relation.drawn_by.add(factories.EssayFactory.create(motion=relation.source.motion, status="draft"))
    shown = made_for(author).counterpoints["open"][0].drawn_by.all()
    assert [essay.status for essay in shown] == ["published"]


def test_predictions_say_how_they_stand(client: Client, corpus: Motion) -> None:
    assert "closes in " in client.get("/authors/luke-posey/").content.decode()


def test_an_author_whom_nobody_counters_is_told_so(client: Client) -> None:
    author = factories.EssayFactory.create().authors.get()
    assert "Nobody here counters" in client.get(author.get_absolute_url()).content.decode()
