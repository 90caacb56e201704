"""Addresses of pages: every link takes the scenario in view along."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from agriplan.web.language import DEFAULT_LANG, current_language

OF_THE_SCENARIO = frozenset({"scenario", "draft", "from", "entered"})


def to(page: str, **values: Any) -> str:
    """The address of a page, with the scenario in view unless the link names another."""
    own = "scenario" in values or "draft" in values
    return url_for(f"pages.{page}", **(values if own else {**g.get("carried", {}), **values}))


def page_address(
    endpoint: str, view_args: Mapping[str, Any], query: Iterable[tuple[str, str]], lang: str | None = None
) -> str:
    """The address of a page with this query: whatever words stand in it, they are no orders to Flask."""
    spoken = lang or (current_language() if current_language() != DEFAULT_LANG else None)
    written = urlencode([*query, *([("lang", spoken)] if spoken else [])])
    address = url_for(endpoint, **{**view_args, "lang": None})
    return f"{address}?{written}" if written else address


def this_page(kept: Mapping[str, str]) -> str:
    """The address that brings the page in view back with its scenario and what stands in its fields."""
    return page_address(*page_at(request.path), kept.items())


def switched_to(lang: str | None, kept: Mapping[str, str]) -> str:
    """The address of the page in view in a language (None: its own), with everything else that was asked for."""
    asked = request.args.items(multi=True) if request.method == "GET" else ()
    rest = [(name, said) for name, said in asked if name not in OF_THE_SCENARIO | {"lang"}]
    return page_address(*page_at(request.path), [*rest, *kept.items()], lang)


def way_back(path: str, scenario: str) -> str:
    """The page to return to, under a scenario: one of ours, and never another host."""
    return page_address(*page_at(path), [("scenario", scenario)])


def page_at(path: str) -> tuple[str, Mapping[str, Any]]:
    """The page that a path shows: for one that only takes forms the page above it, for what is not ours the first."""
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except MethodNotAllowed:
        return page_at(path.rpartition("/")[0] or "/")
    except HTTPException:
        return "pages.overview", {}
    return (endpoint, values) if endpoint.startswith("pages.") else ("pages.overview", {})
