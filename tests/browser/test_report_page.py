"""The HTML report in a real browser: layout at three widths in both themes, accessibility, filtering, keyboard."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck import check
from factcheck.reports import html

from .conftest import Opened, printed

WIDTHS, SCHEMES = (360, 768, 1280), ("light", "dark")
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# 740 is the narrowest at which the overview is a table; colours move nothing, so that one dark page is enough.
@pytest.mark.parametrize(("width", "scheme"), [*((width, "light") for width in [*WIDTHS, 740]), (360, "dark")])
def test_everything_lies_inside_the_page_and_nothing_over_its_neighbour(opened: Opened, width: int, scheme: str) -> None:
    page = opened(width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll('h1,h2,p,li,figure,svg,table.overview,td,th,details,button,input,select')]
            .filter(e => e.checkVisibility() && !e.closest('.scroll'))
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([, box]) => box.left < -1 && box.right > 0 || box.right > innerWidth + 1).map(([name]) => name)"""
    )
    assert outside == []
    overlapping = page.evaluate(
        """() => [...document.querySelectorAll('article')].flatMap(article => {
            const parts = [...article.children].filter(e => e.checkVisibility() && !e.matches('.share'))
                .map(e => [e, e.getBoundingClientRect()]);
            return parts.slice(1).filter(([, box], i) => box.top < parts[i][1].bottom - 1).map(([e]) => e.outerHTML.slice(0, 80));
        })"""
    )
    assert overlapping == []
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.overview td')].filter(cell => cell.checkVisibility()).flatMap(cell => {
            const text = [...cell.childNodes].filter(node => node.nodeType === 3);
            return text.flatMap(node => [...node.data.matchAll(/[\\p{L}]{2,14}/gu)].filter(word => {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                return range.getClientRects().length > 1;
            }).map(word => word[0]));
        })"""
    )
    assert broken == []


@pytest.mark.parametrize(("width", "scheme"), [*((width, "light") for width in WIDTHS), (360, "dark")])
def test_pictures_fill_their_place_and_their_letters_are_large_enough(opened: Opened, width: int, scheme: str) -> None:
    page = opened(width, scheme)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('svg.picture')].map(svg => {
            const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
            const outside = [...svg.querySelectorAll('text')].filter(t => {
                const b = t.getBoundingClientRect();
                return b.left < box.left - 12 || b.right > box.right + 12 || b.bottom > box.bottom + 3;
            }).map(t => t.textContent);
            return [svg.querySelector('title').textContent, box.width / view.width * 12, outside];
        })"""
    )
    assert len(sizes) > 10
    assert [(title, letters) for title, letters, _ in sizes if letters < 9] == []
    assert [(title, outside) for title, _, outside in sizes if outside] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_dark_on_light_or_light_on_dark(opened: Opened, scheme: str) -> None:
    page = opened(1280, scheme)
    ground, letters = page.evaluate(
        """() => ['backgroundColor', 'color'].map(key => getComputedStyle(document.body)[key].match(/\\d+/g).map(Number))"""
    )
    assert (sum(ground) > sum(letters)) is (scheme == "light")
    texts = page.evaluate(
        """() => [...new Set([...document.querySelectorAll('svg.picture text')].map(t => getComputedStyle(t).fill))]"""
    )
    for fill in texts:
        lightness = sum(int(part) for part in fill.removeprefix("rgb(").removesuffix(")").split(", "))
        assert (lightness < 383) is (scheme == "light"), fill


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "dark")])
def test_axe_finds_nothing(opened: Opened, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.get_by_label("Confidence", exact=True).select_option("moderate" if scheme == "dark" else "")
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE}})
    assert results.response["violations"] == [], results.generate_report()
    assert len(results.response["passes"]) > 20


