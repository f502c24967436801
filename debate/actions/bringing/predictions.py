"""The predictions of an essay file, the readings of its essay, and what bears on and follows from them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from debate.actions.bringing.putting import Putting
from debate.actions.bringing.report import Waiting
from debate.actions.bringing.shapes import BearingPart, Coming, EntailmentPart, PredictionPart
from debate.actions.rules import prediction_faults
from debate.models import (
    Bearing,
    Claim,
    Entailment,
    Essay,
    Motion,
    Prediction,
    PredictionCrowd,
    Reading,
    Status,
)


class PredictionsOfFile:
    """Brings predictions in. A reading of a prediction that another file brings waits for it."""

    def __init__(
        self,
        putting: Putting,
        motion: Motion,
        essay: Essay,
        *,
        parts: Sequence[PredictionPart],
        claims: dict[str, Claim],
        coming: Coming,
    ) -> None:
        self.putting, self.motion, self.essay, self.parts = putting, motion, essay, parts
        self.claims, self.coming = claims, coming
        self.rows: dict[str, Prediction] = {}

    def bring(self) -> None:
        if not self.parts or self.essay._state.adding:
            return
        self.find()
        for part in self.parts:
            if part.statement is not None:
                self.rows[part.slug] = self.prediction(part, self.rows.get(part.slug))
        self.putting.settle(self.count)
        for part in self.parts:
            self.beneath(part)
        self.putting.settle()

    def find(self) -> None:
        """What the file gives or names, as far as it is there, and the claims that its bearings name."""
        ends = {follows.conclusion for part in self.parts for follows in part.entailments}
        slugs = {part.slug for part in self.parts} | ends
        self.rows = {row.slug: row for row in Prediction.objects.filter(slug__in=slugs)}
        borne = {bears.claim for part in self.parts for bears in part.bearings} - self.claims.keys()
        self.claims |= {row.slug: row for row in Claim.objects.filter(slug__in=borne, motion=self.motion)}

    def prediction(self, part: PredictionPart, held: Prediction | None) -> Prediction:
        names = ("statement", "origin", "opens_at", "closes_at", "resolves_on", "criteria")
        values: dict[str, Any] = {name: getattr(part, name) for name in names}
        made = Prediction(slug=part.slug, motion=self.motion, essay=self.essay, **values)
        if held is not None and held.essay_id != self.essay.pk:
            said = _("This is a prediction of another essay; name it: ## [[%(slug)s]]")
            self.putting.refuse(part.line, said % {"slug": part.slug})
        self.check(made, part.line)
        free = held is None or held.status != Status.PUBLISHED
        return self.putting.put(held, made, values, part.line, free=free)

    def check(self, made: Prediction, line: int) -> None:
        if made.opens_at >= made.closes_at:
            self.putting.refuse(line, _("A prediction closes after it opens."))
        for fault in prediction_faults(made):
            self.putting.refuse(line, str(fault.message))

    def count(self) -> None:
        """Every prediction has a row that its forecasts are counted in."""
        crowds = [PredictionCrowd(prediction=row) for row in self.rows.values()]
        PredictionCrowd.objects.bulk_create(crowds, ignore_conflicts=True)

    def beneath(self, part: PredictionPart) -> None:
        prediction = self.rows.get(part.slug)
        if prediction is None:
            self.wait(part.line, part.slug)
            return
        if part.statement is None and (part.bearings or part.entailments):
            self.putting.refuse(part.line, _("Bearings and entailments stand in the file of the prediction's essay."))
            return
        if prediction._state.adding:
            return
        self.readings(part, prediction)
        free = prediction.status != Status.PUBLISHED
        for bears in part.bearings:
            self.bearing(bears, prediction, free=free)
        for follows in part.entailments:
            self.entailment(follows, prediction, free=free)

    def wait(self, line: int, slug: str) -> None:
        """What is not there comes with another file of the same call, or is a mistake."""
        if slug not in self.coming:
            self.putting.refuse(line, _("There is no prediction “%(slug)s”.") % {"slug": slug})
        self.putting.report.waiting.append(Waiting(line, slug))

    def readings(self, part: PredictionPart, prediction: Prediction) -> None:
        if len(part.readings) > 1:
            self.putting.refuse(part.readings[1].line, _("An essay has one reading for a prediction."))
        for told in part.readings[:1]:
            names = ("low", "high", "heading", "paragraph", "note")
            values = {name: getattr(told, name) for name in names}
            held = Reading.objects.filter(essay=self.essay, prediction=prediction).first()
            made = Reading(essay=self.essay, prediction=prediction, **values)
            self.putting.put(held, made, values, told.line, free=self.essay.status != Status.PUBLISHED)

    def bearing(self, told: BearingPart, prediction: Prediction, *, free: bool) -> None:
        claim = self.claims.get(told.claim)
        if claim is None or claim._state.adding:
            self.putting.refuse(told.line, _("There is no claim “%(slug)s”.") % {"slug": told.claim})
            return
        values = {"outcome": told.outcome, "rationale": told.rationale}
        held = Bearing.objects.filter(claim=claim, prediction=prediction).first()
        made = Bearing(claim=claim, prediction=prediction, **values)
        self.putting.put(held, made, values, told.line, free=free)

    def entailment(self, told: EntailmentPart, prediction: Prediction, *, free: bool) -> None:
        conclusion = self.rows.get(told.conclusion)
        if conclusion is None or conclusion._state.adding:
            self.wait(told.line, told.conclusion)
            return
        held = Entailment.objects.filter(premise=prediction, conclusion=conclusion).first()
        made = Entailment(premise=prediction, conclusion=conclusion, rationale=told.rationale)
        self.putting.put(held, made, {"rationale": told.rationale}, told.line, free=free)
