"""Addresses of pages: every link takes the scenario in view along."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

OF_THE_SCENARIO = ("scenario", "draft", "from", "entered")


def to(page: str, **values: object) -> str:
    """The address of a page, with the scenario in view unless the link names another."""
    own = "scenario" in values or "draft" in values
    return url_for(f"pages.{page}", **(values if own else {**g.get("carried", {}), **values}))


def address_of(endpoint: str, view_args: Mapping[str, object], query: Iterable[tuple[str, str]]) -> str:
    """The address of a page with exactly this query: whatever words stand in it, they are no orders to Flask."""
    written = urlencode(list(query))
    return url_for(endpoint, **dict(view_args)) + (f"?{written}" if written else "")


def this_page(kept: Mapping[str, str]) -> str:
    """The address that brings the page in view back with its scenario and what stands in its fields."""
    return address_of(request.endpoint or "pages.overview", request.view_args or {}, kept.items())


def in_language(lang: str, kept: Mapping[str, str], endpoint: str = "") -> str:
    """The address of the page in view in a language, with everything else that was asked for."""
    asked = request.args.items(multi=True) if request.method == "GET" else ()
    rest = [(name, said) for name, said in asked if name not in {*OF_THE_SCENARIO, "lang"}]
    query = [*rest, *kept.items(), ("lang", lang)]
    return address_of(endpoint or request.endpoint or "pages.overview", request.view_args or {}, query)


def way_back(path: str) -> str:
    """The page to return to: one of ours that shows something, and never another host."""
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return url_for("pages.overview")
    return url_for(endpoint, **values) if endpoint.startswith("pages.") else url_for("pages.overview")
