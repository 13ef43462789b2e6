"""The pages in headless Chromium: every chart is drawn, nothing is asked for, hostile text is text."""

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

if CHROMIUM is None:
    pytest.skip("no Chromium is installed; get it with `apt-get install chromium`", allow_module_level=True)
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed; get it with the extra `test`"
)
page_module = pytest.importorskip("stance.report.page", reason="the extra `report` is not installed")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Opened:
    """A page with what it said and asked for."""

    def __init__(self, browser, file, **options):
        self.said, self.asked = [], []
        self.page = browser.new_page(**options)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_function("document.documentElement.dataset.drawn !== undefined", timeout=60_000)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.said.append(message.text)


@pytest.fixture
def opened(browser, result, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page_module.to_html(result), encoding="utf-8")
    found = Opened(browser, file, viewport={"width": 1000, "height": 900})
    yield found
    found.page.close()


def test_every_chart_is_drawn_and_nothing_asked_for(opened):
    page = opened.page
    charts = page.locator("[data-chart]").count()
    assert charts > 0
    assert page.evaluate("document.documentElement.dataset.drawn") == str(charts)
    for number in range(charts):
        chart = page.locator("[data-chart]").nth(number)
        # A chart that is drawn has marks of its data, not axes alone.
        assert chart.locator("svg .mark-symbol path, svg .mark-rect path, svg .mark-rule line").count() > 0
        box = chart.locator("svg").first.bounding_box()
        assert box["width"] > 300 and box["height"] > 40
        assert not {"NaN", "undefined", "null"} & set(chart.locator("svg text").all_inner_texts())
    assert opened.said == []
    assert len(opened.asked) == 1 and opened.asked[0].startswith("file://")
    # Nothing runs out of the page, long words neither.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_text_is_shown_as_text(browser, results, hostile, tmp_path):
    for kind in ("evaluation", "actors"):
        file = tmp_path / f"{kind}.html"
        file.write_text(page_module.to_html(results[kind]), encoding="utf-8")
        opened = Opened(browser, file)
        assert opened.page.title() in ("Evaluation", "Stances of actors")
        shown = opened.page.locator("body").inner_text() + opened.page.locator("body").text_content()
        assert hostile[0] in shown and hostile[1] in shown and "W" * 200 in shown
        assert opened.page.locator("img").count() == 0
        assert opened.said == []
        opened.page.close()


def test_the_actor_can_be_chosen_and_the_page_used_by_keyboard(browser, results, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page_module.to_html(results["actors"]), encoding="utf-8")
    opened = Opened(browser, file)
    page = opened.page
    chart = page.locator("[data-chart='spec-timeline']")
    before = chart.locator("svg .mark-symbol").first.inner_html()
    chart.locator("select").select_option("France")
    page.wait_for_timeout(200)
    assert chart.locator("svg .mark-symbol").first.inner_html() != before
    page.keyboard.press("Tab")
    names = [page.evaluate("document.activeElement.tagName")]
    for _ in range(12):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.tagName"))
    assert {"A", "SELECT"} <= set(names)
    assert page.locator("figure svg[aria-label], figure [role='graphics-document']").count() > 0
    opened.page.close()


def test_dark_mode_and_print_are_readable(browser, results, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page_module.to_html(results["evaluation"]), encoding="utf-8")
    opened = Opened(browser, file, color_scheme="dark")
    page = opened.page
    ink = "getComputedStyle(document.querySelector('[data-chart] svg .role-axis text')).fill"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert page.evaluate(ink) == "rgb(232, 234, 237)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    opened.page.close()
