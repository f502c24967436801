"""Rows for tests: the least that the rules allow, visible unless told otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from unittest.mock import patch

import factory
from django.test import override_settings
from django.utils import timezone
from factory.django import DjangoModelFactory

from debate import models
from debate.actions.corpus import refresh
from debate.actions.versions import keep_versions
from debate.reasoning.duplicates import fingerprint

Row = TypeVar("Row", bound=models.Authored)


class MemberFactory(DjangoModelFactory[models.User]):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"member-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    kind = models.User.Kind.MEMBER
    password = factory.django.Password("correct horse battery staple")


class GuestFactory(DjangoModelFactory[models.User]):
    class Meta:
        model = models.User

    username = factory.Sequence(lambda n: f"guest-{n}")
    kind = models.User.Kind.GUEST
    password = "!"


def readers(count: int, kind: str = "member") -> list[models.User]:
    """So many at once."""
    found = (GuestFactory if kind == "guest" else MemberFactory).build_batch(count)
    return models.User.objects.bulk_create(found)


class CuratorFactory(MemberFactory):
    username = factory.Sequence(lambda n: f"curator-{n}")
    is_staff = True
    is_superuser = True


class MotionFactory(DjangoModelFactory[models.Motion]):
    class Meta:
        model = models.Motion

    slug = factory.Sequence(lambda n: f"motion-{n}")
    question = factory.Sequence(lambda n: f"Will the thing number {n} happen?")
    opened_on = date(2020, 4, 28)
    horizon = date(2030, 4, 28)
    status = models.Status.PUBLISHED


class SideFactory(DjangoModelFactory[models.Side]):
    class Meta:
        model = models.Side

    motion = factory.SubFactory(MotionFactory)
    slug = factory.Iterator(["yes", "no"])
    label = factory.LazyAttribute(lambda side: f"It says {side.slug}")
    short_label = factory.LazyAttribute(lambda side: side.slug.title())
    case = "Because it is so."
    glyph = factory.LazyAttribute(lambda side: "left" if side.slug == "yes" else "right")
    colour = factory.LazyAttribute(lambda side: "blue" if side.slug == "yes" else "orange")
    position = factory.LazyAttribute(lambda side: 1 if side.slug == "yes" else 2)


class AuthorFactory(DjangoModelFactory[models.Author]):
    class Meta:
        model = models.Author

    slug = factory.Sequence(lambda n: f"author-{n}")
    name = factory.Sequence(lambda n: f"Author Number {n}")
    short_name = factory.Sequence(lambda n: f"Number {n}")


class EssayFactory(DjangoModelFactory[models.Essay]):
    class Meta:
        model = models.Essay
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"essay-{n}")
    motion = factory.SubFactory(MotionFactory)
    title = factory.Sequence(lambda n: f"On the thing, part {n}")
    publisher = "The Press"
    source_url = factory.Sequence(lambda n: f"https://example.org/essays/{n}")
    published_on = date(2020, 5, 1)
    date_precision = models.Essay.Precision.DAY
    summary = "It says so."
    status = models.Status.PUBLISHED

    @factory.post_generation
    def authors(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create:
            self.authors.set(extracted if extracted is not None else [AuthorFactory()])  # type: ignore[attr-defined]


class ClaimFactory(DjangoModelFactory[models.Claim]):
    """Visible by being a curator's; give `origin="essay"` and a stance with a passage for one from an essay."""

    class Meta:
        model = models.Claim

    slug = factory.Sequence(lambda n: f"claim-{n}")
    motion = factory.SubFactory(MotionFactory)
    text = factory.Sequence(lambda n: f"The thing number {n} is so.")
    kind = models.Claim.Kind.OBSERVATION
    status = models.Claim.Status.PUBLISHED
    origin = models.Claim.Origin.CURATOR


class StanceFactory(DjangoModelFactory[models.Stance]):
    class Meta:
        model = models.Stance

    claim = factory.SubFactory(ClaimFactory)
    essay = factory.SubFactory(EssayFactory, motion=factory.SelfAttribute("..claim.motion"))
    kind = models.StanceKind.ASSERTS


class PassageFactory(DjangoModelFactory[models.Passage]):
    class Meta:
        model = models.Passage

    stance = factory.SubFactory(StanceFactory)
    number = factory.Sequence(lambda n: n + 1)
    heading = "The heading"
    paragraph = 1
    gist = "Says that it is so."
    kind = factory.SelfAttribute("stance.kind")


