"""Pages of the library and of its authors, kept while the edition lasts: how all of them sort is worked out once."""

from time import time

from django.db.models import Prefetch
from django.utils import timezone

from debate.keyset import Page, page_of, place_of
from debate.lenses.kept import Kept
from debate.models import AUTHORS_IN_ORDER, ESSAYS_IN_ORDER, Author, Essay, Prediction

ESSAY_PAGES: Kept[Page[Essay]] = Kept(most=200)
AUTHOR_PAGES: Kept[Page[Author]] = Kept(most=200)
RECORDS: Kept[dict[int, dict[str, int]]] = Kept(most=400)


def essays_page(edition: str, token: str) -> Page[Essay]:
    """Essays in the order written, from the place that a page's token names. Two queries once an edition."""
    place = place_of(token, "essays")
    rows = Essay.objects.visible().for_list_page()
    return ESSAY_PAGES.get(edition, token, lambda: page_of(rows, ESSAYS_IN_ORDER, "essays", place))


def authors_page(edition: str, token: str) -> Page[Author]:
    """Authors by name, each with the essays that readers can see as `visible_essays`. Two queries once an edition."""
    place = place_of(token, "authors")
    essays = Essay.objects.visible().select_related("side").in_order_written()
    rows = Author.objects.visible().by_name()
    full = rows.prefetch_related(Prefetch("essays", essays, to_attr="visible_essays"))
    return AUTHOR_PAGES.get(edition, token, lambda: page_of(full, AUTHORS_IN_ORDER, "authors", place))


def records_of(edition: str, page: Page[Author]) -> dict[int, dict[str, int]]:
    """How the predictions of each of these authors stand; counted once a minute, since time alone moves them."""
    key = (*(author.pk for author in page.rows), int(time() // 60))
    predictions = Prediction.objects.visible()
    return RECORDS.get(edition, key, lambda: predictions.count_by_author(page.rows, timezone.now()))
