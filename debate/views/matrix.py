"""The matrix: who stands where on every claim of a motion."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of
from debate.forms.matrix import MatrixAsked
from debate.http import Request
from debate.keyset import place_of, token_for
from debate.lenses.board import board_of
from debate.lenses.matrix import Within, matrix_of
from debate.lenses.matrix_layout import layout_of
from debate.lenses.matrix_links import narrowing_of
from debate.views.former_tags import or_by_the_tags_of_now

ORDER = "matrix"


@require_safe
@or_by_the_tags_of_now
def page(request: Request) -> HttpResponse:
    """Authors and claims, for a motion, narrowed by side, by tags, by author, and by who speaks to a claim."""
    asked, edition = MatrixAsked.read(request.GET), edition_of(request)
    place = place_of(asked.page, ORDER)
    board = board_of(edition, asked.motion)
    within = Within(layout_of(edition, board, asked.authors, place.day), asked)
    matrix = matrix_of(board, within, place)
    token = token_for(ORDER, place.day, matrix.last) if matrix.last else ""
    context = {
        "asked": asked,
        "motion": matrix.motion,
        "matrix": matrix,
        "narrowing": narrowing_of(board, within),
        "top": asked.address(),
        "next": asked.address(page=token) if token else "",
    }
    return render(request, "matrix/page.html", context)
