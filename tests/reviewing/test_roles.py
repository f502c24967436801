"""What each role may do, from the one table; nothing that is made later is forgotten."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from debate.actions.roles import MAY, Role, grant_all
from debate.models import Authored, Claim, User
from tests import factories as make
from tests.curating.forms import filled, page
from tests.reviewing.conftest import somebody

pytestmark = pytest.mark.django_db


def rights(role):
    return set(Group.objects.get(name=role.value).permissions.values_list("codename", flat=True))


def test_own_rights_and_those_of_groups_are_read_by_one_query(django_assert_num_queries):
    curator = User.objects.get(pk=somebody("cara").pk)
    curator.user_permissions.add(Permission.objects.get(codename="change_user"))
    with django_assert_num_queries(1):
        may = [curator.has_perm(f"debate.{name}") for name in ("change_user", "change_claim", "take_back")]
    assert may == [True, True, False]


def test_migrating_makes_a_group_for_each_role():
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_readers_have_none_and_administrators_have_all():
    of = {role: rights(role) for role in Role}
    assert of[Role.READER] == set()
    assert {"change_claim", "take_back", "change_user"} <= of[Role.ADMINISTRATOR]
    assert of[Role.CURATOR] | of[Role.MODERATOR] < of[Role.ADMINISTRATOR]


def test_curators_write_and_moderators_only_look_and_take_back():
    assert {"add_essay", "change_essay", "delete_essay"} <= rights(Role.CURATOR)
    moderator = rights(Role.MODERATOR)
    assert {"take_back", "view_moderationentry", "view_essay"} <= moderator
    assert {"add_essay", "change_essay", "delete_essay", "change_user"} & moderator == set()


def test_whatever_curators_write_and_whatever_has_a_page_is_in_the_table():
    authored = {model for model in apps.get_models() if issubclass(model, Authored)}
    ours = {model for model in admin.site._registry if model._meta.app_label == "debate"}
    assert (authored | ours) - MAY.keys() == set()


def test_a_right_that_is_missing_or_too_much_is_set_right_by_migrating():
    group = Group.objects.get(name=Role.CURATOR.value)
    before = rights(Role.CURATOR)
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    Permission.objects.filter(codename="change_claim").delete()
    grant_all(apps.get_app_config("debate"))
    assert rights(Role.CURATOR) == before


def test_a_moderator_takes_a_claim_back_and_changes_nothing_else(client_of):
    moderator = client_of(somebody("mo", Role.MODERATOR))
    claim = make.motion_with_claims(2).claims.last()
    assert b'name="_save"' not in moderator.get(page("claim", "change", claim.pk)).content
    for action in ("take_rows_back", "publish_rows"):
        moderator.post(page("claim"), {"action": action, "_selected_action": claim.pk})
    assert Claim.objects.get(pk=claim.pk).status == "draft"


def test_an_administrator_hands_out_roles_and_cannot_touch_a_superuser(client_of):
    office = client_of(somebody("ada", Role.ADMINISTRATOR))
    root, member = make.CuratorFactory(), make.MemberFactory()
    assert "groups" in filled(office.get(page("user", "change", member.pk)))
    assert "groups" not in filled(office.get(page("user", "change", root.pk)))
    office.post(page("user", "delete", root.pk), {"post": "yes"})
    assert User.objects.filter(pk=root.pk).exists()
