"""A paragraph is marked with a claim: the claim, the essay's stance on it and the passage that shows it, in one act."""

from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from django.utils.translation import gettext as _

from debate.actions.desk.work import Changed, refuse_faults, save_as, set_values, working_on
from debate.actions.naming import free_slug
from debate.actions.rules import Fault, claim_faults, said_already, shown_faults
from debate.models import Claim, ClaimTally, Essay, Passage, Side, Stance, User
from debate.reasoning.kinds import likely_kind

BETWEEN = 10


class Place(Protocol):
    """Where a passage stands: as a paragraph of a source text, or as another passage, says it."""

    number: int
    heading: str
    paragraph: int


@dataclass(frozen=True)
class Entry:
    """What a curator writes about a place. An empty kind is made from the wording, an empty gist from the claim.

    `overall`: the essay's stance all considered, '' to leave it to the passages.
    """

    text: str
    stance: str
    kind: str = ""
    side: Side | None = None
    gist: str = ""
    speaker: str = ""
    overall: str = ""

    @property
    def of_claim(self) -> dict[str, Any]:
        return {"text": self.text, "kind": self.kind or likely_kind(self.text), "side": self.side}

    @property
    def of_passage(self) -> dict[str, Any]:
        return {"kind": self.stance, "gist": self.gist or self.text, "speaker": self.speaker}


@dataclass(frozen=True)
class Marked:
    """A passage, and what the act came to: `new` with a new claim, `attached` to one that is there, `there` before."""

    passage: Passage
    outcome: str


def mark_claim(*, by: User, essay: Essay, place: Place, entry: Entry) -> Marked:
    """Say that the essay makes a claim there. One that the motion has already, but for signs and case, is attached to.

    Said again it changes nothing, so that what may have arrived can be sent once more. Raises ValidationError.
    """
    with working_on(essay) as now:
        claim = said_already(Claim(motion=now.motion), now.motion, entry.text)
        if claim is not None:
            return attach(by, now, place, claim, entry)
        made = new_claim(by, now, entry)
        return Marked(attach(by, now, place, made, entry).passage, "new")


def attach_passage(*, by: User, essay: Essay, place: Place, claim: Claim, entry: Entry) -> Marked:
    """Say that the essay speaks there to a claim that is there already and stays as it is. Raises ValidationError."""
    with working_on(essay) as now:
        kept = Claim.objects.select_for_update(of=("self",)).filter(pk=claim.pk, motion=now.motion).first()
        if kept is None or kept.status == Claim.Status.MERGED:
            refuse_faults([Fault("text", _("This claim is no longer there. Look for the one it was merged into."))])
        return attach(by, now, place, kept or claim, entry)


def new_claim(by: User, essay: Essay, entry: Entry) -> Claim:
    claim = Claim(motion=essay.motion, slug=free_slug(Claim, entry.text), **entry.of_claim)
    refuse_faults(claim_faults(claim))
    save_as(claim, by)
    ClaimTally.objects.get_or_create(claim=claim)
    return claim


def attach(by: User, essay: Essay, place: Place, claim: Claim, entry: Entry) -> Marked:
    stance = Stance.objects.filter(essay=essay, claim=claim).first()
    if stance is None:
        stance = Stance(essay=essay, claim=claim, kind=entry.stance)
        save_as(stance, by)
    said = {"heading": place.heading, "paragraph": place.paragraph, **entry.of_passage}
    held = stance.passages.filter(**said).first()
    if held is not None:
        return Marked(held, "there")
    passage = Passage(stance=stance, number=free_number(stance, place), **said)
    save_as(passage, by)
    settle_stance(by, stance)
    return Marked(passage, "attached")


def free_number(stance: Stance, place: Place) -> int:
    """A running number by the place in the text that no other passage of the stance has."""
    taken = set(stance.passages.values_list("number", flat=True))
    return next(number for number in count(place.number * BETWEEN) if number not in taken)


# Changing what is marked.


def held_mark(essay: Essay, key: int, version: str) -> Passage:
    """The passage of this key, locked with its claim. Raises Changed where it is not as it was when it was shown."""
    passage = Passage.objects.of_essay(essay).filter(pk=key).select_for_update().first()
    if passage is None:
        raise Changed(None)
    passage.stance.claim = Claim.objects.select_for_update().get(pk=passage.stance.claim_id)
    if passage.mark_version != version:
        raise Changed(passage)
    return passage


def change_mark(*, by: User, essay: Essay, key: int, version: str, entry: Entry, place: Place | None = None) -> Passage:
    """Write a mark anew: the passage, its place where one is given, and its claim as long as that is a draft.

    Raises Changed where somebody has saved meanwhile, unless they have saved the same; and ValidationError.
    """
    with working_on(essay) as now:
        try:
            passage = held_mark(now, key, version)
        except Changed as error:
            if error.row is not None and says_the_same(error.row, entry, place):
                return error.row  # type: ignore[no-any-return]
            raise
        if passage.stance.claim.status == Claim.Status.DRAFT:
            before = passage.stance.claim.text
            change_claim(by, passage.stance.claim, entry)
            carry_gists(by, passage, before)
        if set_values(passage, told_of_passage(entry, place)):
            save_as(passage, by)
        settle_stance(by, passage.stance, entry.overall)
    return passage


def told_of_passage(entry: Entry, place: Place | None) -> dict[str, Any]:
    told = {} if place is None else {"heading": place.heading, "paragraph": place.paragraph}
    return {**entry.of_passage, **told}


def says_the_same(passage: Passage, entry: Entry, place: Place | None) -> bool:
    """Whether a mark is already as it is to become: it was sent twice."""
    claim = passage.stance.claim
    draft = claim.status == Claim.Status.DRAFT
    wanted = [(claim, entry.of_claim)] if draft else []
    wanted += [(passage, told_of_passage(entry, place))]  # type: ignore[list-item]
    return all(getattr(row, name) == value for row, values in wanted for name, value in values.items())


def change_claim(by: User, claim: Claim, entry: Entry) -> None:
    if not set_values(claim, entry.of_claim):
        return
    other = said_already(claim, claim.motion, claim.text)
    if other is not None:
        said = _("Another claim says this already: “%(text)s”. Take this one out, and attach a passage to that one.")
        refuse_faults([Fault("text", said % {"text": other.text})])
    refuse_faults(claim_faults(claim))
    save_as(claim, by)


def carry_gists(by: User, changed: Passage, before: str) -> None:
    """Let other passages of the stance whose gist was the claim as worded before say it as it is worded now."""
    for passage in changed.stance.passages.exclude(pk=changed.pk).filter(gist=before):
        if set_values(passage, {"gist": changed.stance.claim.text}):
            save_as(passage, by)


def settle_stance(by: User, stance: Stance, wanted: str = "") -> None:
    """Let the stance all considered be one that a passage shows: as wanted, else as it was, else the newest's."""
    kinds = list(stance.passages.order_by("-updated_at").values_list("kind", flat=True))
    kind = wanted or (stance.kind if stance.kind in kinds else kinds[0])
    refuse_faults(Fault("overall", fault.message) for fault in shown_faults(kind, kinds))
    if set_values(stance, {"kind": kind}):
        save_as(stance, by)
