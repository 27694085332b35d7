"""Between two patients: a practitioner shares on a phone, the patient scans and reads; it stays right, and it ends."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Dialog, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import NewContext, SignIn
from tests.browser.desk import Desk
from tests.browser.page_kinds import PHONE
from tests.browser.serving import StorySite
from tests.browser.test_accessibility import violations
from tests.hostile_texts import SCRIPTS
from tests.sharing.share_links import pieces

ROUTINE = "/routines/restless-legs-during-an-attack/"


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


@pytest.fixture
def desk(desk_of: SignIn) -> Desk:
    """A practitioner with a phone in the hand."""
    desk = desk_of("practitioner")
    desk.page.set_viewport_size(PHONE)
    return desk


def share(page: Page, note: str = "") -> None:
    """From the routine's public page to the link."""
    page.goto(ROUTINE)
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Share with a patient").click()
    page.get_by_label("Note to the patient").fill(note)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()


def scanned(page: Page, folder: Path) -> str:
    """What a camera reads from the code on the screen."""
    picture = folder / "code.png"
    page.locator("svg.qr").screenshot(path=picture)
    [code] = zxingcpp.read_barcodes(Image.open(picture))
    return code.text


def assert_no_exercise_is_split_over_two_sheets(paper: bytes) -> None:
    """Each begins with its number and ends with what should not be felt, on one sheet.

    The list of today, which has their names alone, stands above them.
    """
    whole = [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]
    first = next(number for number, text in enumerate(whole) if "How to do each exercise" in text)
    texts = [whole[first].partition("How to do each exercise")[2], *whole[first + 1 :]]
    begun = [len(re.findall(r"^\d+\. [A-Z]", text, re.MULTILINE)) for text in texts]
    assert sum(begun) >= 3
    assert begun == [text.count("You should not feel:") for text in texts]


def test_share_scan_open_print_revoke(desk: Desk, new_context: NewContext, tmp_path: Path):
    page = desk.page
    share(page, "Slowly.\nBreathe out.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    address = scanned(page, tmp_path)
    assert address == page.get_by_label("The link", exact=True).input_value()

    patient = new_context(viewport=PHONE)
    hosts: set[str] = set()
    patient.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    reading = patient.new_page()
    reading.goto(address)
    expect(reading).to_have_title(re.compile("^Your stretching routine"))
    expect(reading.get_by_role("heading", name="Your practitioner’s note")).to_be_visible()
    headings = reading.get_by_role("heading").all_inner_texts()
    assert headings.index("What to do today") < headings.index("Before you start") < headings.index("Your exercises")
    assert reading.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_no_exercise_is_split_over_two_sheets(reading.pdf(format="A4"))
    assert hosts == {address.split("/")[2]}
    assert patient.cookies() == []

    page.goto("/admin/share/links/")
    page.get_by_role("link", name=re.compile(r"^[A-Z]\d \w+, ")).first.click()
    page.get_by_role("button", name="Revoke now").click()
    expect(page.locator(".messages")).to_contain_text("is revoked")
    answer = reading.reload()
    assert answer is not None
    assert answer.status == 410
    expect(reading.get_by_text("Ask the practitioner or clinic who gave you this link for a new one.")).to_be_visible()
    expect(reading.get_by_role("link", name="999")).to_be_visible()
    assert desk.refused == []


def test_sl16_who_has_no_camera_and_no_scripts_types_the_code(desk: Desk, new_context: NewContext):
    share(desk.page, "Slowly.")
    code = desk.page.locator(".handing__typed").inner_text()
    patient = new_context(viewport=PHONE, java_script_enabled=False)
    page = patient.new_page()
    page.goto("/routines/")
    page.get_by_role("link", name="I have a code").click()
    page.get_by_label("Your code").fill(code[1] + code[0] + code[2:] if code[0] != code[1] else "9" + code[1:])
    page.get_by_role("button", name="Open").click()
    field = page.get_by_label("Your code")
    expect(field).to_have_accessible_description(re.compile("One letter or digit is wrong, or two have changed places"))
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open").click()
    expect(page).to_have_title(re.compile("^Your stretching routine"))
    assert page.url.endswith(f"/s/{code.replace('-', '')}/")
    page.get_by_role("link", name="Start").click()
    expect(page).to_have_url(re.compile(f"/s/{code.replace('-', '')}/follow/"))
    assert patient.cookies() == []


def test_axe_finds_nothing_where_a_slip_is_told(page: Page):
    page.goto("/code/")
    page.get_by_label("Your code").fill("7K4M-92QX")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("and here are 8")).to_be_visible()
    assert violations(page) == []


