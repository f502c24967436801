"""An essay or a motion as the database holds it becomes a file that says all of it."""

from collections.abc import Iterable, Iterator
from datetime import UTC

from debate.actions.bringing.arrows import arrow_of
from debate.actions.bringing.shapes import (
    AuthorPart,
    BearingPart,
    ClaimPart,
    EntailmentPart,
    EssayFile,
    EssayPart,
    File,
    MotionFile,
    MotionPart,
    PassagePart,
    PredictionPart,
    ReadingPart,
    RelationPart,
    SidePart,
)
from debate.models import (
    Author,
    Bearing,
    Claim,
    Entailment,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    Tag,
)


def files_of(motion: Motion) -> Iterator[File]:
    """The motion and then its essays in the order written, as files that refer to each other and to nothing else."""
    yield motion_file(motion)
    for essay in Essay.objects.of_motion(motion).with_facts().in_order_written():
        yield essay_file(essay)


def essay_file(essay: Essay) -> EssayFile:
    """All that belongs to an essay: its claims, passages, relations, predictions and readings. Some ten queries."""
    stances = list(Stance.objects.of_essay(essay).with_passages().in_order_read())
    relations = list(Relation.objects.drawn_in(essay).with_arrows())
    predictions = list(Prediction.objects.of_essay_or_read_in(essay))
    bearings = list(Bearing.objects.of_predictions(own_of(essay, predictions)))
    named = {slug for relation in relations for slug in arrow_of(relation).claims}
    claims = claims_of(essay.motion, {stance.claim.slug for stance in stances} | named | slugs_borne(bearings))
    by_claim = {stance.claim_id: stance for stance in stances}
    first = [claims[stance.claim.slug] for stance in stances]
    others = sorted(claims.values(), key=lambda claim: claim.slug)
    parts = [claim_part(claim, by_claim.get(claim.pk), relations) for claim in dict.fromkeys([*first, *others])]
    return EssayFile(
        name=f"essays/{essay.slug}.md",
        essay=essay_part(essay),
        tags=tags_of(parts),
        claims=tuple(parts),
        predictions=tuple(prediction_parts(essay, predictions, bearings)),
    )


def motion_file(motion: Motion) -> MotionFile:
    """The motion with its sides and theses, and what no essay draws: what curators and readers made."""
    sides = list(motion.sides.select_related("thesis").order_by("position"))
    relations = list(Relation.objects.of_motion(motion).drawn_by_curators().with_arrows())
    wanted = {slug for relation in relations for slug in arrow_of(relation).claims}
    wanted |= {side.thesis.slug for side in sides if side.thesis}
    wanted |= set(Claim.objects.of_motion(motion).made_here().values_list("slug", flat=True))
    claims = claims_of(motion, wanted)
    parts = [claim_part(claims[slug], None, relations) for slug in sorted(claims)]
    return MotionFile(f"motions/{motion.slug}.md", motion_part(motion, sides), tags_of(parts), tuple(parts))


def motion_part(motion: Motion, sides: Iterable[Side]) -> MotionPart:
    deciding = motion.deciding_prediction
    return MotionPart(
        slug=motion.slug,
        question=motion.question,
        opened_on=motion.opened_on,
        horizon=motion.horizon,
        deciding_prediction=deciding.slug if deciding else "",
        sides=tuple(map(side_part, sides)),
        context=motion.context.strip(),
    )


def side_part(side: Side) -> SidePart:
    thesis = side.thesis.slug if side.thesis else ""
    return SidePart(side.slug, side.label, side.short_label, side.case, side.glyph, side.colour, side.position, thesis)


def essay_part(essay: Essay) -> EssayPart:
    return EssayPart(
        slug=essay.slug,
        motion=essay.motion.slug,
        title=essay.title,
        authors=tuple(author_part(author) for author in essay.authors.order_by("slug")),
        publisher=essay.publisher,
        source_url=essay.source_url,
        source_note=essay.source_note.strip(),
        published_on=essay.published_on,
        date_precision=essay.date_precision,
        side=essay.side.slug if essay.side else "",
        responds_to=essay.responds_to.slug if essay.responds_to else "",
        words=essay.words,
        summary=essay.summary.strip(),
    )


