"""What follows from a change of the corpus: standings derived anew."""

from collections.abc import Iterable

from debate.actions.writing import writing
from debate.models import (
    Claim,
    ClaimStanding,
    ClaimTally,
    CounterpointStanding,
    Edition,
    Essay,
    Motion,
    Prediction,
    PredictionCrowd,
    Relation,
    Side,
    Stance,
)
from debate.reasoning.forces import strengths_of
from debate.reasoning.graph import Link, answered, hanging_on, leads_to, reaching, with_both_ends
from debate.reasoning.start import START

BATCH = 1_000


def claims_of(motion: Motion) -> list[int]:
    """The motion's visible claims, by keys."""
    return list(Claim.objects.visible().of_motion(motion).values_list("pk", flat=True))


def links_of(motion: Motion) -> list[Link]:
    """The motion's visible relations, by keys."""
    return links_among(motion, claims_of(motion))


def links_among(motion: Motion, claims: Iterable[int]) -> list[Link]:
    """The same, where the visible claims are known: asking for each end of each relation takes much longer."""
    return with_both_ends(Relation.objects.drawn_openly().of_motion(motion).as_links(), claims)


def signatures_of(motion: Motion) -> dict[int, str]:
    """The short names of each essay's authors, by the essay's key."""
    rows = Essay.objects.of_motion(motion).order_by("pk", "authors__pk").values_list("pk", "authors__short_name")
    names: dict[int, list[str]] = {}
    for essay, name in rows:
        names.setdefault(essay, []).append(name or "")
    return {essay: " & ".join(told) for essay, told in names.items()}


def voices_of(motion: Motion) -> dict[int, list[list[str]]]:
    """For each claim, who does what with it, in the order written: [author's short name, stance]."""
    stances = Stance.objects.visible().filter(claim__motion=motion).in_order_written()
    names, voices = signatures_of(motion), dict[int, list[list[str]]]()
    for claim, essay, kind in stances.values_list("claim", "essay", "kind"):
        voices.setdefault(claim, []).append([names[essay], kind])
    return voices


def aims(links: Iterable[Link]) -> Iterable[tuple[Link, int]]:
    """Each relation with the claim it bears on; an undercut bears on the claim that its relation is aimed at."""
    kept = list(links)
    by_key = {link.key: link for link in kept}
    for link in kept:
        end = link
        while end.claim is None and end.relation in by_key:
            end = by_key[end.relation]
        if end.claim is not None:
            yield link, end.claim


def standings_of(motion: Motion) -> tuple[list[ClaimStanding], list[CounterpointStanding]]:
    """What the graph of the motion's visible claims makes of each claim and each counterpoint."""
    claims = claims_of(motion)
    links, voices = links_among(motion, claims), voices_of(motion)
    theses = list(Side.objects.filter(motion=motion, thesis__isnull=False).values_list("thesis", flat=True))
    arrows = leads_to(links)
    hanging, fast = hanging_on(claims, arrows, theses), reaching(arrows, theses)
    countered = set(Stance.objects.visible().countering().on_any(claims).values_list("claim", flat=True))
    settled, strengths = answered(links, countered), strengths_of(dict.fromkeys(claims, START), links)
    rows = {
        pk: ClaimStanding(
            claim_id=pk,
            motion=motion,
            central=hanging[pk] + len(voices.get(pk, ())) if pk in fast else len(voices.get(pk, ())),
            loose=pk not in fast,
            strength=strengths[pk],
            voices=voices.get(pk, []),
        )
        for pk in claims
    }
    for link, claim in aims(links):
        if row := rows.get(claim):
            row.supports += link.kind == Relation.Kind.SUPPORTS
            row.counterpoints += link.kind != Relation.Kind.SUPPORTS
            row.unanswered += link.kind != Relation.Kind.SUPPORTS and link.key not in settled
    points = [link for link in links if link.kind != Relation.Kind.SUPPORTS]
    return list(rows.values()), [CounterpointStanding(relation_id=p.key, answered=p.key in settled) for p in points]


def refresh(motion: Motion) -> None:
    """Derive the motion's standings, and give every claim a tally and every prediction a crowd."""
    with writing():
        claims, points = standings_of(motion)
        ClaimStanding.objects.filter(motion=motion).delete()
        CounterpointStanding.objects.filter(relation__source__motion=motion).delete()
        ClaimStanding.objects.bulk_create(claims, batch_size=BATCH)
        CounterpointStanding.objects.bulk_create(points, batch_size=BATCH)
        kept = Claim.objects.filter(motion=motion, tally__isnull=True).exclude(status=Claim.Status.MERGED)
        untallied = kept.values_list("pk", flat=True)
        ClaimTally.objects.bulk_create([ClaimTally(claim_id=pk) for pk in untallied], batch_size=BATCH)
        uncounted = Prediction.objects.filter(motion=motion, crowd__isnull=True).values_list("pk", flat=True)
        PredictionCrowd.objects.bulk_create([PredictionCrowd(prediction_id=pk) for pk in uncounted], batch_size=BATCH)
        Edition.advance()


def refresh_all() -> None:
    for motion in Motion.objects.all():
        refresh(motion)
