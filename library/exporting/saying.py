"""Small pieces of records, as the rows and streams of a page say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import nh3
from wagtail.rich_text import expand_db_html

from clinical.publishing.blocks import ALLOWED_SCHEMES, ALLOWED_TAGS
from clinical.words.fields import lines
from exercises import drawings
from figures.engine import library as poses
from library.exporting.record_names import Names


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def sources(page: Any) -> list[dict[str, Any]]:
    """Where its statements come from, in order."""
    names = ("title", "link", "doi", "pmid")
    return [said({name: getattr(row, name) for name in names}) for row in _ordered(page.sources.all())]


def uses(page: Any, names: Names) -> list[dict[str, Any]]:
    """The conditions it is used for; one that is not exported is left out."""
    found = []
    for row in as_written(page.condition_uses.all()):
        if condition := names.of_pk("tags", row.tag_id):
            found.append({"condition": condition, "evidence": row.evidence, "statement": row.statement})
    return found


def as_written(rows: Iterable[Any]) -> list[Any]:
    """Rows without an order of their own in the order they were written in, which no database promises."""
    return sorted(rows, key=lambda row: row.pk or 0)


def prose(stream: Any) -> list[dict[str, Any]]:
    """A stream of prose, block by block; links to pages are written out as addresses on the site."""
    found: list[dict[str, Any]] = []
    for raw in stream.raw_data:
        kind, value = raw["type"], raw["value"]
        if kind == "points":
            items = [item["value"] if isinstance(item, dict) else item for item in value or ()]
            found.append({"points": [item for item in items if item.strip()]})
        elif kind == "paragraph":
            found.append({"paragraph": _html(value)})
        else:
            found.append({kind: value})
    return found


def _html(stored: str) -> str:
    """A paragraph with nothing in it but what a library may hold; ``rel`` is put on by the site itself."""
    return nh3.clean(
        expand_db_html(stored),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )


def steps(page: Any, names: Names) -> list[dict[str, Any]]:
    """The steps in order, each with its pose and picture."""
    return [
        said(
            {
                "kind": raw["type"],
                "text": raw["value"].get("text"),
                "pose": raw["value"].get("pose"),
                "picture": names.of_pk("pictures", raw["value"].get("picture")),
            }
        )
        for raw in page.steps.raw_data
    ]


def figure(data: Any) -> Any:
    """A figure by the name of a pose of the site's library where it is one, else as its fields in their order."""
    if data is None:
        return None
    name = data.get("id") if isinstance(data, dict) else None
    if isinstance(name, str) and name in poses.names() and data == _pose(name):
        return name
    illustration, _faults = drawings.read(data)
    model = illustration.model_dump(mode="json", by_alias=True) if illustration else {}
    return in_order(data, model)


def _pose(name: str) -> Any:
    return poses.illustration(name).model_dump(mode="json", by_alias=True, exclude_none=True)


def in_order(value: Any, model: Any) -> Any:
    """The same value with its fields in the order of the model, others after them by name. Databases mix them up."""
    if isinstance(value, dict):
        order = list(model) if isinstance(model, dict) else []
        known = [name for name in order if name in value]
        names = [*known, *sorted(set(value) - set(known))]
        return {name: in_order(value[name], model.get(name) if isinstance(model, dict) else None) for name in names}
    if isinstance(value, list):
        models = model if isinstance(model, list) and len(model) == len(value) else [None] * len(value)
        return [in_order(inner, of_it) for inner, of_it in zip(value, models, strict=True)]
    return value


def all_lines(text: str) -> list[str]:
    """The lines of a text with a thing a line."""
    return list(lines(text))


def _ordered(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.sort_order if row.sort_order is not None else 0)
