"""What is derived equals what it is derived from."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.apps import apps
from django.db.models import Model

from debate import search
from debate.actions.auditing.rule import Rule
from debate.actions.insights.recounting import miscounted_runs, wrong_insights
from debate.actions.recounting import wrong_crowds, wrong_standings, wrong_tallies
from debate.actions.recounting_days import wrong_days
from debate.actions.recounting_scores import wrong_records, wrong_scores
from debate.actions.swinging import wrong_swing
from debate.models import Authored, Claim, Prediction


def claims_without_tally() -> Iterable[Claim]:
    return Claim.objects.filter(tally__isnull=True).exclude(status=Claim.Status.MERGED).order_by("pk")


def claims_without_standing() -> Iterable[Claim]:
    return Claim.objects.visible().filter(standing__isnull=True).order_by("pk")


def predictions_without_crowd() -> Iterable[Prediction]:
    return Prediction.objects.filter(crowd__isnull=True).order_by("pk")


def rendered_fields(model: type[Authored]) -> list[str]:
    """The columns that a model derives from what people write."""
    written = {field.name for field in model.authored_fields()} | Authored.derived_fields
    return [field.attname for field in model._meta.concrete_fields if field.name not in written]


def rendered_otherwise(model: type[Authored], columns: list[str]) -> Iterator[Model]:
    """Rows whose stored HTML is not what their source renders to."""
    for row in model._base_manager.order_by("pk").iterator(200):
        stored = [getattr(row, name) for name in columns]
        row.render()
        if stored != [getattr(row, name) for name in columns]:
            yield row


def rendering_rules() -> Iterator[Rule]:
    for model in apps.get_app_config("debate").get_models():
        if issubclass(model, Authored) and not model._meta.proxy and (columns := rendered_fields(model)):
            name = f"the stored HTML of {model._meta.verbose_name_plural} is what their source renders to"
            yield Rule(name, partial(rendered_otherwise, model, columns))


def rules() -> list[Rule]:
    return [
        Rule("a claim that is not merged has a tally", claims_without_tally),
        Rule("a visible claim has a standing", claims_without_standing),
        Rule("a prediction has a crowd", predictions_without_crowd),
        Rule("a tally equals a recount of its votes", wrong_tallies),
        Rule("a crowd's number equals a recount of its forecasts", wrong_crowds),
        Rule("the crowd's days equal a recount of the forecasts that stood at their ends", wrong_days),
        Rule("the counts of who moved equal a recount of the pairs of ballots", wrong_swing),
        Rule("a score equals what the forecasts of its resolved prediction make", wrong_scores),
        Rule("a forecaster's record equals what their scores add up to", wrong_records),
        Rule("a standing equals what the graph makes of it", wrong_standings),
        Rule("insights equal what the votes they were computed from make", wrong_insights),
        Rule("a run's groups and dots hold every reader it has placed", miscounted_runs),
        *rendering_rules(),
        Rule("the search index is complete", search.incomplete),
    ]
