"""Readers, and the authors they read."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.history import HistoricalRecords

GUEST = "SELECT * FROM debate_user WHERE id = %s AND kind = 'guest' AND is_active"


class ReaderManager(UserManager["User"]):
    def create_guest(self) -> User:
        """A reader known by a signed cookie alone: no name, no address, no password."""
        guest = self.model(username=f"guest-{secrets.token_hex(12)}", kind=User.Kind.GUEST)
        guest.set_unusable_password()
        guest.save(using=self._db)
        return guest

    def create_nobody(self) -> User:
        """Somebody without name, address, cookie or way in, to whom what has to stay of a reader who left is given."""
        nobody = self.model(username=f"nobody-{secrets.token_hex(12)}", kind=User.Kind.GUEST, is_active=False)
        nobody.set_unusable_password()
        nobody.save(using=self._db)
        return nobody

    def judges(self) -> models.QuerySet[User]:
        """Who may resolve predictions and has an address."""
        permitted = self.with_perm("debate.change_prediction", backend="django.contrib.auth.backends.ModelBackend")
        return permitted.filter(is_staff=True).exclude(email="").order_by("pk")

    def reviewers(self) -> models.QuerySet[User]:
        """Who may pass what another curator wrote."""
        backend = "django.contrib.auth.backends.ModelBackend"
        return self.with_perm("debate.change_review", backend=backend).filter(is_staff=True)

    def administrators(self) -> models.QuerySet[User]:
        return self.filter(is_superuser=True, is_active=True)

    def gone(self, reader: User) -> bool:
        return not self.filter(pk=reader.pk).exists()

    def guest(self, pk: int) -> User | None:
        """The guest of this key. Written out, since each of a guest's requests asks it."""
        return next(iter(self.raw(GUEST, [pk])), None)


class User(AbstractUser):
    """A reader: a guest made by a first vote, or a member who has signed up."""

    class Kind(models.TextChoices):
        GUEST = "guest", _("guest")
        MEMBER = "member", _("member")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.MEMBER)
    returned = models.BooleanField(
        _("came back"), default=False, help_text=_("A guest who voted again, long enough after the first time.")
    )
    display_name = models.CharField(_("display name"), max_length=80, blank=True)
    ranked = models.BooleanField(
        _("on the leaderboard"), default=False, help_text=_("The reader asked to be listed among the forecasters.")
    )

    objects: ClassVar[ReaderManager] = ReaderManager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["guest", "member"]),
                name="user_kind_known",
                violation_error_message=_("A reader is a guest or a member."),
            ),
            models.CheckConstraint(
                condition=Q(kind="member") | Q(is_staff=False, is_superuser=False, email=""),
                name="user_guest_has_no_powers",
                violation_error_message=_("A guest has no address and no powers."),
            ),
            models.CheckConstraint(
                condition=Q(kind="member") | Q(ranked=False),
                name="user_guest_is_not_ranked",
                violation_error_message=_("Only a member can be on the leaderboard."),
            ),
            models.CheckConstraint(
                condition=Q(kind="guest") | Q(returned=False),
                name="user_only_a_guest_comes_back",
                violation_error_message=_("Only a guest comes back: a member is always there."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_unique",
                violation_error_message=_("Somebody has already signed up with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or (str(_("guest")) if self.is_guest else self.username)

    @property
    def public_name(self) -> str:
        """What others are shown: the name that they chose, else a number; never the address or the username."""
        return self.display_name.strip() or str(_("Forecaster %d")) % self.pk

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_reviewer(self) -> bool:
        """As in reviewers()."""
        return self.is_staff and self.has_perm("debate.change_review")

    @property
    def is_guest(self) -> bool:
        return self.kind == self.Kind.GUEST


AUTHORS_IN_ORDER = ("-named", "name", "pk")


class AuthorQuerySet(models.QuerySet["Author"]):
    def visible(self) -> AuthorQuerySet:
        """Authors of at least one essay that readers can see."""
        return self.filter(essays__status=Status.PUBLISHED, essays__motion__status=Status.PUBLISHED).distinct()

    def of_motion(self, motion: Any) -> AuthorQuerySet:
        return self.filter(essays__status=Status.PUBLISHED, essays__motion=motion).distinct()

    def with_each_essay(self, motion: Any) -> AuthorQuerySet:
        """Each author by name, once for every visible essay of theirs on the motion; `essay`: that essay's key."""
        rows = self.filter(essays__status=Status.PUBLISHED, essays__motion=motion)
        return rows.annotate(**{"essay": models.F("essays__pk")}).order_by(*AUTHORS_IN_ORDER)

    def beside(self, author: Author) -> AuthorQuerySet:
        """Authors of visible essays on a motion that this one wrote on too, by name; `motion_slug`, '' if featured."""
        motions = author.essays.filter(status=Status.PUBLISHED, motion__status=Status.PUBLISHED).values("motion")
        others = self.filter(essays__status=Status.PUBLISHED, essays__motion__in=motions).exclude(pk=author.pk)
        featured = models.When(essays__motion__featured=True, then=models.Value(""))
        slug = models.Case(featured, default=models.F("essays__motion__slug"), output_field=models.CharField())
        return others.annotate(**{"motion_slug": slug}).distinct().by_name()

    def called(self, name: str) -> AuthorQuerySet:
        """Those of this name, whatever its case, or of this slug; the one who has been known for longest first."""
        return self.filter(Q(name__iexact=name) | Q(slug=name)).order_by("pk") if name else self.none()

    def names(self) -> list[str]:
        """The names of those whom a source names, each once, in order; at most 2,000."""
        return list(self.filter(named=True).order_by("name").values_list("name", flat=True).distinct()[:2_000])

    def with_slugs_like(self, stem: str) -> list[str]:
        """The slugs in use that begin so."""
        return list(self.filter(slug__startswith=stem).values_list("slug", flat=True))

    def by_name(self) -> AuthorQuerySet:
        return self.order_by(*AUTHORS_IN_ORDER)

    def get_by_natural_key(self, slug: str) -> Author:
        return self.get(slug=slug)


class Author(Authored):
    """A person who wrote an essay, or the mark that a source does not name them."""

    markdown_fields = ("about",)
    essay: int  # by with_each_essay()
    motion_slug: str  # by beside()

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(
        _("short name"), max_length=40, help_text=_("As it stands in a list, e.g. a surname.")
    )
    named = models.BooleanField(_("named in the source"), default=True)
    about = models.TextField(_("about"), blank=True, help_text=_("Markdown. Only what the sources show."))
    about_html = models.TextField(editable=False, default="")
    history = HistoricalRecords(excluded_fields=["about_html"])

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(short_name=""),
                name="author_has_a_name",
                violation_error_message=_("An author needs a name and a short name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])
