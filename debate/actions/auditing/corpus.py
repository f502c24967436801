"""What holds among the rows that curators write."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.db.models import Exists, F, Model, OuterRef, Q

from debate.actions.auditing.rule import Rule
from debate.models import (
    Bearing,
    Claim,
    ClaimVote,
    Entailment,
    Essay,
    FormerTag,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    Status,
    Suggestion,
    Tag,
    TagVote,
)
from debate.models.relations import DEEPEST_UNDERCUT
from debate.reasoning.text import marked_claims

DRAWN = Relation.drawn_by.through
SAME_MOTION: list[tuple[str, type[Model], str, str]] = [
    ("an essay takes a side of its motion", Essay, "motion", "side__motion"),
    ("an essay responds to one of its motion", Essay, "motion", "responds_to__motion"),
    ("a claim favours a side of its motion", Claim, "motion", "side__motion"),
    ("a merged claim lives on in one of its motion", Claim, "motion", "merged_into__motion"),
    ("an essay takes a stance on a claim of its motion", Stance, "essay__motion", "claim__motion"),
    ("a relation stays in its motion", Relation, "source__motion", "target_claim__motion"),
    ("an undercut stays in its motion", Relation, "source__motion", "target_relation__source__motion"),
    ("an essay draws relations of its motion", DRAWN, "essay__motion", "relation__source__motion"),
    ("a prediction is from an essay of its motion", Prediction, "motion", "essay__motion"),
    ("a reading joins essay and prediction of one motion", Reading, "essay__motion", "prediction__motion"),
    ("a bearing joins claim and prediction of one motion", Bearing, "claim__motion", "prediction__motion"),
    ("an entailment joins predictions of one motion", Entailment, "premise__motion", "conclusion__motion"),
    ("a side's thesis is a claim of its motion", Side, "motion", "thesis__motion"),
    ("a motion is decided by a prediction of its own", Motion, "pk", "deciding_prediction__motion"),
]


def elsewhere(model: type[Model], own: str, other: str) -> Iterable[Model]:
    """Rows that point into another motion."""
    return model._base_manager.filter(~Q(**{other: F(own)}), **{f"{other}__isnull": False}).order_by("pk")


def stances_not_shown() -> Iterable[Stance]:
    shown = Passage.objects.filter(stance=OuterRef("pk"), kind=OuterRef("kind"))
    return Stance.objects.filter(~Exists(shown)).order_by("pk")


def relations_drawn_by_nobody() -> Iterable[Relation]:
    drawn = DRAWN._base_manager.filter(relation=OuterRef("pk"))
    return Relation.objects.filter(~Exists(drawn), origin=Relation.Origin.ESSAY).order_by("pk")


def curators_relations_with_essays() -> Iterable[Relation]:
    drawn = DRAWN._base_manager.filter(relation=OuterRef("pk"))
    return Relation.objects.filter(Exists(drawn), origin=Relation.Origin.CURATOR).order_by("pk")


def undercuts_of_oneself() -> Iterable[Relation]:
    """To undercut what one leads to oneself is to take it back: that relation should not be drawn."""
    return Relation.objects.filter(target_relation__source=F("source")).order_by("pk")


def undercuts_too_high() -> Iterable[Relation]:
    """Higher than any that readers are shown; one in a circle has no end at all."""
    too_high = "__".join(["target_relation"] * (DEEPEST_UNDERCUT + 1))
    return Relation.objects.filter(**{f"{too_high}__isnull": False}).order_by("pk")


def merged_without_end() -> Iterator[str]:
    """Claims whose way from survivor to survivor never comes to one that is not merged."""
    merged = dict(Claim.objects.filter(status=Claim.Status.MERGED).values_list("pk", "merged_into"))
    for claim in merged:
        end: int | None = claim
        steps = 0
        while end is not None and end in merged and steps <= len(merged):
            end, steps = merged[end], steps + 1
        if end in merged:
            yield f"claim {claim}"


def merged_with_votes(model: type[ClaimVote] | type[TagVote] | type[Suggestion]) -> Iterable[Model]:
    return model._base_manager.filter(claim__status=Claim.Status.MERGED).order_by("pk")


def theses_unpublished() -> Iterable[Side]:
    sides = Side.objects.filter(motion__status=Status.PUBLISHED, thesis__isnull=False)
    return sides.exclude(thesis__status=Claim.Status.PUBLISHED).order_by("pk")


def featured_without_theses() -> Iterable[Side]:
    return Side.objects.filter(motion__featured=True, thesis__isnull=True).order_by("pk")


def featured_undecided() -> Iterable[Motion]:
    published = Q(deciding_prediction__status=Status.PUBLISHED)
    return Motion.objects.filter(~published | Q(deciding_prediction__isnull=True), featured=True).order_by("pk")


def last_day(essay: Essay) -> date | None:
    """The last day that the essay's date may mean; none where it has no date."""
    day = essay.published_on
    if day is None or essay.date_precision == Essay.Precision.DAY:
        return day
    if essay.date_precision == Essay.Precision.YEAR:
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1])


