"""What a feed reader may follow."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from unicodedata import category
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debate.lenses.ledger import Answer
from debate.lenses.ledger_news import Item, News
from debate.models import ModerationEntry, Relation, StanceKind

SINCE_EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The age of a feed that nothing has happened in."""


class SteadyAtom(Atom1Feed):
    """Tells of an empty feed that it is as old as its motion, not as new as the request: else it never is the same."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


class Unanswered(Feed):  # type: ignore[type-arg]
    """Counterpoints that nobody has answered, and those that somebody now has: each state is an entry of its own."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> News:  # noqa: ARG002
        news: News = kwargs["news"]
        return news

    def title(self, news: News) -> str:
        against = _("%(site)s: counterpoints to %(author)s, and what answers them")
        whose = against if news.author else _("%(site)s: counterpoints, and what answers them")
        return clean(whose % {"site": settings.SITE_NAME, "author": news.author})

    def subtitle(self, news: News) -> str:
        return clean(news.motion.question)

    def link(self, news: News) -> str:
        return reverse("unanswered") + query_of(news)

    def feed_url(self, news: News) -> str:
        return reverse("unanswered-feed") + query_of(news)

    def feed_guid(self, news: News) -> str:
        return urn("motion", news.motion.pk, news.motion.created_at, news.author.slug if news.author else "")

    def feed_extra_kwargs(self, news: News) -> dict[str, Any]:
        return {"since": news.motion.created_at}

    def author_name(self) -> str:
        return settings.SITE_NAME

    def items(self, news: News) -> Sequence[Item]:
        return news.items

    def item_title(self, item: Item) -> str:
        told = _("Answered: %s") if item.answered else _("Not answered: %s")
        return clean(told % item.row.relation.source.text)

    def item_description(self, item: Item) -> str:
        """As HTML, which is what the feed says it is."""
        return "".join(f"<p>{escape(clean(told))}</p>" for told in paragraphs_of(item))

    def item_link(self, item: Item) -> str:
        return item.row.relation.source.get_absolute_url()

    def item_guid(self, item: Item) -> str:
        state = "answered" if item.answered else "unanswered"
        return urn("counterpoint", item.row.relation.pk, item.row.relation.created_at, state)

    def item_pubdate(self, item: Item) -> datetime:
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.at

    def item_categories(self, item: Item) -> list[str]:
        return [str(item.row.relation.get_kind_display())]


def query_of(news: News) -> str:
    told = {"motion": "" if news.motion.featured else news.motion.slug, "author": news.author and news.author.slug}
    kept = {name: value for name, value in told.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def urn(kind: str, key: int, made: datetime, state: str) -> str:
    """A name that stays when addresses, slugs or the site's host change."""
    return uuid5(NAMESPACE_URL, f"{kind}/{key}/{made.isoformat()}/{state}").urn


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in text if category(sign) not in {"Cc", "Cs", "Cn"} or sign in "\t\n\r")


def paragraphs_of(item: Item) -> list[str]:
    """What the counterpoint does, why, who drew it when, and what answers it."""
    relation, row = item.row.relation, item.row
    drawn = ", ".join(f"{essay.who}, {essay.dated}" for essay in row.drawn_by)
    return [
        aim_of(relation),
        _("Why: %s") % relation.rationale,
        _("Drawn by: %s") % (drawn or _("a curator, %s") % row.since),
        *(_("Answer: %s") % told_answer(answer) for answer in row.answers),
    ]


def aim_of(relation: Relation) -> str:
    """What a counterpoint does: of an undercut, that it grants a claim and denies that it bears on another."""
    attacked = relation.target_relation
    if attacked is None:
        return f"{capfirst(relation.get_kind_display())}: “{relation.struck.text}”"
    bears = {"claim": attacked.source.text, "kind": attacked.get_kind_display(), "target": attacked.target_claim or "…"}
    return _("Grants “%(claim)s”, and denies that it %(kind)s “%(target)s”.") % bears


def told_answer(answer: Answer) -> str:
    who = ", ".join(essay.who or "" for essay in answer.essays) or _("a curator")
    said = answer.claim.text if answer.claim else _("%s it") % StanceKind(answer.kind).label
    return f"{said} ({who}, {answer.dated})"


class Told(NamedTuple):
    """Entries of the log, and the query of the page that shows the same."""

    entries: Sequence[ModerationEntry]
    query: str


class ModerationLog(Feed):  # type: ignore[type-arg]
    """What curators did, newest first, as the page of the log tells it."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Told:  # noqa: ARG002
        return Told(kwargs["entries"], kwargs["query"])

    def title(self, told: Told) -> str:  # noqa: ARG002
        return clean(_("%s: moderation log") % settings.SITE_NAME)

    def subtitle(self, told: Told) -> str:  # noqa: ARG002
        return _("What curators and moderators did, when, and why.")

    def link(self, told: Told) -> str:
        return reverse("log") + told.query

    def feed_url(self, told: Told) -> str:
        return reverse("log-feed") + told.query

    def feed_guid(self, told: Told) -> str:
        return uuid5(NAMESPACE_URL, f"{settings.SITE_NAME}/log{told.query}").urn

    def feed_extra_kwargs(self, told: Told) -> dict[str, Any]:  # noqa: ARG002
        return {"since": SINCE_EVER}

    def author_name(self) -> str:
        return settings.SITE_NAME

    def items(self, told: Told) -> Sequence[ModerationEntry]:
        return told.entries

    def item_title(self, entry: ModerationEntry) -> str:
        done = f"{capfirst(str(entry.get_verb_display()))}: {entry.noun}"
        return clean(f"{done}, “{entry.label}”" if entry.named else done)

    def item_description(self, entry: ModerationEntry) -> str:
        """As HTML, which is what the feed says it is."""
        return f"<p>{escape(clean(entry.reason))}</p>" if entry.reason else ""

    def item_link(self, entry: ModerationEntry) -> str:
        return entry.link or reverse("log")

    def item_guid(self, entry: ModerationEntry) -> str:
        return urn("moderation", entry.pk, entry.at, entry.verb)

    def item_pubdate(self, entry: ModerationEntry) -> datetime:
        return entry.at

    def item_updateddate(self, entry: ModerationEntry) -> datetime:
        return entry.at

    def item_categories(self, entry: ModerationEntry) -> list[str]:
        return [str(entry.get_verb_display())]
