"""Who wrote, and what each of them holds."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, one_or_404
from debate.forms.address import page_only
from debate.http import Request
from debate.lenses import author as record
from debate.lenses.library import authors_page, records_of
from debate.models import Author


@require_safe
def index(request: Request) -> HttpResponse:
    page = authors_page(edition_of(request), page_only(request.GET))
    records = records_of(edition_of(request), page)
    authors = [(author, records.get(author.pk)) for author in page.rows]
    return render(request, "authors/list.html", {"page": page, "authors": authors})


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    author = one_or_404(Author.objects.visible(), slug)
    return render(request, "authors/detail.html", {"page": record.page_of(edition_of(request), author)})