def author_part(author: Author) -> AuthorPart:
    return AuthorPart(author.slug, author.name, author.short_name, author.named, author.about.strip())


def claims_of(motion: Motion, slugs: Iterable[str]) -> dict[str, Claim]:
    """Claims with side and tags, by slug."""
    rows = Claim.objects.of_motion(motion).named(slugs).select_related("side").prefetch_related("tag_uses__tag")
    return {claim.slug: claim for claim in rows}


def tags_of(parts: Iterable[ClaimPart]) -> dict[str, str]:
    """The names of the tags that the claims carry, by slug."""
    slugs = {slug for part in parts for slug in part.tags or ()}
    return dict(Tag.objects.filter(slug__in=slugs).order_by("slug").values_list("slug", "name"))


def claim_part(claim: Claim, stance: Stance | None, relations: Iterable[Relation]) -> ClaimPart:
    drawn = [RelationPart(arrow_of(row), row.rationale) for row in relations if row.source_id == claim.pk]
    return ClaimPart(
        slug=claim.slug,
        text=claim.text,
        kind=claim.kind,
        side=claim.side.slug if claim.side else "",
        tags=tuple(sorted(use.tag.slug for use in claim.tag_uses.all())),
        note=claim.note.strip(),
        origin=claim.origin,
        stance=stance.kind if stance else None,
        passages=tuple(passage_part(passage) for passage in stance.passages.all()) if stance else (),
        relations=tuple(sorted(drawn, key=lambda part: str(part.arrow))),
    )


def passage_part(passage: Passage) -> PassagePart:
    place = (passage.number, passage.heading, passage.paragraph)
    return PassagePart(passage.kind, *place, passage.speaker, passage.gist, passage.quote.strip())


def own_of(essay: Essay, predictions: Iterable[Prediction]) -> list[Prediction]:
    return [prediction for prediction in predictions if prediction.essay_id == essay.pk]


def slugs_borne(bearings: Iterable[Bearing]) -> set[str]:
    return {bearing.claim.slug for bearing in bearings}


def prediction_parts(
    essay: Essay, predictions: Iterable[Prediction], bearings: Iterable[Bearing]
) -> Iterator[PredictionPart]:
    """The essay's own predictions whole, those of others by name, each with the reading of this essay."""
    readings = {reading.prediction_id: reading for reading in Reading.objects.filter(essay=essay)}
    follows = Entailment.objects.filter(premise__essay=essay).select_related("conclusion").order_by("conclusion__slug")
    entailments = list(follows)
    for prediction in predictions:
        read = tuple(reading_part(readings[prediction.pk]) for _once in range(prediction.pk in readings))
        if prediction.essay_id != essay.pk:
            yield PredictionPart(prediction.slug, readings=read)
            continue
        yield PredictionPart(
            slug=prediction.slug,
            statement=prediction.statement,
            origin=prediction.origin,
            opens_at=prediction.opens_at.astimezone(UTC),
            closes_at=prediction.closes_at.astimezone(UTC),
            resolves_on=prediction.resolves_on,
            criteria=prediction.criteria.strip(),
            readings=read,
            bearings=tuple(bearing_part(row) for row in bearings if row.prediction_id == prediction.pk),
            entailments=tuple(entailment_part(row) for row in entailments if row.premise_id == prediction.pk),
        )


def reading_part(reading: Reading) -> ReadingPart:
    return ReadingPart(reading.low, reading.high, reading.heading, reading.paragraph, reading.note)


def bearing_part(bearing: Bearing) -> BearingPart:
    return BearingPart(bearing.claim.slug, bearing.outcome, bearing.rationale)


def entailment_part(entailment: Entailment) -> EntailmentPart:
    return EntailmentPart(entailment.conclusion.slug, entailment.rationale)
