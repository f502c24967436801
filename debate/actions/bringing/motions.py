"""One motion file: the motion, its sides and theses, and the claims and relations that no essay draws."""

from typing import Any

from django.utils.translation import gettext as _

from debate.actions.bringing.claims import ClaimsOfFile
from debate.actions.bringing.putting import Putting
from debate.actions.bringing.report import Report, Waiting
from debate.actions.bringing.shapes import Coming, MotionFile, SidePart
from debate.models import Claim, Motion, Prediction, Side, Status, User


class MotionOfFile:
    """Brings the motion of one file in. `coming`: what other files of the same call are about to bring."""

    def __init__(self, file: MotionFile, *, by: User | None, coming: Coming) -> None:
        self.file, self.part, self.coming = file, file.motion, coming
        self.report = Report(file.name)
        self.putting = Putting(self.report, by)

    def bring(self) -> Report:
        motion = self.motion()
        if motion._state.adding:
            return self.report
        free = motion.status != Status.PUBLISHED
        sides = [self.side(motion, part, free=free) for part in self.part.sides]
        self.putting.settle()
        claims = ClaimsOfFile(self.putting, motion, self.file, free=free, coming=self.coming)
        claims.bring()
        for part, side in zip(self.part.sides, sides, strict=True):
            self.thesis(side, part, claims.rows, free=free)
        return self.report

    def motion(self) -> Motion:
        part, line = self.part, self.part.lines.get("motion", 2)
        held = Motion.objects.filter(slug=part.slug).select_related("deciding_prediction").first()
        values: dict[str, Any] = {"question": part.question, "opened_on": part.opened_on, "horizon": part.horizon}
        values |= {"context": part.context, "deciding_prediction": self.deciding()}
        if part.horizon <= part.opened_on:
            self.putting.refuse(part.lines.get("horizon", line), _("The horizon lies after the opening."))
        free = held is None or held.status != Status.PUBLISHED
        motion = self.putting.put(held, Motion(slug=part.slug, **values), values, line, free=free)
        self.putting.settle()
        return motion

    def deciding(self) -> Prediction | None:
        """The prediction that decides it, where it is there."""
        slug, line = self.part.deciding_prediction, self.part.lines.get("deciding_prediction", 2)
        found = Prediction.objects.filter(slug=slug, motion__slug=self.part.slug).first() if slug else None
        if slug and found is None:
            if slug not in self.coming:
                self.putting.refuse(line, _("There is no prediction “%(slug)s”.") % {"slug": slug})
            self.report.waiting.append(Waiting(line, slug))
        return found

    def side(self, motion: Motion, part: SidePart, *, free: bool) -> Side:
        names = ("label", "short_label", "case", "glyph", "colour", "position")
        values = {name: getattr(part, name) for name in names}
        held = Side.objects.filter(motion=motion, slug=part.slug).select_related("thesis").first()
        return self.putting.put(held, Side(motion=motion, slug=part.slug, **values), values, part.line, free=free)

    def thesis(self, side: Side, part: SidePart, claims: dict[str, Claim], *, free: bool) -> None:
        if not part.thesis or side._state.adding:
            return
        claim = claims.get(part.thesis)
        if claim is None:
            said = _("The thesis “%(slug)s” is no claim of this file.") % {"slug": part.thesis}
            self.putting.refuse(part.line, said)
        elif side.thesis_id != claim.pk:
            if side.thesis_id is not None and not free:
                self.putting.refuse(part.line, _("The side is published with another thesis."))
            elif not self.report.problems:
                side.thesis = claim
                side.save()
