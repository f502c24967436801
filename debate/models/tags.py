"""The public tags of claims, on django-taggit with a tag and a through model of our own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from debate.models.authored import Authored
from debate.models.claims import Claim
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion
from debate.models.people import User
from debate.reasoning.text import fold

LONGEST_SLUG = 100
SPELT_OUT = {"+": " plus ", "#": " sharp ", "&": " and ", "/": " ", ".": " "}


def tag_slug(name: str) -> str:
    """The address of a tag: C, C++ and C# keep apart, case and accents do not."""
    spelt = fold(name)
    for sign, word in SPELT_OUT.items():
        spelt = spelt.replace(sign, word)
    return slugify(spelt) or slugify(spelt, allow_unicode=True)


class TagQuerySet(models.QuerySet["Tag"]):
    def visible(self) -> TagQuerySet:
        """Tags that a visible claim carries."""
        return self.filter(Exists(TaggedClaim.objects.visible().filter(tag=OuterRef("pk"))))

    def with_uses(self, motion: Motion | None = None) -> TagQuerySet:
        """Each with `uses_count`, the number of visible claims (of one motion) that carry it."""
        claims = Claim.objects.visible()
        if motion is not None:
            claims = claims.of_motion(motion)
        uses = {"uses_count": Count("uses", filter=Q(uses__content_object__in=claims))}
        return self.annotate(**uses).filter(Q(uses_count__gt=0))

    def of_motion(self, motion: Motion) -> TagQuerySet:
        """Tags that a claim of the motion carries."""
        return self.filter(pk__in=TaggedClaim.objects.visible().filter(content_object__motion=motion).values("tag"))

    def around(self, claim: Claim) -> TagQuerySet:
        """The tags of the claim's motion; each with `carried`, whether the claim carries it."""
        carried = Exists(TaggedClaim.objects.filter(content_object=claim, tag=OuterRef("pk")))
        return self.of_motion(claim.motion).annotate(**{"carried": carried}).order_by("name")

    def for_list_page(self) -> TagQuerySet:
        return self.with_uses().order_by("-uses_count", "name")

    def named(self, name: str) -> TagQuerySet:
        """The tag of this name however it is written, or the one that this name leads to since it was given up."""
        slug = tag_slug(name)
        given_up = FormerTag.objects.filter(slug=slug).values("tag")
        return self.filter(Q(slug=slug) | Q(name__iexact=" ".join(name.split())) | Q(pk__in=given_up))

    def reached_by(self, slug: str) -> TagQuerySet:
        """The tag of this address, now or formerly."""
        return self.filter(Q(slug=slug) | Q(pk__in=FormerTag.objects.filter(slug=slug).values("tag")))

    def of_nobody_but(self, reader: User) -> TagQuerySet:
        """Tags that nobody proposes, no claim carries or ever carried, and no curator or corpus file has to do with."""
        carried = TaggedClaim.history.filter(tag=OuterRef("pk"))
        others = Tag.history.filter(id=OuterRef("pk")).exclude(
            Q(history_user__isnull=True) | Q(history_user=reader), history_change_reason__isnull=True
        )
        alone = {"votes__isnull": True, "uses__isnull": True, "former__isnull": True}
        return self.filter(~Exists(carried), ~Exists(others), **alone)

    def get_by_natural_key(self, slug: str) -> Tag:
        return self.get(slug=slug)


class Tag(Authored, TagBase):  # type: ignore[misc]
    """A word that claims are found by; one a slug, however it is written."""

    uses_count: int  # by with_uses()
    carried: bool  # by around()

    history = HistoricalRecords()

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="tag_has_a_name",
                violation_error_message=_("A tag needs at least one letter or digit."),
            ),
        ]

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def slugify(self, tag: str, i: int | None = None) -> str:  # noqa: ARG002
        return tag_slug(tag)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new tag shows nowhere until a claim carries it, so it makes no page stale: readers make tags too."""
        self.slug: str = self.slug or tag_slug(self.name)
        if self._state.adding:
            super(Authored, self).save(*args, **kwargs)
        else:
            Authored.save(self, *args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class FormerTagQuerySet(models.QuerySet["FormerTag"]):
    def of(self, slugs: Iterable[str]) -> dict[str, str]:
        """Those of the slugs that were given up, each with that of the tag it leads to. One query."""
        return dict(self.filter(slug__in=list(slugs)).values_list("slug", "tag__slug"))


class FormerTag(models.Model):
    """An address that a tag had before it was renamed, or that of a tag which was merged into it: it leads there."""

    slug = models.SlugField(_("slug"), max_length=LONGEST_SLUG, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="former", verbose_name=_("tag"))

    objects = FormerTagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="formertag_has_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.tag}"


class TaggedClaimQuerySet(models.QuerySet["TaggedClaim"]):
    def visible(self) -> TaggedClaimQuerySet:
        return self.filter(Exists(Claim.objects.visible().filter(pk=OuterRef("content_object"))))

    def get_by_natural_key(self, claim: str, tag: str) -> TaggedClaim:
        return self.get(content_object__slug=claim, tag__slug=tag)


class TaggedClaim(Authored, ItemBase):  # type: ignore[misc]
    """That a claim carries a tag, publicly."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses", verbose_name=_("tag"))
    content_object = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="tag_uses", verbose_name=_("claim")
    )
    history = HistoricalRecords()

    objects = TaggedClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of a claim")
        verbose_name_plural = _("tags of claims")
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="taggedclaim_once",
                violation_error_message=_("The claim carries this tag already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} · {self.content_object}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("content_object"), *self.key_of("tag"))
