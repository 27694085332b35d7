"""From the front page every page is reached, no link is broken, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from urllib.request import urlopen

import pytest

from exercises.outputs.registry import OUTPUTS as OF_EXERCISES
from routines.outputs.registry import OUTPUTS as OF_ROUTINES
from tests.browser.crawling import Crawl, crawl, fetch, read_links
from tests.browser.serving import ROOT, StorySite
from tests.outputs import files_of
from tests.sharing.share_links import found_pieces
from tests.sharing.two_servers import officer, opened

LIBRARY = ROOT / "library" / "starter"
#: Each sort of page: its folder in the library, its section of the site, and how many the starter library has.
SORTS = [("conditions", "/conditions/", 5), ("exercises", "/exercises/", 34), ("routines", "/routines/", 10)]
SORTS_AND_INFORMATION = [*SORTS, ("information", "/", 5)]


@pytest.fixture(scope="module")
def tokens(site: StorySite) -> list[str]:
    """Of a few share links that patients hold and have opened. Nothing else is written to the site."""
    with officer(site.log.parent, links=5) as ready:
        made = ready.tokens
    assert [opened(site.address, f"/s/{token}/").status for token in made] == [200] * 5
    return made


@pytest.fixture(scope="module")
def found(site: StorySite, tokens: list[str]) -> Crawl:
    """One crawl for all the questions below."""
    return crawl(site.url("/"))


def test_sl10_no_token_is_found_on_the_whole_site(found: Crawl, site: StorySite, tokens: list[str]):
    read = {address: answer.text for address, answer in found.answers.items()}
    for path in (
        "/sitemap.xml",
        "/robots.txt",
        "/manifest.webmanifest",
        "/sw.js",
        "/search/?q=legs",
        "/search/?q=share",
    ):
        read[path] = fetch(site.url(path)).text
    for path in [path for path in found.paths() if re.fullmatch(r"/(routines|exercises)/[^/]+/", path)]:
        outputs = OF_ROUTINES if path.startswith("/routines/") else OF_EXERCISES
        for output in (each for each in files_of(outputs) if each.on_pages and not each.takes_long):
            read[path + output.path] = fetch(site.url(path + output.path)).text
    assert len(read) > 100
    assert all(read[path] for path in ("/sitemap.xml", "/robots.txt", "/search/?q=legs"))
    assert {address for address, text in read.items() if found_pieces(text, tokens)} == set()
    assert {link.address for _on, link, target in found.links() if "/s/" in target} == set()


def test_sl10_a_shared_page_may_be_asked_for_by_crawlers_and_names_no_address(site: StorySite, tokens: list[str]):
    refused = re.findall(r"(?m)^Disallow: *(\S+)", fetch(site.url("/robots.txt")).text)
    assert not any(f"/s/{tokens[0]}/".startswith(path.rstrip("*")) for path in refused)
    answer = fetch(site.url(f"/s/{tokens[0]}/"))
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert [link for link in answer.links if link.rel in {"canonical", "alternate", "shortlink"}] == []
    assert found_pieces(answer.text, tokens) == set()


@pytest.mark.parametrize(("folder", "section", "count"), SORTS_AND_INFORMATION)
def test_every_page_of_the_library_is_reached(found: Crawl, folder: str, section: str, count: int):
    pages = {f"{section}{path.stem}/" for path in Path(LIBRARY / folder).glob("*.yaml")}
    assert len(pages) == count
    assert pages - found.paths() == set()


@pytest.mark.parametrize(("folder", "section", "count"), SORTS)
def test_no_page_is_there_twice(found: Crawl, folder: str, section: str, count: int):
    below = {path for path in found.paths() if re.fullmatch(f"{section}[^/]+/", path)}
    assert len(below) == count


def test_every_page_of_the_sitemap_is_reached(found: Crawl, site: StorySite):
    with urlopen(site.url("/sitemap.xml")) as answer:
        listed = {urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())}
    assert len(listed) >= sum(count for _folder, _section, count in SORTS_AND_INFORMATION)
    assert listed - found.paths() == set()


def test_no_link_is_broken(found: Crawl):
    broken = {
        address: (answer.status, answer.linked_from)
        for address, answer in found.answers.items()
        if answer.status != 200
    }
    assert broken == {}


def test_no_link_leads_to_a_place_on_a_page_that_is_not_there(found: Crawl):
    dangling = set()
    for address, _link, target in found.links():
        page, fragment = urldefrag(target)
        if fragment and page in found.answers and fragment not in found.answers[page].ids:
            dangling.add((address, target))
    assert dangling == set()


def test_nothing_is_loaded_from_elsewhere(found: Crawl):
    """A source may be linked to, in so many words; nothing else leaves the site."""
    foreign = {
        (address, target)
        for address, link, target in found.links()
        if urlsplit(target).scheme in {"http", "https", "", "ftp"} and not found.is_ours(target)
        if not (link.element == "a" and "external" in link.rel.split())
    }
    assert foreign == set()


def test_links_are_web_addresses_telephone_numbers_or_a_mail_to_write(found: Crawl):
    assert {urlsplit(target).scheme for _address, _link, target in found.links()} <= {"http", "https", "tel", "mailto"}


def test_readers_get_no_cookie_and_pages_do_not_vary_by_one(found: Crawl):
    answers = found.answers.items()
    assert [address for address, answer in answers if "Set-Cookie" in answer.headers] == []
    assert [address for address, answer in answers if "cookie" in answer.headers.get("Vary", "").lower()] == []


def test_no_address_ends_in_a_server_error(found: Crawl, site: StorySite):
    assert len(found.answers) > 40
    assert site.errors() == []


def test_the_crawler_reads_every_sort_of_address():
    links, ids = read_links(
        '<p id="here"><a href="/a/" rel="external noopener">a</a><img src="/b.png" srcset="/c.png 1x, /d.png 2x">'
        '<svg><use href="/e.svg#f"></use></svg><form action="/g/">',
        "text/html",
    )
    assert [link.address for link in links] == ["/a/", "/b.png", "/c.png", "/d.png", "/e.svg#f", "/g/"]
    assert links[0].rel == "external noopener"
    assert ids == {"here"}
    styled, _none = read_links('@import "x.css"; p { background: url("../y.woff2") url(z.svg) }', "text/css")
    assert [link.address for link in styled] == ["x.css", "../y.woff2", "z.svg"]
