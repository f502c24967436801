"""What a feed reader may follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
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
from debate.models import Relation, StanceKind


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
