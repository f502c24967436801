"""One claim: who says what of it, what answers it, what it bears on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from debate.lenses.essays_of import essays_of
from debate.lenses.pulls import Pulls, pulls_on
from debate.models import Bearing, Claim, Essay, Passage, Relation

MOST_SILENT = 12
ANSWERING = ("rebuts", "undercuts", "qualifies")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one essay, all considered, does with the claim, and where."""

    essay: Essay
    kind: str
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Step:
    """A relation as seen from one of its ends: the claim at the other end, and who drew it."""

    relation: Relation
    claim: Claim
    drawn_by: Sequence[Essay]
    undercut_by: list["Step"] = field(default_factory=list)

    @property
    def answered(self) -> bool | None:
        """Whether something answers it; None where nothing has to."""
        standing = getattr(self.relation, "standing", None)
        return None if standing is None else bool(standing.answered)


@dataclass(frozen=True, slots=True)
class ClaimPage:
    claim: Claim
    voices: Sequence[Voice]
    silent: Sequence[Essay]
    more_silent: int
    answers: Sequence[Step]
    supports: Sequence[Step]
    bears_on: Sequence[Step]
    bearings: Sequence[Bearing]

    @property
    def pulls(self) -> Pulls:
        """What gives the claim its structural strength."""
        return pulls_on(self.claim, [*self.supports, *self.answers])

    @property
    def first(self) -> Essay | None:
        """The earliest essay that speaks to the claim and whose date is known, else the first there is."""
        return earliest([voice.essay for voice in self.voices])

    @property
    def first_asserted(self) -> Essay | None:
        """The earliest of those that assert it, likewise."""
        return earliest([voice.essay for voice in self.voices if voice.kind == "asserts"])


def earliest(essays: Sequence[Essay]) -> Essay | None:
    """The first of essays in the order written whose date is known, else the first there is."""
    return next((essay for essay in essays if essay.published_on), next(iter(essays), None))


def claim_page(edition: str, claim: Claim) -> ClaimPage:
    """Four queries, and one once an edition. What it tells depends on the corpus alone."""
    essays = essays_of(edition, claim.motion)
    voices = voices_on(claim, essays)
    speaking = {voice.essay.pk for voice in voices}
    silent = [essay for pk, essay in essays.items() if pk not in speaking]
    relations = Relation.objects.visible().touching(claim).for_claim_page()
    steps = [step_of(relation, claim, essays) for relation in relations]
    inward = nested([step for step in steps if step.relation.source_id != claim.pk])
    return ClaimPage(
        claim=claim,
        voices=voices,
        silent=silent[:MOST_SILENT],
        more_silent=max(0, len(silent) - MOST_SILENT),
        answers=by_weight((step for step in inward if step.relation.kind in ANSWERING), ANSWERING),
        supports=by_weight((step for step in inward if step.relation.kind == "supports"), ("supports",)),
        bears_on=[step for step in steps if step.relation.source_id == claim.pk],
        bearings=list(Bearing.objects.visible().of_claim(claim)),
    )


def voices_on(claim: Claim, essays: dict[int, Essay]) -> list[Voice]:
    """Who speaks to the claim, in the order written."""
    by_essay: dict[int, list[Passage]] = {}
    for passage in Passage.objects.visible().on(claim):
        by_essay.setdefault(passage.stance.essay_id, []).append(passage)
    return [Voice(essay, by_essay[pk][0].stance.kind, by_essay[pk]) for pk, essay in essays.items() if pk in by_essay]


def step_of(relation: Relation, claim: Claim, essays: dict[int, Essay]) -> Step:
    """The other end as seen from the claim; of an undercut that it makes, the reason that this denies its force."""
    other = relation.source
    if relation.source_id == claim.pk and relation.target_claim is not None:
        other = relation.target_claim
    elif relation.source_id == claim.pk and relation.target_relation is not None:
        other = relation.target_relation.source
    drawn = [essays[essay.pk] for essay in relation.drawn_by.all() if essay.pk in essays]
    return Step(relation, other, drawn)


def nested(steps: Sequence[Step]) -> list[Step]:
    """The steps to the claim; an undercut of a counterpoint stands under it, one of a support by itself."""
    by_key = {step.relation.pk: step for step in steps}
    top = []
    for step in steps:
        attacked = by_key.get(step.relation.target_relation_id or 0)
        if attacked is None or attacked.relation.kind == "supports":
            top.append(step)
        else:
            attacked.undercut_by.append(step)
    return top


def by_weight(steps: Iterable[Step], kinds: Sequence[str]) -> list[Step]:
    """Kind by kind; within one, what most hangs on first."""

    def rank(step: Step) -> tuple[int, int, int]:
        standing = getattr(step.claim, "standing", None)
        return kinds.index(step.relation.kind), -(standing.central if standing else 0), step.relation.pk

    return sorted(steps, key=rank)
