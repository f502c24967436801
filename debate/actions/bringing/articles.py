"""An article that a curator has looked through becomes a draft with its source text."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from debate.actions.bringing.essays import sign
from debate.actions.bringing.putting import Putting
from debate.actions.bringing.report import Report
from debate.actions.desk.sources import keep_source
from debate.actions.naming import free_slug
from debate.actions.rules import essay_faults
from debate.actions.writing import writing
from debate.models import Arrival, Author, Edition, Essay, Status, User
from debate.reasoning.paragraphs import Paragraph

LONGEST_SLUG = 60
LONGEST_SHORT_NAME = 40


def bring_article(
    *, essay: Essay, authors: Sequence[str], paragraphs: Iterable[Paragraph], by: User, arrival: Arrival
) -> Essay:
    """Make the essay a draft, with its authors and its text, in one transaction; the arrival is gone with it.

    An author is one who is known by this name or slug, else a new one; without any, one that the source does not name.
    Raises ValidationError, by field where it can be told.
    """
    putting = Putting(Report(essay.source_url), by)
    essay.status = Status.DRAFT
    try:
        with writing():
            signed = authors_of(authors or [""], essay, putting)
            putting.settle()
            putting.put(None, essay, {}, 1, free=True)
            putting.settle(lambda: sign(essay, signed))
            refuse_what_is_wrong(essay, putting.report)
            keep_source(essay=essay, paragraphs=paragraphs)
            Arrival.objects.keyed(arrival.pk).delete()
            Edition.advance()
    except IntegrityError as error:
        raise ValidationError(_("Somebody took the address or the slug meanwhile. Look at both again.")) from error
    return essay


def refuse_what_is_wrong(essay: Essay, report: Report) -> None:
    if report.problems:
        raise ValidationError([problem.said for problem in report.problems])
    faults = {fault.field: str(fault.message) for fault in essay_faults(essay)}
    if faults:
        raise ValidationError(faults)


def authors_of(names: Iterable[str], essay: Essay, putting: Putting) -> list[Author]:
    """The authors of these names, each once, in order."""
    found = dict[str, Author]()
    for name in names:
        author = Author.objects.called(name).first() or new_author(name, essay, putting, found)
        found.setdefault(author.slug, author)
    return list(found.values())


def new_author(name: str, essay: Essay, putting: Putting, beside: Iterable[str]) -> Author:
    """Somebody who is not known yet; "" for whom the source does not name."""
    said = name or _("The author of “%(title)s”") % {"title": essay.title[:90]}
    short = said.rpartition(" ")[2] if name else essay.publisher
    author = Author(
        slug=free_slug(Author, name or essay.slug, beside), name=said, short_name=short[:LONGEST_SHORT_NAME]
    )
    author.named = bool(name)
    return putting.put(None, author, {}, 1, free=True)


def keep_article(*, essay: Essay, paragraphs: Iterable[Paragraph], arrival: Arrival) -> None:
    """Keep the text of an article for an essay that is there already; the arrival is gone with it."""
    with writing():
        keep_source(essay=essay, paragraphs=paragraphs)
        Arrival.objects.keyed(arrival.pk).delete()
