"""Prints, as one line of JSON, guests and members with their cookies, and what can be voted on."""

import json

import django

django.setup()  # before the models are imported

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core import signing

from debate.models import Claim, Motion, Prediction, User
from debate.sessions import SessionStore

GUESTS, MEMBERS = 200, 16


def cookie_of_guest(guest: User) -> str:
    return "reader=" + signing.get_cookie_signer(salt="reader" + "reader").sign(str(guest.pk))


def cookie_of_member(member: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def member_number(number: int) -> User:
    name = f"bench-{number}"
    return User.objects.filter(username=name).first() or User.objects.create_user(name, password=None)


def known() -> dict[str, object]:
    motion = Motion.objects.get(featured=True)
    guests = [User.objects.create_guest() for _ in range(GUESTS)]
    open_now = Prediction.objects.visible().of_motion(motion).open()
    return {
        "claims": list(Claim.objects.visible().of_motion(motion).values_list("pk", "slug")[:50]),
        "predictions": list(open_now.values_list("slug", flat=True)[:20]),
        "guests": [(guest.pk, cookie_of_guest(guest)) for guest in guests],
        "members": [cookie_of_member(member_number(n)) for n in range(MEMBERS)],
    }


if __name__ == "__main__":
    print(json.dumps(known()))
