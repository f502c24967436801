"""A tag gets another name, or is merged into one that means the same: no use, proposal or address is lost."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from debate.actions.moderation_log import note
from debate.actions.tagging import publish_if_backed
from debate.actions.writing import writing
from debate.models import Claim, FormerTag, ModerationEntry, Suggestion, Tag, TaggedClaim, TagVote, User, tag_slug
from debate.models.tags import LONGEST_SLUG

LONGEST_NAME = int(Tag._meta.get_field("name").max_length or 0)


def locked(*tags: Tag) -> dict[int, Tag]:
    """The tags by key, kept from whoever proposes them. Raises ValidationError where one is gone meanwhile."""
    rows = Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]).order_by("pk")
    found = {row.pk: row for row in rows}
    if missing := [tag.name for tag in tags if tag.pk not in found]:
        raise ValidationError(_("The tag “%(name)s” is gone meanwhile.") % {"name": missing[0]})
    return found


def is_seen(tag: Tag) -> bool:
    return Tag.objects.visible().filter(pk=tag.pk).exists()


# Renaming.


def faults_of_name(name: str, tag: Tag | None = None) -> list[str]:
    """Why a tag, this one or a new one, cannot be called so, in the curator's words."""
    slug = tag_slug(name)
    if not slug or max(len(slug), len(name)) > LONGEST_SLUG:
        return [_("A tag needs at least one letter or digit, and fewer signs.")]
    others = Tag.objects.exclude(pk=tag.pk) if tag and tag.pk else Tag.objects.all()
    taken = others.named(name).order_by("pk").first()
    if taken is None:
        return []
    if taken.slug == slug or taken.name.casefold() == name.casefold():
        return [_("There is a tag “%(name)s” already; merge the one into the other.") % {"name": taken}]
    return [_("This name leads to the tag “%(name)s” by now.") % {"name": taken}]


def rename_tag(*, by: User, tag: Tag, name: str, reason: str = "") -> Tag:
    """Call a tag otherwise; its uses and proposals stay, and its old name and address lead to it.

    Raises ValidationError where the name is none, is another tag's, or leads to another one.
    """
    told = " ".join(name.split())
    with writing():
        tag = locked(tag)[tag.pk]
        if faults := faults_of_name(told, tag):
            raise ValidationError(faults)
        if told != tag.name:
            renamed(tag, told, by, reason)
    return tag


def renamed(tag: Tag, name: str, by: User, reason: str) -> None:
    old, before = addresses_of(tag), tag.name
    tag.name, tag.slug = name, tag_slug(name)
    FormerTag.objects.filter(slug=tag.slug).delete()
    give_up(old - {tag.slug}, tag)
    save(tag, by, reason)
    said = _("Before: “%(name)s”. %(reason)s") % {"name": before, "reason": reason}
    note(by=by, verb=ModerationEntry.Verb.RENAMED, row=tag, reason=said.strip(), public=is_seen(tag))


def addresses_of(tag: Tag) -> set[str]:
    """Its address, and what its name would make one of."""
    return {tag.slug, tag_slug(tag.name)}


def give_up(slugs: Iterable[str], to: Tag) -> None:
    """Let these addresses lead to the tag, as far as no other tag has them."""
    for slug in set(slugs) - set(Tag.objects.filter(slug__in=slugs).exclude(pk=to.pk).values_list("slug", flat=True)):
        FormerTag.objects.update_or_create(slug=slug, defaults={"tag": to})


def save(row: Tag | TaggedClaim, by: User, reason: str) -> None:
    row._history_user, row._change_reason = by, reason[:100] or None
    row.save()


# Merging.


def merge_tags(*, by: User, tag: Tag, into: Tag, reason: str = "") -> Tag:
    """Make one tag of two; the survivor, which every claim of either carries and whoever proposed either proposes.

    Where that makes two readers who propose it for one claim, the claim carries it from now on. Name and address of the
    tag that goes lead to the survivor. Raises ValidationError where the two are one, or one is gone.
    """
    if tag.pk == into.pk:
        raise ValidationError(_("A tag cannot be merged into itself."))
    with writing():
        rows = locked(tag, into)
        tag, into = rows[tag.pk], rows[into.pk]
        was_seen = is_seen(tag)
        move_uses(tag, into, by, reason)
        move_proposals(tag, into)
        told = _("Into “%(survivor)s”. %(reason)s") % {"survivor": into.name, "reason": reason}
        note(by=by, verb=ModerationEntry.Verb.MERGED, row=tag, reason=told.strip(), public=was_seen)
        close(tag, into, by, reason)
    return into


def move_uses(tag: Tag, into: Tag, by: User, reason: str) -> None:
    """Each saved by itself, so that the history of the claim's tags says so; a claim that has both keeps one."""
    there = TaggedClaim.objects.filter(content_object=OuterRef("content_object"), tag=into)
    for use in TaggedClaim.objects.filter(tag=tag).annotate(there=Exists(there)).order_by("pk"):
        if vars(use)["there"]:
            use._history_user = by
            use.delete()
        else:
            use.tag = into
            save(use, by, reason)


def move_proposals(tag: Tag, into: Tag) -> None:
    """Once for each reader and claim; then as if the last of them had been made just now."""
    moving = TagVote.objects.filter(tag=tag)
    claims = list(Claim.objects.filter(pk__in=moving.values("claim")).order_by("pk"))
    there = TagVote.objects.filter(user=OuterRef("user"), claim=OuterRef("claim"), tag=into)
    moving.filter(pk__in=moving.filter(Exists(there)).values_list("pk", flat=True)).delete()
    moving.update(tag=into)
    for claim in claims:
        publish_if_backed(claim, into, by_curator=False)


def close(tag: Tag, into: Tag, by: User, reason: str) -> None:
    """Delete the tag; its addresses, those given up before too, lead to the survivor."""
    FormerTag.objects.filter(tag=tag).update(tag=into)
    Suggestion.objects.filter(made_tag=tag).update(made_tag=into)
    slugs = addresses_of(tag)
    tag._history_user, tag._change_reason = by, reason[:100] or None
    tag.delete()
    give_up(slugs - {into.slug}, into)
