"""A clinic makes the site its own in the admin: what it sets shows on the next request, and is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.contrib.settings.views import get_setting_edit_handler

from clinical.clinic.changes_said import changes_said
from clinical.clinic.clinic_colours import OWN_DARK, OWN_LIGHT
from clinical.clinic.clinic_known import Clinic, clinic, clinic_as_stored, forget_clinic, logo_for_paper
from clinical.clinic.clinic_logo import logo_of
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


def picture(size: tuple[int, int] = (1200, 300)) -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", size, "#7a1f5c").save(written, "PNG")
    return SimpleUploadedFile("logo.png", written.getvalue())


def test_logo_and_colours_are_files_of_the_site_at_addresses_of_their_own(db: None, set_up_site: None, client: Client):
    admin = Client()
    admin.force_login(chief())
    saved = admin.post(address(), {**OWN, "accent_light": "#7a1f5c", "logo_file": picture()})
    assert saved.status_code == 302
    page = client.get("/").text
    logo = re.search(r'<img class="brand__logo" src="([^"]+)" alt="St. Elsewhere" width="160" height="40">', page)
    style = re.search(r'<link rel="stylesheet" href="(/clinic/[0-9a-f]{20}\.css)">', page)
    shown, sheet = client.get(logo[1]), client.get(style[1])
    assert Image.open(BytesIO(shown.content)).size == (640, 160)
    assert "--primary: light-dark(#7a1f5c, #6fd3c7)" in sheet.text
    assert "immutable" in shown["Cache-Control"]
    assert "immutable" in sheet["Cache-Control"]
    assert logo[1] in client.get(reverse("wagtailadmin_login")).text
    assert logo_for_paper().startswith("<svg")
    assert admin.post(address(), {**OWN, "remove_logo": "on"}).status_code == 302
    assert {client.get(found[1]).status_code for found in (logo, style)} == {404}
    assert logo_for_paper() == ""


def test_what_another_process_has_changed_just_now_is_under_its_own_address_and_no_other(db: None, client: Client):
    row = ClinicSettings.load()
    row.take_logo(logo_of(picture().read()))
    row.save()
    before = clinic()
    other = logo_of(picture((300, 300)).read())
    ClinicSettings.objects.update(logo=other.content, logo_digest=other.digest, accent_light="#7a1f5c")
    assert clinic() == before, "this process does not know yet"
    assert client.get(f"/clinic/{before.logo_digest}.png").status_code == 404
    assert client.get(f"/clinic/{other.digest}.png").content == other.content
    assert "#7a1f5c" in client.get(f"/clinic/{clinic_as_stored().style_digest}.css").text
    assert "#7a1f5c" not in client.get(f"/clinic/{before.style_digest}.css").text


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("(020) 7946 0000", "02079460000"),
        ("0113 496-0000", "01134960000"),
    ],
)
def test_number_is_dialled_as_it_is_meant(phone: str, dialled: str):
    ClinicSettings(phone=phone).clean_fields()
    assert Clinic(name="S", phone=phone).dial == dialled


@pytest.mark.parametrize("upload", [b"<svg/>", b"GIF89a"])
def test_logo_that_is_no_picture_is_refused(db: None, upload: bytes):
    form = get_setting_edit_handler(ClinicSettings).get_form_class()
    files = {"logo_file": SimpleUploadedFile("logo.png", upload)}
    assert "cannot be read" in form({}, files, instance=ClinicSettings()).errors["logo_file"][0]


@pytest.mark.parametrize("colour", ["#ffffff", "#ffffff00", "#00000000", "#f9f9f9"])
def test_logo_of_which_nothing_can_be_seen_on_white_is_refused(db: None, colour: str):
    written = BytesIO()
    Image.new("RGBA", (300, 100), colour).save(written, "PNG")
    form = get_setting_edit_handler(ClinicSettings).get_form_class()
    files = {"logo_file": SimpleUploadedFile("logo.png", written.getvalue())}
    assert "can be seen on white" in form({}, files, instance=ClinicSettings()).errors["logo_file"][0]


def test_logo_with_a_transparent_ground_is_taken():
    image = Image.new("RGBA", (300, 100), "#00000000")
    image.paste("#7a1f5c", (10, 10, 40, 40))
    written = BytesIO()
    image.save(written, "PNG")
    assert logo_of(written.getvalue()).width == 300


def test_form_shows_the_logo_there_is_and_a_sample_of_each_colour(db: None, set_up_site: None):
    admin = Client()
    admin.force_login(chief())
    before = admin.get(address()).text
    assert "The logo there is now" not in before
    assert before.count(f'fill="{OWN_LIGHT[0]}" data-in-colour') == before.count(f'fill="{OWN_DARK[0]}" data-in-colour')
    assert "clinical/colours.js" in before
    told = {**OWN, "accent_light": "#7A1F5C", "logo_file": picture()}
    assert admin.post(address(), told).status_code == 302
    after = admin.get(address()).text
    digest = ClinicSettings.load().logo_digest
    assert f'<img src="/clinic/{digest}.png" alt="The logo there is now" width="160" height="40">' in after
    assert after.count('fill="#7a1f5c" data-in-colour') == 2
    assert len(re.findall(r'<input type="color"[^>]* hidden>', after)) == 2, "without the script nothing to press"
    refused = admin.post(address(), {**OWN, "accent_light": "teal;", "accent_dark": ""}).text
    assert "such as #0b6660" in refused
    assert refused.count(f'fill="{OWN_LIGHT[0]}" data-in-colour') == 2, "what is no colour is in no picture"


def test_audit_says_what_was_before_and_what_is_now(db: None, set_up_site: None):
    admin = Client()
    admin.force_login(chief())
    admin.post(address(), {**OWN, "logo_file": picture()})
    admin.post(address(), {**OWN, "name": "St. Nowhere", "phone": ""})
    shown = unescape(admin.get(reverse("clinical_audit")).text)
    assert "Clinic settings: name: “St. Elsewhere” → “St. Nowhere”; " in shown
    assert "telephone number for readers: “+44 20 7946 0000” → nothing" in shown
    assert f"logo: nothing → “{ClinicSettings.load().logo_digest}”" in shown
    assert changes_said({"gone": ["a", ""]}) == "gone: “a” → nothing"
    assert changes_said({}) == ""


def test_paper_of_every_page_says_at_its_head_whose_it_is_and_nothing_of_it_at_its_foot(
    db: None, set_up_site: None, client: Client
):
    head = re.compile(r'<div class="wrap">\s*<p class="print-only paper-head">(.*?)</p>')
    assert head.search(client.get("/").text)[1] == "Stretchsite"
    row = ClinicSettings.load()
    row.name = "St. Elsewhere"
    row.save()
    assert head.search(client.get("/").text)[1] == "St. Elsewhere"
    row.take_logo(logo_of(picture().read()))
    row.save()
    page = client.get("/").text
    logo = f'<img src="/clinic/{row.logo_digest}.png" alt="St. Elsewhere" width="160" height="40">'
    assert head.search(page)[1] == logo
    assert "<img" not in page.partition("<footer")[2]


@pytest.mark.parametrize("phone", ["999 or ask", "12", "+44 20 7946 0000 ext", "1" * 30])
def test_number_that_cannot_be_dialled_is_refused(phone: str):
    with pytest.raises(ValidationError, match="can be dialled"):
        ClinicSettings(phone=phone).clean_fields()


@pytest.mark.parametrize(
    "footer",
    ["Some pain is fine.", "Numbness is normal, carry on.", "Do not call 999: ring us.", "In an Emergency ring us."],
)
def test_foot_of_every_page_makes_light_of_no_warning(footer: str):
    with pytest.raises(ValidationError) as refused:
        ClinicSettings(footer=footer).clean()
    assert list(refused.value.message_dict) == ["footer"]
    ClinicSettings(footer="Physiotherapy in Leeds, 112 High Street, by people who ask first.").clean()
    for phone in ("999", "1 1 2", "111"):
        with pytest.raises(ValidationError, match="Whom to call in an emergency"):
            ClinicSettings(phone=phone).clean()


def test_nothing_is_said_on_paper_of_what_is_not_set():
    assert Clinic(name="S").on_paper == ()
    said = Clinic(name="S", footer="In Elsewhere", email="a@b.example", phone="1 23", licence="CC0").on_paper
    assert said == ("In Elsewhere.", "Contact: a@b.example, 1 23.", "Licence of the content: CC0.")
