"""The text of an essay, kept for curators while they take it apart."""

from collections.abc import Iterable

from django.utils import timezone

from debate.actions.writing import writing
from debate.models import Essay, SourceParagraph, SourceText
from debate.reasoning.paragraphs import Paragraph


def keep_source(*, essay: Essay, paragraphs: Iterable[Paragraph]) -> SourceText:
    """Make these paragraphs the essay's text, in place of any that is kept.

    A paragraph that was set aside stays so while its text does. Claims and passages stay as they are: what they name
    is a place, which may by then be another paragraph.
    """
    with writing():
        aside = set(SourceParagraph.objects.of_essay(essay).filter(set_aside=True).values_list("text", flat=True))
        source, _made = SourceText.objects.update_or_create(essay=essay, defaults={"changed_at": timezone.now()})
        source.paragraphs.all().delete()
        rows = [SourceParagraph(source=source, set_aside=p.text in aside, **p._asdict()) for p in paragraphs]
        SourceParagraph.objects.bulk_create(rows, batch_size=500)
    return source


def drop_source(*, essay: Essay) -> None:
    """Forget the essay's text for good: there is no history of it."""
    with writing():
        SourceText.objects.filter(essay=essay).delete()


def set_aside(*, essay: Essay, number: int, aside: bool) -> None:
    """Say that a paragraph holds no claim, or that it may hold one after all."""
    with writing():
        SourceParagraph.objects.of_essay(essay).filter(number=number).update(set_aside=aside)
        SourceText.objects.filter(essay=essay).update(changed_at=timezone.now())
