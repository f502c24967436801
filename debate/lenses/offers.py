"""What a reader has just taken back, offered to be put back as it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from debate.models import Ballot, Claim, ClaimVote, Essay, Forecast, Motion, Prediction, Tag, TagVote, User

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What was taken back and on what, and the form that puts it back: where it is sent, and what it says."""

    said: str
    thing: str
    button: str
    action: str
    fields: Fields


def offer_of(reader: User, what: str, parts: Sequence[str]) -> Offer | None:
    """None where there is nothing of that sort to put back: it was never given, or stands again. Four queries at most.

    `what` and `parts` as forms.you.Undone tells them.
    """
    makers: dict[str, Callable[..., Offer | None]] = {
        "vote": vote,
        "forecast": forecast,
        "ballot": ballot,
        "tag": tag,
    }
    return makers[what](reader, *parts)


def vote(reader: User, slug: str, answer: str) -> Offer | None:
    words = dict(ClaimVote.Value.choices[:3])
    claim = Claim.objects.visible().filter(slug=slug).first()
    if claim is None or answer not in words:
        return None
    taken_back = ClaimVote.objects.by(reader).on(claim).answering(ClaimVote.Value.WITHDRAWN).exists()
    said, button = _("Your vote is taken back."), _("Put it back: %s") % words[answer]
    return Offer(said, claim.text, button, reverse("vote", args=[slug]), {"value": answer}) if taken_back else None


def forecast(reader: User, slug: str, percent: str) -> Offer | None:
    prediction = Prediction.objects.visible().open().filter(slug=slug).first()
    if prediction is None or percent not in map(str, range(1, 100)):
        return None
    mine = Forecast.objects.by(reader).on(prediction)
    if not mine.exists() or mine.current().exists():
        return None
    said, button = _("Your forecast is taken back."), _("Put it back: %s%%") % percent
    return Offer(said, prediction.statement, button, reverse("forecast", args=[slug]), {"percent": percent})


def ballot(reader: User, of: str, slug: str, phase: str, side: str) -> Offer | None:
    essay = Essay.objects.visible().filter(slug=slug).first() if of == "essay" else None
    motion = essay.motion if essay else Motion.objects.visible().filter(slug=slug).first() if of == "motion" else None
    if motion is None or phase not in Ballot.Phase.values:
        return None
    words = {"undecided": _("undecided"), **dict(motion.sides.values_list("slug", "label"))}
    given = Ballot.objects.by(reader)
    stands = (given.on_essay(essay) if essay else given.on_motion(motion)).filter(phase=phase).exists()
    if side not in words or stands:
        return None
    action = reverse("essay-ballot" if essay else "ballot", args=[slug])
    button, thing = _("Put it back: %s") % words[side], essay.title if essay else motion.question
    return Offer(_("Your ballot is taken back."), thing, button, action, {"phase": phase, "side": side})


def tag(reader: User, slug: str, word: str) -> Offer | None:
    claim = Claim.objects.visible().filter(slug=slug).first()
    found = Tag.objects.filter(slug=word).first()
    if claim is None or found is None or TagVote.objects.by(reader).on(claim).filter(tag=found).exists():
        return None
    said, button = _("Your proposal is taken back."), _("Propose it again: %s") % found.name
    return Offer(said, claim.text, button, reverse("propose-tag", args=[slug]), {"name": found.name})
