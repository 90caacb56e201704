"""Pages at their fullest in windows of three widths: answers in sight, whole words, fields that show their number.

A page is opened once, in one language by turns (in full in both), and the window changed: to a desk and to one of the
narrow ones by turns, in full to all.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from agriplan.baselines.folder import Baselines
from agriplan.sentences import LANGS
from tests.thoroughness import FULL
from tests.web.browser.crowded_pages import addresses

FURTHER = ("indicator/beef_cattle_value?", "indicator/forage_value?")  # valued as another one is
SIZES = {
    "a desk": (1280, 800),
    "a tablet": (768, 1024),
    "a desk at 200 %": (640, 400),
    "a phone": (390, 844),
    "a small phone": (360, 740),
}
NARROW = ("a tablet", "a desk at 200 %", "a phone", "a small phone")
PAPER = {"width": 710, "height": 1000}  # what the margins leave of A4 upright, in pixels of a style sheet
SCRIPTS = ("layout.js", "legends.js", "borders.js")
MEASURES, LEGENDS, BORDERS = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in SCRIPTS)
SMALLEST = {"width": 320, "height": 700}
# A league is called otherwise, wherever a page names it.
LONG = {
    "zh": ["通辽市", "锡林郭勒—乌兰察布农牧交错带生态建设与绿色畜产品加工示范管理区"],
    "en": [
        "Tongliao",
        "Xilingol and Ulanqab Trial Area for the Ecology of the Farming and Grazing Belt and Food",
    ],
}
RENAME = """([own, other]) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(own, other);
}"""
OPEN_ALL = "document.querySelectorAll('details:not(.changes-list)').forEach((part) => { part.open = true; })"


@pytest.mark.parametrize("lang", LANGS)
def test_a_full_page_fits_its_window(browser: Browser, served: dict[str, Any], baselines: Baselines, lang: str) -> None:
    """With a scenario that has cautions everywhere; what is amiss is told by page and window."""
    context = browser.new_context(**served)
    page = context.new_page()
    amiss: list[str] = []
    every = [one for one in addresses(baselines, context.request) if FULL or not one.startswith(FURTHER)]
    for number, address in enumerate(every if FULL else every[LANGS.index(lang) :: 2]):
        answer = page.goto(f"{address}lang={lang}")
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate(OPEN_ALL)
        name = address.partition("draft=")[0]
        amiss += [f"{name}: {found}" for found in page.evaluate(LEGENDS)]
        page.set_viewport_size(SMALLEST)
        amiss += [f"{name} in the smallest window: {found}" for found in page.evaluate(BORDERS)]
        plain = "draft=" not in address
        for size in SIZES if FULL else ("a desk", NARROW[number % len(NARROW)]):
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            amiss += [f"{name} on {size}: {found}" for found in page.evaluate(MEASURES)]
        if plain:
            page.evaluate(RENAME, LONG[lang])
            amiss += [f"{name} on {size} with a long name: {found}" for found in page.evaluate(MEASURES)]
            page.set_viewport_size({"width": SIZES["a desk"][0], "height": SIZES["a desk"][1]})
            amiss += [f"{name} on a desk with a long name: {found}" for found in page.evaluate(MEASURES)]
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        amiss += [f"{name} on paper: {found}" for found in page.evaluate(MEASURES) + page.evaluate(LEGENDS)]
        page.emulate_media(media="screen")
    context.close()
    assert amiss == []


def test_the_measures_see_what_is_amiss(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 100})
    page = context.new_page()
    page.set_content("""<div class="bar-of-changes" style="height: 40px"></div><p style="width: 1400px">_
      <div class="scroll" style="width: 90px; overflow: auto"><table><tr><td style="min-width: 300px"></table></div>
      <p style="width: 30px; overflow-wrap: anywhere">Hulunbuir</p><input inputmode="decimal" style="width: 30px">
      <p style="width: 2.4em">4.25 %</p><main style="font-size: 9px">_<table><tr>
        <td style="width: 1em">一<br>二<br>三<br>四<br>五<br>六<br>七<br>八<br>九<br>十</table>
        <p class="tile"><a style="display: block; height: 9px"><b style="display: block">Alxa</b></a></p>
        <b class="tag" style="display: block; width: 2em">未公布</b></main>
      <table class="stacked"><thead style="position: absolute"><tr><th>A<th>B<span class="unit-line">t</span>
        <tbody><tr><th>A<td data-label="B">1</table>
      <table class="stacked"><thead style="position: absolute"><tr><th>A<th>Gap
        <tbody><tr><th>A<td data-label="Gap" data-unit="10,000 t" style="width: 4em; max-width: 4em">1</table>
      <table class="figures"><tbody><tr><td>Milk<tbody><tr><td>Beef</table>
      <main><section><h2>Downloads</h2><a hidden href="/">League</a></section></main>
      <div class="scroll" style="width: 90px; overflow: auto">
        <table class="stacked" id="wide"><tr><td style="min-width: 300px"></table></div>
      <p class="tile-name" style="width: 4.5em">锡林郭勒盟<p><main>
        <div class="field"><label style="display: block; width: 60px; line-height: 12px">
        Improved breeds in all of the herd</label></div>
        <div class="card field" style="width: 90px"><input style="width: 99px"></div></main>
      <span class="caution" id="c-x" style="display: block; width: 80px">A sentence of more than twenty letters.</span>
      <figure><svg class="chart"><g class="series look-trend"><path style="stroke: red" d="M0 0"/></g></svg>
        <ul class="legend"><li><span class="swatch look-trend" style="background: blue"></span></li></ul></figure>
      <svg class="chart" viewBox="0 0 300 150" style="overflow: visible"><g class="axis y">
        <text x="-9" y="20">Ulanqab</text><text x="90" y="20">36,000</text><text x="99" y="20">38,000</text></g>
        <text x="99" y="34">10,000 t</text></svg>
      <main><h1 style="margin: 0">Milk</h1><div class="cautions">Look again</div>
        <table class="figures"><thead><tr><th style="text-align: left">2021
        <tbody><tr><td style="text-align: right"><input inputmode="decimal" style="text-align: right"></table>
        <dl><dd style="width: 40px; white-space: nowrap">786.24 × 100 million yuan</dl>
        <p><a href="/">Rules</a></main>""")
    told = " ".join(page.evaluate(MEASURES))
    seen = ("window", "scrolls", "broken Hulunbuir", "field", "squeezed", "bar 40", "parted 4.25 %", "cut Ulanqab")
    for word in (
        *seen,
        "over one another 36,000",
        "over one another 38,000, 10,000 t",
        "runs over 786.24",
        "head 2021 not above",
        "touched cautions",
        "9.0 pixels",
        "narrow",
        "tile Alxa",
        "in two lines 未公布",
        "lone 锡林郭勒盟",
        "narrow name",
    ):
        assert word in told, word
    assert len(page.evaluate(LEGENDS)) == 1
    assert "beyond its border" in " ".join(page.evaluate(BORDERS))
    assert "no line below Milk" in told
    assert "only a heading" not in told
    page.set_viewport_size({"width": 390, "height": 844})
    told = " ".join(page.evaluate(MEASURES))
    assert "no unit B" in told
    assert "small A Rules" in told
    assert "parted label Gap · 10,000 t" in told
    assert re.search("scrolls .*: wide", told)
    page.emulate_media(media="print")
    assert "only a heading: Downloads" in " ".join(page.evaluate(MEASURES))
    context.close()
