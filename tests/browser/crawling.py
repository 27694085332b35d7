"""Follows every link of a site, as a careful reader without a browser would: pages, style sheets, pictures, symbols."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

#: Attributes that make a browser load or open something.
ADDRESS_ATTRIBUTES = ("href", "src", "action", "poster", "data", "xlink:href")
CSS_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')]+)""")
READABLE = ("text/html", "text/css", "image/svg+xml")
#: What is text besides; nothing in it is followed.
WORDS = ("application/json", "application/xml", "application/manifest+json")


@dataclass(frozen=True)
class Link:
    """One address in a text: the element it is in, that element's ``rel``, and the address as written."""

    element: str
    rel: str
    address: str


@dataclass
class Answer:
    """What the site said to one address: status, headers, text, where it links to, and the ids one can link to."""

    status: int
    headers: HTTPMessage
    links: list[Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    linked_from: str = ""
    text: str = ""


class _Collector(HTMLParser):
    """Collects links and ids; good for HTML and SVG."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if "id" in known:
            self.ids.add(known["id"])
        addresses = [known[name] for name in ADDRESS_ATTRIBUTES if name in known]
        addresses += [part.split()[0] for part in known.get("srcset", "").split(",") if part.strip()]
        self.links += [Link(tag, known.get("rel", ""), address) for address in addresses]


class _StayHere(HTTPRedirectHandler):
    """A redirect is an answer, not a journey: a link should name the page itself."""

    def redirect_request(self, *args: object) -> None:
        return None


_opener = build_opener(_StayHere)


def fetch(address: str) -> Answer:
    """Ask for one address, whatever the status, and read its links where it can have some."""
    try:
        response = _opener.open(Request(address), timeout=30)
    except HTTPError as error:
        response = error
    with response:
        kind = response.headers.get_content_type()
        is_text = kind.startswith("text/") or kind in (*READABLE, *WORDS)
        text = response.read().decode("utf-8") if is_text else ""
    answer = Answer(response.status, response.headers, text=text)
    if kind in READABLE:
        answer.links, answer.ids = read_links(text, kind)
    return answer


def read_links(text: str, kind: str) -> tuple[list[Link], set[str]]:
    """The links and ids of a text of this media type."""
    if kind == "text/css":
        return [Link("css", "", address) for address in CSS_ADDRESS.findall(text)], set()
    collector = _Collector()
    collector.feed(text)
    return collector.links, collector.ids


@dataclass
class Crawl:
    """Everything that was reached from the front page, by address without fragment."""

    root: str
    answers: dict[str, Answer] = field(default_factory=dict)

    def paths(self) -> set[str]:
        """The pages' addresses below the root, without those that carry a query."""
        found = {urlsplit(address) for address in self.answers}
        return {parts.path for parts in found if not parts.query}

    def links(self) -> Iterator[tuple[str, Link, str]]:
        """Each link with the address it is on and the whole address it names."""
        for address, answer in self.answers.items():
            for link in answer.links:
                yield address, link, urljoin(address, link.address)

    def is_ours(self, address: str) -> bool:
        """Whether the address is on the crawled site."""
        return urlsplit(address)[:2] == urlsplit(self.root)[:2]


def crawl(root: str) -> Crawl:
    """Visit the root and all it leads to on the same site.

    What a search engine is asked not to follow is followed once, and not again from where it leads: filters can be
    put together in more ways than anybody can visit.
    """
    found = Crawl(root)
    waiting = deque([(root, "")])
    while waiting:
        address, linked_from = waiting.popleft()
        if address in found.answers:
            continue
        answer = found.answers[address] = fetch(address)
        answer.linked_from = linked_from
        is_filtered = bool(urlsplit(address).query)
        for link in answer.links:
            if is_filtered and "nofollow" in link.rel.split():
                continue
            target = urldefrag(urljoin(address, link.address)).url
            if found.is_ours(target) and target not in found.answers:
                waiting.append((target, address))
    return found
