"""A member's account in one place: what they are called, how they sign in, and what others see of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from debate.actions import membership
from debate.forms.profile import NameForm
from debate.http import Request
from debate.lenses.own_account import ways_of
from debate.models import User


def member_of(request: Request) -> User:
    """The member whose session it is; the gate before has seen to it that there is one."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: Request) -> HttpResponse:
    member = member_of(request)
    told = request.POST if request.method == "POST" else None
    form = NameForm(told, initial={"display_name": member.display_name})
    if told is not None and form.is_valid():
        name = membership.rename(member=member, name=form.cleaned_data["display_name"])
        messages.success(request, _("You are called %s now.") % name if name else _("You go by no name now."))
        return redirect("account")
    context = {"form": form, "ways": ways_of(member), "member": member}
    return render(request, "account/overview.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def sign_out_elsewhere(request: Request) -> HttpResponse:
    membership.sign_out_elsewhere(member=member_of(request), here=request.session.session_key or "")
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("account")
