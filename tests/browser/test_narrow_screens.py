"""Pages fit narrow screens, large text, restless eyes, chosen colours and thick fingers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import CLINICAL_KINDS, DESKTOP, PAGE_KINDS, PHONE, open_page

#: What sticks out of the window, when something does.
STICKS_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 120))"""

#: Text that its own box cuts off: more of it than is shown, and no way to scroll.
CUT_OFF = """() => [...document.querySelectorAll("body *:not(.visually-hidden)")]
    .filter(element => element.innerText && getComputedStyle(element).display !== "inline")
    .filter(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowY))
    .filter(element => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 120))"""


def width_needed(page: Page) -> int:
    """How wide the page's content is, in pixels; more than the window means that one has to scroll sideways."""
    return page.evaluate("document.scrollingElement.scrollWidth")


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nobody_scrolls_sideways(new_context: NewContext, kind: str):
    page = new_context(viewport=PHONE).new_page()
    open_page(page, kind)
    for width in (320, 360, 768, 992):
        page.set_viewport_size({"width": width, "height": 740})
        assert (width, width_needed(page), page.evaluate(STICKS_OUT)) == (width, width, [])


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_text_twice_as_large_fits_and_is_whole(page: Page, kind: str):
    """The reader's browser is told to write 32 pixels high instead of 16, as its settings allow."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    open_page(page, kind)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    for width in (DESKTOP["width"], PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 740})
        assert (width, width_needed(page), page.evaluate(CUT_OFF)) == (width, width, [])


@pytest.mark.parametrize("opened", ["Menu", "Filters (2)"])
def test_what_a_phone_folds_away_fits_too(new_context: NewContext, opened: str):
    page = new_context(viewport={"width": 320, "height": 568}).new_page()
    open_page(page, "exercises filtered")
    page.locator(":is(summary, button):visible", has_text=opened).click()
    assert (width_needed(page), page.evaluate(STICKS_OUT)) == (320, [])


def test_filters_of_a_phone_are_a_dialog_that_counts_anew_and_is_left_by_escape(new_context: NewContext):
    page = new_context(viewport=PHONE).new_page()
    open_page(page, "exercises filtered")
    opener = page.get_by_role("button", name="Filters (2)")
    assert opener.get_attribute("aria-haspopup") == "dialog"
    opener.press("Enter")
    sheet = page.get_by_role("dialog", name="Filters")
    expect(page.get_by_role("form", name="Filters")).to_have_count(0)
    before = sheet.locator("[data-head]").inner_text()
    for _each in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, dialog, dialog *')")
    sheet.get_by_role("checkbox", name="Back of thigh").uncheck()
    expect(sheet.locator("[data-head]")).not_to_have_text(before)
    found = page.locator(".filters__form [role=status]").inner_text()
    expect(sheet.locator("[data-head]")).to_have_text(f"Filters (1) · {found.split()[0]} found")
    shown = sheet.locator("[data-show]")
    expect(shown).to_have_text(f"Show {found}")
    page.route("**/exercises/?*", lambda route: route.fulfill(status=503))
    with page.expect_response("**/exercises/?*"):
        sheet.get_by_role("checkbox", name="Back of thigh").check()
        assert shown.inner_text() == "Apply filters"
    page.unroute("**/exercises/?*")
    expect(shown).to_have_text("Apply filters")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def test_filters_of_a_phone_are_shut_by_a_tap_above_them_and_by_a_wide_window(new_context: NewContext):
    page = new_context(viewport=PHONE).new_page()
    open_page(page, "exercises filtered")
    page.get_by_role("button", name="Filters (2)").click()
    sheet = page.get_by_role("dialog", name="Filters")
    top = sheet.bounding_box()["y"]
    page.mouse.click(3, top + 200)
    expect(sheet).to_be_visible()
    page.mouse.click(3, top - 5)
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Filters (2)").click()
    page.set_viewport_size(DESKTOP)
    expect(sheet).to_be_hidden()
    form = page.get_by_role("form", name="Filters")
    expect(form.locator("summary").first).to_be_focused()
    form.get_by_role("checkbox", name="Back of thigh").uncheck()
    form.locator("[data-show]").click()
    expect(page.get_by_role("link", name="Remove filter: Body area: Back of thigh")).to_have_count(0)
    page.go_back()
    expect(form.get_by_role("checkbox", name="Back of thigh")).to_be_checked()


#: What is pressed with a finger on any page, too small for one: its words, width and height in pixels.
SMALL_TARGETS = """targets => targets.filter(target => target.checkVisibility()).map(target => {
    const box = target.getBoundingClientRect();
    return [target.innerText, box.width, box.height];
}).filter(([, width, height]) => Math.min(width, height) < 44)"""


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_buttons_and_links_of_the_navigation_are_44_pixels_high_or_more(page: Page, kind: str):
    open_page(page, kind)
    targets = page.locator("button, summary, .button, input[type=search], header a, .pagination a")
    on_a_desktop = targets.evaluate_all(SMALL_TARGETS)
    page.set_viewport_size(PHONE)
    page.locator("summary", has_text="Menu").click()
    assert (on_a_desktop, targets.evaluate_all(SMALL_TARGETS)) == ([], [])


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_for_readers_who_asked_for_stillness(new_context: NewContext, kind: str):
    page = new_context(reduced_motion="reduce").new_page()
    open_page(page, kind)
    moving = page.locator("html, body *").evaluate_all(
        """elements => elements.filter(element => {
            const style = getComputedStyle(element);
            return parseFloat(style.animationDuration) > 0.01 || parseFloat(style.transitionDuration) > 0.01
                || style.scrollBehavior === "smooth";
        }).map(element => element.outerHTML.slice(0, 120))"""
    )
    assert moving == []


#: Width, style and colour of a callout's four borders, the ground it stands on, and its label.
BORDERS = """callouts => callouts.map(callout => {
    const style = getComputedStyle(callout);
    const sides = ["top", "right", "bottom", "left"];
    return {
        widths: sides.map(side => parseFloat(style.getPropertyValue(`border-${side}-width`))),
        styles: sides.map(side => style.getPropertyValue(`border-${side}-style`)),
        colours: sides.map(side => style.getPropertyValue(`border-${side}-color`)),
        ground: getComputedStyle(document.body).backgroundColor,
        label: callout.querySelector("h2, h3, h4").innerText,
    };
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", CLINICAL_KINDS)
def test_callouts_keep_their_borders_in_the_readers_own_colours(new_context: NewContext, kind: str, scheme: str):
    page = new_context(forced_colors="active", color_scheme=scheme).new_page()
    open_page(page, kind)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    borders = page.locator(".callouts .callout").evaluate_all(BORDERS)
    assert len(borders) >= 2
    for border in borders:
        assert min(border["widths"]) >= 1
        assert set(border["styles"]) <= {"solid", "dashed", "double"}
        assert border["ground"] not in border["colours"]
        assert border["label"]


@pytest.mark.parametrize("kind", CLINICAL_KINDS)
@pytest.mark.parametrize("colours", ["none", "active"])
def test_tiers_are_told_apart_by_their_borders_alone(new_context: NewContext, kind: str, colours: str):
    page = new_context(forced_colors=colours).new_page()
    open_page(page, kind)
    borders = page.locator(".callouts .callout").evaluate_all(BORDERS)
    looks = [(border["styles"][0], border["widths"][0], border["widths"][3]) for border in borders]
    icons = page.locator(".callouts .callout > .icon use").evaluate_all("uses => uses.map(use => use.href.baseVal)")
    assert len(set(zip(looks, icons, strict=True))) == len(borders)
    assert len(set(icons)) == len(borders)
