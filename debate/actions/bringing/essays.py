"""One essay file, put beside what the database holds, floor by floor."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from debate.actions.bringing.claims import ClaimsOfFile
from debate.actions.bringing.predictions import PredictionsOfFile
from debate.actions.bringing.putting import Putting
from debate.actions.bringing.report import Report, Waiting
from debate.actions.bringing.shapes import AuthorPart, Coming, EssayFile
from debate.actions.rules import essay_faults
from debate.models import Author, Essay, Motion, Side, Status, User

IN_FRONT = {"summary": "summary", "responds_to": "responds_to", "published_on": "published", "side": "side"}


class EssayOfFile:
    """Brings the essay of one file in. `coming`: what other files of the same call are about to bring."""

    def __init__(self, file: EssayFile, *, by: User | None, coming: Coming) -> None:
        self.file, self.part, self.coming = file, file.essay, coming
        self.report = Report(file.name)
        self.putting = Putting(self.report, by)

    def bring(self) -> Report:
        motion = Motion.objects.filter(slug=self.part.motion).first()
        if motion is None:
            self.refuse("motion", _("There is no motion “%(slug)s”.") % {"slug": self.part.motion})
            return self.report
        essay = self.essay(motion, self.authors())
        free = essay.status != Status.PUBLISHED
        claims = ClaimsOfFile(self.putting, motion, self.file, free=free, coming=self.coming, essay=essay)
        claims.bring()
        predictions = PredictionsOfFile(
            self.putting, motion, essay, parts=self.file.predictions, claims=claims.rows, coming=self.coming
        )
        predictions.bring()
        self.check(essay)
        return self.report

    def refuse(self, fact: str, said: str) -> None:
        self.putting.refuse(self.part.lines.get(fact, 2), said)

    def check(self, essay: Essay) -> None:
        """The rules across rows, once all of it is there."""
        if self.report.problems:
            return
        for fault in essay_faults(essay):
            self.refuse(IN_FRONT.get(fault.field, fault.field), str(fault.message))

    def authors(self) -> list[Author]:
        slugs = [part.slug for part in self.part.authors]
        known = {author.slug: author for author in Author.objects.filter(slug__in=slugs)}
        found = [self.author(part, known.get(part.slug)) for part in self.part.authors]
        self.putting.settle()
        return [author for author in found if author]

    def author(self, part: AuthorPart, held: Author | None) -> Author | None:
        if part.name is None:
            if held is None:
                said = _("No author “%(slug)s” is known; give slug, name and short_name.")
                self.putting.refuse(part.line, said % {"slug": part.slug})
            return held
        told: dict[str, Any] = {"name": part.name, "short_name": part.short_name, "named": part.named}
        told["about"] = part.about
        free = held is None or not held.essays.filter(status=Status.PUBLISHED).exists()
        return self.putting.put(held, Author(slug=part.slug, **told), told, part.line, free=free)

    def essay(self, motion: Motion, authors: Iterable[Author]) -> Essay:
        held = Essay.objects.filter(slug=self.part.slug).select_related("side", "responds_to").first()
        facts = self.facts(motion, held)
        self.check_source(held)
        line = self.part.lines.get("essay", 2)
        free = held is None or held.status != Status.PUBLISHED
        essay = self.putting.put(held, Essay(slug=self.part.slug, **facts), facts, line, free=free)
        if held is not None:
            self.keep_authors(held, authors, line)
        self.putting.settle(lambda: sign(essay, authors) if held is None else None)
        return essay

    def keep_authors(self, held: Essay, authors: Iterable[Author], line: int) -> None:
        wanted = {author.pk for author in authors}
        if set(held.authors.values_list("pk", flat=True)) == wanted:
            return
        if held.status == Status.PUBLISHED:
            self.putting.refuse(line, _("The essay is published with other authors. Correct them at the desk."))
        elif not self.report.problems:
            held.authors.set(wanted)

    def facts(self, motion: Motion, held: Essay | None) -> dict[str, Any]:
        part = self.part
        return {
            "motion": motion,
            "title": part.title,
            "publisher": part.publisher,
            "source_url": part.source_url,
            "source_note": part.source_note,
            "published_on": part.published_on,
            "date_precision": part.date_precision,
            "side": self.named(Side.objects.filter(motion=motion, slug=part.side).first(), "side", part.side),
            "responds_to": self.answered(held),
            "words": part.words,
            "summary": part.summary,
        }

    def named(self, found: Side | None, fact: str, slug: str) -> Side | None:
        if slug and found is None:
            self.refuse(fact, _("The motion has no side “%(slug)s”.") % {"slug": slug})
        return found

    def answered(self, held: Essay | None) -> Essay | None:
        """The essay that it responds to; where that comes with another file, what stands until then."""
        slug = self.part.responds_to
        found = Essay.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            if slug not in self.coming:
                self.refuse("responds_to", _("There is no essay “%(slug)s”.") % {"slug": slug})
            self.report.waiting.append(Waiting(self.part.lines.get("responds_to", 2), slug))
            return held.responds_to if held else None
        return found

    def check_source(self, held: Essay | None) -> None:
        """A web address, and of no other essay."""
        address = self.part.source_url
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as error:
            self.refuse("source", " ".join(error.messages))
        other = Essay.objects.filter(source_url=address).first()
        if other and other != held:
            self.refuse("source", _("“%(title)s” has this source already.") % {"title": other.title})


def sign(essay: Essay, authors: Iterable[Author]) -> None:
    """Name the authors of a new essay, past the signal by which history would note that as a change of its own."""
    through = Essay.authors.through
    through._default_manager.bulk_create(through(essay_id=essay.pk, author_id=author.pk) for author in authors)