def test_links_inside_the_page_lead_somewhere(opened: Opened) -> None:
    page = opened()
    missing = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
            .filter(id => !document.getElementById(id))"""
    )
    assert missing == []
    twice = page.evaluate(
        """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i); }"""
    )
    assert twice == []


def shown(page: Any) -> int:
    return int(page.locator("table.overview tbody tr:visible").count())


def test_the_overview_is_filtered_and_the_claims_with_it(opened: Opened) -> None:
    page = opened()
    all_claims = shown(page)
    page.get_by_label("Verdict", exact=True).select_option("refuted")
    refuted = shown(page)
    assert 0 < refuted < all_claims
    assert page.locator("article:visible").count() == refuted
    assert page.locator("table.overview tbody tr:visible .refuted").count() == refuted
    assert page.locator(".count").inner_text() == f"{refuted} of {all_claims} claims are shown."
    page.get_by_label("Verdict", exact=True).select_option("")
    page.get_by_label("Text").fill("BEACH")
    assert shown(page) == 1
    page.get_by_label("Text").fill("no such claim anywhere")
    assert shown(page) == 0
    assert page.locator("article:visible").count() == 0


def test_a_link_to_a_hidden_claim_shows_it(opened: Opened) -> None:
    page = opened()
    page.get_by_label("Verdict", exact=True).select_option("supported")
    page.evaluate("location.hash = '#beach'")
    page.wait_for_selector("article#beach:visible")


def test_columns_are_sorted_both_ways(opened: Opened) -> None:
    page = opened()
    numbers = page.locator("table.overview tbody td:first-child")
    first = numbers.all_inner_texts()
    head = page.get_by_role("button", name="Claim", exact=True)
    head.click()
    assert page.locator("th[aria-sort=ascending]").inner_text().strip().startswith("Claim")
    statements = page.locator("table.overview tbody th").all_inner_texts()
    assert statements == sorted(statements, key=str.lower)
    head.click()
    assert page.locator("table.overview tbody th").all_inner_texts() == statements[::-1]
    page.get_by_role("button", name="No.").click()
    assert numbers.all_inner_texts() == first


def test_the_keyboard_alone_is_enough(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "theme"
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("Enter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.locator(".theme").get_attribute("aria-pressed") == "true"
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(e => e.tagName + '.' + e.className)(document.activeElement)"))
    assert {"INPUT.", "SELECT.", "SUMMARY.", "BUTTON.copy", "DIV.scroll"} <= reached
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None


def test_the_link_to_a_claim_is_copied(opened: Opened) -> None:
    page = opened()
    page.locator("article#beach .copy").click()
    assert page.locator("article#beach .copy").inner_text() == "The link is copied"
    assert page.evaluate("navigator.clipboard.readText()").endswith("#beach")


def test_without_script_the_page_shows_everything_and_no_dead_control(opened: Opened) -> None:
    page = opened(script=False)
    assert shown(page) == page.locator("article:visible").count() > 10
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1


def test_on_paper_the_details_are_open_and_the_controls_are_gone(opened: Opened) -> None:
    page = opened(scheme="dark")
    with printed(page):
        assert page.locator("button:not(th button):visible, input:visible, select:visible").count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 253, 249)"
        heights = page.evaluate("[...document.querySelectorAll('details > ul')].map(e => e.getBoundingClientRect().height)")
        assert min(heights) > 10


def test_what_slips_into_the_page_can_neither_run_nor_load(opened: Opened, report: Path, tmp_path: Path) -> None:
    """The policy in the head stops a script, a style and a picture that somehow got in."""
    text = report.read_text(encoding="utf-8")
    bad = "<script>window.ran = 1</script><style>body { color: red }</style><b style='color: red' onclick='window.ran = 1'>x</b>"
    path = tmp_path / "bad.html"
    path.write_text(text.replace("<main", f"{bad}<main"), encoding="utf-8")
    context = opened(path=report).context.browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator("b").first.click()
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    assert html.policy("", "").startswith("default-src 'none'")
    context.close()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the manual's own example."""
    folder = tmp_path_factory.mktemp("worked") / "project"
    shutil.copytree(Path(__file__).parents[2] / "docs" / "example", folder)
    run = check(project=folder, claims=folder / "claims", now=datetime(2026, 11, 21, tzinfo=UTC))
    (path,) = run.report(folder / "reports", format="html")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_worked_example_fits_and_can_be_read_by_everybody(opened: Opened, worked: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width, scheme, path=worked)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("article:visible").count() == shown(page) > 5
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE}})
    assert results.response["violations"] == [], results.generate_report()
