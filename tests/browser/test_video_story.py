"""A video as its readers meet it: it plays when asked, with captions, without a script, on screens and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.meanwhile import meanwhile
from tests.browser.page_kinds import DESKTOP, PHONE
from tests.browser.serving import StorySite
from tests.browser.test_accessibility import violations
from tests.browser.test_narrow_screens import CUT_OFF, STICKS_OUT, width_needed

EXERCISE = "/exercises/raised-leg-hamstring-stretch/"
FILMED = """
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories
from tests import small_videos as videos
exercise = ExercisePage.objects.get(slug="raised-leg-hamstring-stretch")
exercise.photo = videos.poster("Photo", file=videos.picture_file((900, 600)))
exercise.video = videos.video(file=videos.a_file(videos.webm(size=(640, 360))), poster=exercise.photo)
exercise.steps[1].value["video"] = videos.video("The step", poster=videos.poster(file=videos.picture_file((400, 600))))
exercise.steps[0].value["picture"] = exercise.photo
factories.publish(exercise)
routine = RoutinePage.objects.live().filter(items__exercise=exercise).first()
link = factories.link_to(routine)
print(link.token)
"""
PLAYED = """async video => {
    await video.play();
    const until = Date.now() + 8000;
    while (!video.ended && Date.now() < until) await new Promise(wait => setTimeout(wait, 100));
    return [video.videoWidth, video.textTracks[0].mode, video.textTracks[0].cues.length, video.currentTime > 0];
}"""


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """The site of a story that writes."""
    return written_site


@pytest.fixture
def addresses(site: StorySite) -> list[str]:
    """Where the video is: the exercise, following it, and a routine in a patient's hands."""
    token = meanwhile(site, FILMED).splitlines()[-1]
    return [EXERCISE, f"{EXERCISE}follow/", f"/s/{token}/", f"/s/{token}/follow/"]


def sound_on(page: Page, width: int, address: str) -> None:
    """It is seen, whole, and nothing of the page sticks out."""
    video = page.locator("video").first
    expect(video).to_be_attached()
    assert min(width - 150, 400) < video.evaluate("video => video.getBoundingClientRect().width")
    assert (address, width_needed(page), page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF)) == (address, width, [], [])


def test_video_is_for_everybody_on_every_screen_and_on_paper(new_context: NewContext, addresses: list[str]):
    page = new_context(viewport=DESKTOP, reduced_motion="reduce").new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/media/videos/" in request.url else None)
    for address in addresses:
        page.goto(address)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            sound_on(page, size["width"], address)
        assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.goto(EXERCISE)
    assert violations(page) == []
    assert [each for each in asked if not each.endswith(".vtt")] == []  # nothing is fetched before it is asked for
    page.emulate_media(media="print")
    expect(page.locator("video").first).not_to_be_visible()
    expect(page.locator(".film img").first).to_be_visible()
    page.emulate_media(media="screen")
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.goto(EXERCISE)
    sound_on(page, PHONE["width"], EXERCISE)


def test_video_plays_without_a_script_of_ours_with_its_captions(new_context: NewContext, addresses: list[str]):
    context = new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(EXERCISE)
    assert page.locator("video").first.is_visible()
    page.get_by_text("What is said and shown").first.click()
    expect(page.get_by_text("Her heel stays down.").first).to_be_visible()
    page = new_context(viewport=DESKTOP).new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    page.goto(EXERCISE)
    assert page.locator("video").first.evaluate(PLAYED) == [640, "showing", 1, True]
    assert refused == []