def test_the_preview_follows_the_form(desk: Desk):
    page = desk.page
    page.goto(ROUTINE)
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Share with a patient").click()
    seen = page.frame_locator("[data-preview]")
    expect(seen.get_by_role("heading", name="Before you start")).to_be_attached()
    page.get_by_label("Note to the patient").fill("A new sentence.")
    expect(seen.get_by_text("A new sentence.")).to_be_attached()
    assert desk.refused == []


def test_sl13_the_servers_own_log_holds_no_token(desk: Desk, site: StorySite):
    share(desk.page)
    address = desk.page.get_by_label("The link", exact=True).input_value()
    token = address.split("/")[-2]
    for missing in (f"{address}nothing/", address.replace(token, token[::-1])):
        with pytest.raises(HTTPError):
            urlopen(missing)
    code = desk.page.locator(".handing__typed").inner_text()
    for typed in (code, code.replace("-", "")):
        with pytest.raises(HTTPError):
            urlopen(f"{site.address}/code/{typed}/")
    urlopen(f"{site.address}/code/", f"code={code}".encode()).read()
    log = site.log.read_text(encoding="utf-8", errors="replace")
    assert "Not Found: /code/…" in log
    assert not any(piece in log for text in (code, code.replace("-", "")) for piece in pieces(text))
    assert "Not Found: /s/…" in log
    assert not any(token[start : start + 12] in log for start in range(len(token) - 11))


def every_row(site: StorySite) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the site's database, by table."""
    with closing(sqlite3.connect(site.log.parent / "site.sqlite3")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def test_sl7_scanners_read_a_link_before_the_patient_and_use_nothing_up(
    desk: Desk, new_context: NewContext, site: StorySite
):
    share(desk.page)
    address = desk.page.get_by_label("The link", exact=True).input_value()
    desk.page.context.close()
    before = every_row(site)
    for method in ["HEAD", "GET"] * 20:
        asked = Request(address, method=method, headers={"User-Agent": "BarracudaCentral/1.0"})
        with urlopen(asked) as answer:
            assert answer.status == 200
    scanner = new_context().new_page()
    for _number in range(10):
        answer = scanner.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
    time.sleep(2)  # what is counted is written a second later; a browser without a face is not counted
    after = every_row(site)
    assert {name for name, rows in after.items() if rows != before[name]} == set()
    patient = new_context(viewport=PHONE).new_page()
    answer = patient.goto(address)
    assert answer is not None
    assert answer.status == 200
    expect(patient.get_by_role("heading", name="Your exercises")).to_be_visible()


def write_everywhere(site: StorySite, words: str) -> None:
    """Into what a link shows, past every form: as an import or a shell could."""
    columns = {
        "sharing_sharelink": ("note",),
        "sharing_sharelinkitem": ("cue",),
        "routines_routinepage": ("purpose", "see_someone", "expect_change"),
        "exercises_exercisepage": ("feel", "not_feel"),
        "clinical_safetynote": ("text", "what_to_do"),
        "wagtailcore_page": ("title",),
    }
    with closing(sqlite3.connect(site.log.parent / "site.sqlite3")) as database, database:
        for table, names in columns.items():
            changes = ", ".join(f"{name} = ?" for name in names)
            database.execute(f"UPDATE {table} SET {changes}", [words] * len(names))


def test_xs3_no_text_does_anything_in_a_browser(desk: Desk, new_context: NewContext, site: StorySite):
    share(desk.page, "Slowly.")
    address = desk.page.get_by_label("The link", exact=True).input_value()
    desk.page.context.close()
    write_everywhere(site, "\n".join(SCRIPTS))
    patient = new_context(viewport=PHONE)
    seen: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    patient.on("dialog", dismiss)
    patient.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    patient.on("request", lambda request: None if request.url.startswith(site.address) else seen.append(request.url))
    reading = patient.new_page()
    for page in ("", "follow/"):
        answer = reading.goto(address + page, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
        assert SCRIPTS[-1] in reading.locator("main").inner_text()
    assert seen == []
