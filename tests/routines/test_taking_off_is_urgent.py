"""Withdrawing something and ending a link are never told to wait: they ask for their turn as urgent, and find room."""

from __future__ import annotations

from unittest.mock import patch

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from clinical.models import User
from clinical.serving.capacity import room
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink
from testing import factories
from tests.clinical.publishing.roads import chief


def test_withdrawing_and_revoking_are_urgent(routine: RoutinePage, exercise: ExercisePage, client: Client):
    client.force_login(chief())
    link, _token = factories.link_to(routine)
    addresses = [
        reverse("clinical_withdraw_page", args=[exercise.pk]),
        reverse("sharing_link", args=[link.pk]),
        reverse("sharing_links_revoke"),
    ]
    with patch("clinical.middleware.write_lock") as turn, patch.object(room, "most", 1):
        answers = [client.post(address, {"reason": "It tears.", "understood": "on"}) for address in addresses]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert [call.kwargs for call in turn.call_args_list] == [{"urgent": True}] * 3
    assert not ShareLink.objects.filter(revoked_at__isnull=True).exists()


def test_nobody_gives_way_for_who_may_not_do_it(exercise: ExercisePage, client: Client):
    address = reverse("clinical_withdraw_page", args=[exercise.pk])
    with patch("clinical.middleware.write_lock") as turn:
        assert client.post(address).status_code == 302  # to signing in
        assert turn.call_args_list == []
        practitioner = User.objects.create_user("practitioner")
        client.force_login(practitioner)
        client.post(address)
        assert turn.call_args_list == []
        practitioner.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.post(address)
    assert [call.kwargs for call in turn.call_args_list] == [{"urgent": False}]


def test_password_is_set_by_a_link_whole_and_before_signing_in(db: None, client: Client):
    address = reverse("wagtailadmin_password_reset_confirm", args=["MQ", "set-password"])
    with patch("clinical.middleware.write_lock") as turn:
        client.post(address)
    assert [call.kwargs for call in turn.call_args_list] == [{"urgent": False}]
