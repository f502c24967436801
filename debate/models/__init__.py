"""The nouns of the site, floor by floor."""

from debate.models.authored import Authored, Edition, Status
from debate.models.people import AUTHORS_IN_ORDER, Author, User
from debate.models.sessions import Session
from debate.models.motions import MOTIONS_IN_ORDER, Motion, Side
from debate.models.essays import ESSAYS_AT_WORK, ESSAYS_IN_ORDER, Essay
from debate.models.claims import ORDERS, ORDERS_BY_VOTES, Claim
from debate.models.tags import FormerTag, Tag, TaggedClaim, tag_slug
from debate.models.stances import Passage, Stance, StanceKind
from debate.models.sources import SourceParagraph, SourceText
from debate.models.arrivals import MOST_WAITING, Arrival
from debate.models.relations import Counterpoint, Relation
from debate.models.standing import ClaimStanding, CounterpointStanding
from debate.models.predictions import Prediction
from debate.models.readings import Bearing, Entailment, Reading
from debate.models.ballots import Ballot, HasRead, SwingCount
from debate.models.votes import (
    STEPS,
    ClaimTally,
    ClaimVote,
    Forecast,
    PredictionCrowd,
    Reveal,
    TagVote,
)
from debate.models.scores import FEWEST_SCORED, CrowdDay, ForecasterRecord, Listing, Score
from debate.models.insights import ClaimInsight, CruxClaim, InsightRun, ReaderPlace, SupportDay
from debate.models.moving import MovingClaim
from debate.models.curation import CorpusRow, DueReminder
from debate.models.moderation import ModerationEntry
from debate.models.suggestions import Suggestion
from debate.models.reviews import Review
from debate.models.revisions import REVISIONS_IN_ORDER, Revision

__all__ = [
    "AUTHORS_IN_ORDER",
    "ESSAYS_AT_WORK",
    "ESSAYS_IN_ORDER",
    "FEWEST_SCORED",
    "MOST_WAITING",
    "MOTIONS_IN_ORDER",
    "ORDERS",
    "ORDERS_BY_VOTES",
    "REVISIONS_IN_ORDER",
    "STEPS",
    "Arrival",
    "Author",
    "Authored",
    "Ballot",
    "Bearing",
    "Claim",
    "ClaimInsight",
    "ClaimStanding",
    "ClaimTally",
    "ClaimVote",
    "CorpusRow",
    "Counterpoint",
    "CounterpointStanding",
    "CrowdDay",
    "CruxClaim",
    "DueReminder",
    "Edition",
    "Entailment",
    "Essay",
    "Forecast",
    "ForecasterRecord",
    "FormerTag",
    "HasRead",
    "InsightRun",
    "Listing",
    "ModerationEntry",
    "Motion",
    "MovingClaim",
    "Passage",
    "Prediction",
    "PredictionCrowd",
    "ReaderPlace",
    "Reading",
    "Relation",
    "Reveal",
    "Review",
    "Revision",
    "Score",
    "Session",
    "Side",
    "SourceParagraph",
    "SourceText",
    "Stance",
    "StanceKind",
    "Status",
    "Suggestion",
    "SupportDay",
    "SwingCount",
    "Tag",
    "TagVote",
    "TaggedClaim",
    "User",
    "tag_slug",
]