class RelationFactory(DjangoModelFactory[models.Relation]):
    class Meta:
        model = models.Relation
        skip_postgeneration_save = True

    source = factory.SubFactory(ClaimFactory)
    kind = models.Relation.Kind.REBUTS
    target_claim = factory.SubFactory(ClaimFactory, motion=factory.SelfAttribute("..source.motion"))
    rationale = "One cannot be so if the other is."
    origin = models.Relation.Origin.CURATOR


class PredictionFactory(DjangoModelFactory[models.Prediction]):
    class Meta:
        model = models.Prediction

    slug = factory.Sequence(lambda n: f"prediction-{n}")
    motion = factory.SubFactory(MotionFactory)
    essay = factory.SubFactory(EssayFactory, motion=factory.SelfAttribute("..motion"))
    statement = factory.Sequence(lambda n: f"The thing number {n} will have happened.")
    criteria = "It is in the newspaper."
    origin = models.Prediction.Origin.DERIVED
    opens_at = datetime(2020, 4, 28, tzinfo=UTC)
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=400))
    resolves_on = factory.LazyAttribute(lambda p: p.closes_at.date())
    status = models.Status.PUBLISHED


class SuggestionFactory(DjangoModelFactory[models.Suggestion]):
    """A counterpoint to a claim of its own, waiting; give `claim`, or another `kind` with its target and claim=None."""

    class Meta:
        model = models.Suggestion

    by = factory.SubFactory(MemberFactory)
    kind = models.Suggestion.Kind.COUNTERPOINT
    claim = factory.SubFactory(ClaimFactory)
    way = factory.LazyAttribute(lambda made: "rebuts" if made.kind == "counterpoint" else "")
    text = factory.Sequence(lambda n: f"Not so: see the case number {n}.")
    fingerprint = factory.LazyAttribute(lambda made: fingerprint(made.text))


class TagFactory(DjangoModelFactory[models.Tag]):
    class Meta:
        model = models.Tag

    name = factory.Sequence(lambda n: f"Word {n}")


def word(name: str) -> models.Tag:
    """The tag of this name."""
    return models.Tag.objects.named(name).first() or TagFactory(name=name)


def tag(claim: models.Claim, name: str) -> models.Tag:
    """The claim carries the tag of this name."""
    found = word(name)
    models.TaggedClaim.objects.create(content_object=claim, tag=found)
    return found


def many(rows: list[Row]) -> list[Row]:
    """Save rows of one model at once, each with its first version."""
    for row in rows:
        row.render()
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
    keep_versions(rows, reason="")
    return rows


@contextmanager
def as_one_edition() -> Iterator[None]:
    """Rows without an edition and without history each, for tests of many that ask for neither."""
    with override_settings(SIMPLE_HISTORY_ENABLED=False), patch.object(models.Edition, "advance"):
        yield


def motion_with_claims(count: int, *, featured: bool = False) -> models.Motion:
    """A motion of so many claims of one essay, each tagged and asserted in a passage, with its standings derived."""
    with patch.object(models.Edition, "advance"):
        motion = claims_of_a_motion(count, featured=featured)
    refresh(motion)
    return motion


def claims_of_a_motion(count: int, *, featured: bool) -> models.Motion:
    motion = MotionFactory(featured=featured)
    yes, no = SideFactory(motion=motion, slug="yes"), SideFactory(motion=motion, slug="no")
    essay = EssayFactory(motion=motion, side=yes)
    claims = many([ClaimFactory.build(motion=motion, origin="essay", side=(yes, no)[n % 2]) for n in range(count)])
    stances = many([StanceFactory.build(essay=essay, claim=claim) for claim in claims])
    many([PassageFactory.build(stance=stance, number=number) for number, stance in enumerate(stances, 1)])
    tags = [word(f"Word {number}") for number in range(min(count, 5))]
    many([models.TaggedClaim(content_object=claim, tag=tags[n % 5]) for n, claim in enumerate(claims)])
    pairs = zip(claims[1:], claims, strict=False)
    many([RelationFactory.build(source=source, target_claim=target) for source, target in pairs])
    yes.thesis = claims[0] if claims else None
    yes.save()
    return motion