def essays_of_nobody() -> Iterable[Model]:
    return Essay.objects.visible().filter(authors__isnull=True).order_by("pk")


def answers_to_later_essays() -> Iterator[Essay]:
    answering = Essay.objects.filter(responds_to__isnull=False).select_related("responds_to").order_by("pk")
    for essay in answering.iterator(500):
        day, other = last_day(essay), essay.responds_to and essay.responds_to.published_on
        if day and other and other > day:
            yield essay


def resolved_before_closing() -> Iterable[Prediction]:
    return Prediction.objects.filter(resolves_on__lt=F("closes_at__date")).order_by("pk")


def marks_without_stance() -> Iterator[str]:
    """[[slugs]] in summaries that name no claim on which this essay takes a stance."""
    for essay in Essay.objects.exclude(summary="").only("slug", "summary").order_by("pk").iterator(200):
        marked = marked_claims(essay.summary)
        known = set(Stance.objects.filter(essay=essay, claim__slug__in=marked).values_list("claim__slug", flat=True))
        yield from (f"{essay.slug}: [[{slug}]]" for slug in marked if slug not in known)


def addresses_given_up_and_taken() -> Iterable[FormerTag]:
    return FormerTag.objects.filter(Exists(Tag.objects.filter(slug=OuterRef("slug")))).order_by("pk")


def rules() -> list[Rule]:
    return [
        *(Rule(name, partial(elsewhere, model, own, other)) for name, model, own, other in SAME_MOTION),
        Rule("a stance has a passage of its kind", stances_not_shown),
        Rule("an essay's relation names the essay that draws it", relations_drawn_by_nobody),
        Rule("a curator's relation is drawn by no essay", curators_relations_with_essays),
        Rule("an undercut attacks no relation of its own source", undercuts_of_oneself),
        Rule(f"an undercut comes to a claim within {DEEPEST_UNDERCUT} steps", undercuts_too_high),
        Rule("a merged claim ends at a claim that is not merged", merged_without_end),
        Rule("a merged claim has handed over its votes", partial(merged_with_votes, ClaimVote)),
        Rule("a merged claim has handed over its proposed tags", partial(merged_with_votes, TagVote)),
        Rule("a merged claim has handed over its suggestions", partial(merged_with_votes, Suggestion)),
        Rule("a thesis of a published motion is published", theses_unpublished),
        Rule("a side of the featured motion has a thesis", featured_without_theses),
        Rule("the featured motion has a published prediction that decides it", featured_undecided),
        Rule("a published essay names its authors", essays_of_nobody),
        Rule("an essay responds to nothing written later", answers_to_later_essays),
        Rule("a prediction resolves no earlier than on the day it closes", resolved_before_closing),
        Rule("a summary marks only claims on which its essay takes a stance", marks_without_stance),
        Rule("an address that a tag gave up is no tag's", addresses_given_up_and_taken),
    ]
