"""What the numbers of the method come to on the featured motion now.

What the corpus alone says stands there for everybody; what readers say, for who has asked to see it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from django.utils import timezone

from debate.lenses.kept import Kept
from debate.lenses.ledger_index import index_of
from debate.lenses.outcome import Closing, closing_of
from debate.lenses.results import Group, results_of
from debate.lenses.swing import FEWEST_PAIRS
from debate.models import Claim, InsightRun, Motion, Prediction, PredictionCrowd, Stance, SwingCount
from debate.reasoning.arrangement import Common, Disagreement, disagreement, in_common, likeness, stand
from debate.reasoning.tally import Share, wilson

CORPORA: "Kept[CorpusNow]" = Kept(most=4)
Voices = Mapping[int, Mapping[str, Sequence[str]]]
"""For each claim what each author who speaks to it does with it, oldest first, by the author's short name."""


class Parted(NamedTuple):
    claim: Claim
    told: Disagreement


class Closed(NamedTuple):
    """The prediction that closed last of those resolved yes or no, and what the crowd scored on it."""

    prediction: Prediction
    closing: Closing


class Beside(NamedTuple):
    """The two authors who are most alike."""

    names: tuple[str, str]
    common: Common
    value: float


@dataclass(frozen=True, slots=True)
class CorpusNow:
    """`central`: the claim that most hangs on, with its standing; `counterpoints`, of which `answered`."""

    central: Claim | None
    counterpoints: int
    answered: int
    parted: Parted | None
    beside: Beside | None

    @property
    def speaking(self) -> int:
        """How many essays speak to the central claim."""
        return len(self.central.standing.voices) if self.central else 0

    @property
    def hanging(self) -> int:
        """The claims whose paths to a thesis pass through it."""
        return self.central.standing.central - self.speaking if self.central else 0


@dataclass(frozen=True, slots=True)
class CrowdNow:
    """None where nobody has voted, forecast or moved, or too few to tell."""

    split: Claim | None
    votes: Group | None
    deciding: Prediction | None
    crowd: PredictionCrowd | None
    closed: Closed | None
    run: InsightRun | None
    pairs: int
    moved: Share | None


def corpus_now(edition: str, motion: Motion) -> CorpusNow:
    """Four queries once an edition, and those of the ledger."""
    return CORPORA.get(edition, motion.pk, lambda: read_corpus(edition, motion))


def read_corpus(edition: str, motion: Motion) -> CorpusNow:
    counts, voices = index_of(edition, motion).counts, voices_of(motion)
    counterpoints = counts["answered"] + counts["unanswered"]
    central = Claim.objects.visible().for_list_page().most_central(motion, 1).first()
    return CorpusNow(central, counterpoints, counts["answered"], furthest_parted(voices), most_alike(voices))


def voices_of(motion: Motion) -> Voices:
    found: dict[int, dict[str, list[str]]] = {}
    for claim, author, kind in Stance.objects.visible().shown().of_motion(motion).by_each_author():
        found.setdefault(claim, {}).setdefault(author, []).append(kind)
    return found


def furthest_parted(voices: Voices) -> Parted | None:
    told = {claim: disagreement(list(by_author.values())) for claim, by_author in voices.items()}
    first = max(told, key=lambda claim: (*told[claim], -claim), default=None)
    claim = Claim.objects.keyed([first]).first() if first else None
    return Parted(claim, told[claim.pk]) if claim else None


def most_alike(voices: Voices) -> Beside | None:
    stands: dict[str, dict[int, int]] = {}
    for claim, by_author in voices.items():
        for author, kinds in by_author.items():
            if where := stand(kinds):
                stands.setdefault(author, {})[claim] = where
    pairs = [beside(names, stands) for names in combinations(sorted(stands), 2)]
    return max(pairs, key=lambda pair: pair.value, default=None)


def beside(names: tuple[str, str], stands: Mapping[str, Mapping[int, int]]) -> Beside:
    common = in_common(*(stands[name] for name in names))
    return Beside(names, common, likeness(common))


def crowd_now(motion: Motion) -> CrowdNow:
    """Six queries."""
    split = Claim.objects.visible().of_motion(motion).with_tally().most_contested().first()
    votes = results_of(split.tally).everybody if split else None
    deciding = Prediction.objects.visible().keyed([motion.deciding_prediction_id or 0]).with_crowd().first()
    crowd = deciding.crowd if deciding and deciding.crowd.median is not None else None
    run = InsightRun.objects.shown().of_motion(motion).first()
    pairs, moved = swing_of(SwingCount.objects.of_motion(motion).on_motion_alone())
    return CrowdNow(split, votes, deciding, crowd, closed_last(motion), run, pairs, moved)


def closed_last(motion: Motion) -> Closed | None:
    prediction = Prediction.objects.visible().of_motion(motion).judged(timezone.now()).first()
    closing = closing_of(prediction) if prediction else None
    return Closed(prediction, closing) if prediction and closing else None


def swing_of(rows: Iterable[SwingCount]) -> tuple[int, Share | None]:
    """How many pairs there are, and the share that differs; told of ten or more."""
    counted: Counter[bool] = Counter()
    for row in rows:
        counted[row.before_id != row.after_id] += row.readers
    pairs = counted.total()
    return pairs, wilson(counted[True], pairs) if pairs >= FEWEST_PAIRS else None
