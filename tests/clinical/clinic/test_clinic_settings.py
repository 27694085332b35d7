"""A clinic makes the site its own in the admin: what it sets shows on the next request, and is on record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinical.clinic.clinic_known import Clinic, clinic, forget_clinic
from clinical.models import AuditEntry, ClinicSettings
from stretchsite.page_cache.frame_keys import made_under
from tests.clinical.publishing.roads import chief

OWN = {
    "name": "St. Elsewhere",
    "footer": "A practice in Elsewhere",
    "email": "desk@elsewhere.example",
    "phone": "+44 20 7946 0000",
    "licence": "CC BY 4.0",
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What a test sets is gone with it."""
    forget_clinic()
    yield
    forget_clinic()


def address() -> str:
    return reverse("wagtailsettings:edit", args=["clinical", "clinicsettings", ClinicSettings.load().pk])


def test_what_a_clinic_sets_shows_on_the_next_request_and_is_on_record(db: None, set_up_site: None, client: Client):
    assert "Stretchsite</span>" in client.get("/").text
    person, admin = chief(), Client()
    admin.force_login(person)
    saved = admin.post(address(), OWN)
    assert saved.status_code == 302
    page = client.get("/").text
    assert "– St. Elsewhere</title>" in page
    assert "St. Elsewhere</span>" in page
    foot = page.partition('<footer class="site-footer">')[2]
    assert "<p>A practice in Elsewhere</p>" in foot
    assert '<a href="mailto:desk@elsewhere.example">' in foot
    assert '<a href="tel:+442079460000">+44 20 7946 0000</a>' in foot
    assert "Licence of the content: CC BY 4.0" in foot
    entry = AuditEntry.objects.filter(action="settings_changed", title="Clinic settings").first()
    assert entry.by == person
    assert entry.details["changes"]["name"] == ["", "St. Elsewhere"]


def test_a_page_that_is_kept_says_what_its_generation_does(db: None):
    """A process that has remembered what was said before does not build it into a page that is kept for longer."""
    with made_under("one"):
        assert clinic().name == "Stretchsite"
    ClinicSettings.objects.update_or_create(defaults={"name": "Renamed"})
    with made_under("two"):
        assert clinic().name == "Renamed"


@pytest.mark.parametrize("phone", ["999 or ask", "12", "+44 20 7946 0000 ext", "1" * 30])
def test_number_that_cannot_be_dialled_is_refused(phone: str):
    with pytest.raises(ValidationError, match="can be dialled"):
        ClinicSettings(phone=phone).clean_fields()


def test_nothing_is_said_on_paper_of_what_is_not_set():
    assert Clinic(name="S").on_paper == ()
    said = Clinic(name="S", footer="In Elsewhere", email="a@b.example", phone="1 23", licence="CC0").on_paper
    assert said == ("In Elsewhere.", "Contact: a@b.example, 1 23.", "Licence of the content: CC0.")
