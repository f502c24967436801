"""Readers propose tags; two readers or one curator make one public."""

from debate.actions.voting import lock_tally
from debate.actions.writing import writing
from debate.models import Claim, Tag, TaggedClaim, TagVote, User, tag_slug
from debate.models.tags import LONGEST_SLUG

READERS_TO_PUBLISH = 2
MOST_PROPOSALS = 5


class TooManyProposals(ValueError):
    """The reader proposes as many tags for the claim as they may."""


def tag_named(name: str) -> Tag:
    """The tag of this name however it is cased, made where there is none. Raises ValueError on a name of signs only.

    Locked, so that nobody who leaves takes it away at this moment. Asked for twice: whoever waited for one that was
    being merged finds it gone, and then the one that its name leads to.
    """
    slug = tag_slug(name)
    if not slug or len(slug) > LONGEST_SLUG:
        raise ValueError("a tag needs at least one letter or digit, and fewer signs")
    named = Tag.objects.select_for_update(no_key=True).named(name).order_by("pk")
    return (
        named.first()
        or named.all().first()
        or Tag.objects.get_or_create(slug=slug, defaults={"name": " ".join(name.split())})[0]
    )


def propose_tag(*, reader: User, claim: Claim, name: str) -> bool:
    """Propose a tag for a claim; whether the claim carries it publicly afterwards. Repeating it changes nothing.

    Raises TooManyProposals where the reader, unless a curator, proposes five others for the claim.
    """
    with writing():
        lock_tally(claim)  # so that two readers who propose at one moment see each other
        mine = TagVote.objects.by(reader).on(claim)
        if not reader.is_staff and mine.exclude(tag__slug=tag_slug(name)).count() >= MOST_PROPOSALS:
            raise TooManyProposals
        tag = tag_named(name)
        mine.get_or_create(tag=tag, defaults={"user": reader, "claim": claim})
        return publish_if_backed(claim, tag, by_curator=reader.is_staff)


def publish_if_backed(claim: Claim, tag: Tag, *, by_curator: bool) -> bool:
    if TaggedClaim.objects.filter(content_object=claim, tag=tag).exists():
        return True
    backed = by_curator or TagVote.objects.on(claim).filter(tag=tag).count() >= READERS_TO_PUBLISH
    if backed:
        TaggedClaim.objects.create(content_object=claim, tag=tag)
    return backed


def withdraw_tag(*, reader: User, claim: Claim, tag: Tag) -> None:
    """Take a proposal back. A tag that is public already stays."""
    with writing():
        TagVote.objects.by(reader).on(claim).filter(tag=tag).delete()
