"""Claims of a motion that say nearly what a curator is writing, to attach a passage to instead of saying it twice."""

from typing import NamedTuple

from debate.models import Claim, Essay, Relation, SourceParagraph
from debate.reasoning.likeness import MOST, SAME, most_alike
from debate.reasoning.originality import Wording

FEWEST_LETTERS = 4
MOST_READ = 3_000


class Similar(NamedTuple):
    """A claim that is there already; `near`, so alike that it is hardly another; `spoken_to`, by this very essay."""

    claim: Claim
    near: bool
    spoken_to: bool


def similar_claims(essay: Essay, text: str, most: int = MOST) -> list[Similar]:
    """The claims of the essay's motion most like the text, the most like first: words in common, then likeness.

    Two queries.
    """
    if len(text.strip()) < FEWEST_LETTERS:
        return []
    found = Claim.objects.of_motion(essay.motion).sharing_words(text).texts(MOST_READ)
    alike = most_alike(text, found, most)
    rows = {claim.pk: claim for claim in Claim.objects.keyed(one.key for one in alike).with_stance_of(essay)}
    return [Similar(rows[one.key], one.score >= SAME, rows[one.key].spoken_to) for one in alike if one.key in rows]


def targets(essay: Essay, text: str, *, undercuts: bool) -> list[Claim] | list[Relation]:
    """What a relation may be aimed at: claims of the motion like the text or, for an undercut, relations of such."""
    claims = [similar.claim for similar in similar_claims(essay, text)]
    if not undercuts:
        return claims
    return list(Relation.objects.of_claims(claim.pk for claim in claims).direct().with_ends()[:MOST])


def repeated_runs(essay: Essay, text: str) -> list[str]:
    """Runs of seven words and more that a text shares with the essay's source. One query."""
    paragraphs = list(SourceParagraph.objects.of_essay(essay))
    titles = {essay.title, *(paragraph.heading for paragraph in paragraphs)}
    return Wording("\n".join(paragraph.text for paragraph in paragraphs), titles).repeated_in(text)
