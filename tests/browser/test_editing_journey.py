"""An association without an account joins, signs in by a link, and its café is public: on a phone, by keyboard."""

import quopri
import re
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.server import VAR
from tests.browser.test_every_page import overflow, small_targets
from turvaverkko.core import time_source

EDITOR = "sisallontuottaja@example.invalid"
HOME = "/tyo/sisallot/"
# Unit: presses and seconds.
MOST_TABS = 160
LETTER_COMES = 40


def faults(page: Page) -> list[str]:
    return [*violations(page), *overflow(page), *small_targets(page)]


def tab_to(page: Page, selector: str) -> None:
    """Go on with the Tab key until the element has the focus."""
    for _press in range(MOST_TABS):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the keyboard")


def type_into(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        tab_to(page, f"#{name.replace('_', '-')}")
        page.keyboard.type(text)


def press(page: Page, label: str) -> None:
    """Reach a button and press Enter."""
    tab_to(page, f'button:has-text("{label}")')
    with page.expect_navigation():
        page.keyboard.press("Enter")


def letter_with(email: str, part: str) -> str:
    """The path of a letter's link to somebody that holds a part."""
    until = time.monotonic() + LETTER_COMES
    while time.monotonic() < until:
        for path in sorted(Path(VAR, "mail").glob("*"), key=lambda one: one.stat().st_mtime, reverse=True):
            text = quopri.decodestring(path.read_bytes()).decode(errors="replace")
            found = re.search(rf"https?://[^/\s]+(/{part}[\w-]+/)", text)
            if email in text and found:
                return found[1]
        time.sleep(0.3)
    raise AssertionError(f"no letter with {part} came")


def join(page: Page, name: str, email: str) -> None:
    type_into(page, nimi=name)
    tab_to(page, 'input[name="laji"]')
    page.keyboard.press("Space")
    type_into(page, toiminta="Perhekahvila kerran viikossa.", sahkoposti=email, rooli="Sihteeri")
    press(page, "Lähetä")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos. Pyyntönne on perillä.")


def sign_in(page: Page, email: str) -> None:
    page.goto(page.url.split("/liity")[0] + "/kirjaudu/linkki/")
    type_into(page, email=email)
    press(page, "Lähetä linkki")
    code = page.locator("#koodi").inner_text()
    page.goto(page.url.split("/kirjaudu")[0] + letter_with(email, "kirjaudu/linkki/"))
    type_into(page, code=code)
    press(page, "Kirjaudu sisään")


def accept(visitor: Visitor, name: str) -> None:
    editor = visitor.open(f"{HOME}liittymiset/", staff=EDITOR)
    section = editor.locator("section", has=editor.get_by_role("heading", name=name))
    with editor.expect_navigation():
        section.get_by_role("button", name="Ota mukaan").click()
    expect(editor.get_by_role("status")).to_contain_text("Otettu mukaan")


def write_a_cafe(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "uusi/?pohja=kahvila")
    page.locator("#nimi-fi").focus()
    tab_to(page, "#paikka")
    page.keyboard.press("ArrowDown")
    today = time_source.today()
    for name, day in (("aika-0-alkaa", today), ("aika-0-paattyy", today.replace(year=today.year + 1, day=1))):
        tab_to(page, f"#{name}")
        page.locator(f"#{name}").fill(day.isoformat())  # how a date is picked is the browser's own
    press(page, "Tallenna luonnos")


def test_a_cafe_from_joining_to_the_family(visitor: Visitor) -> None:
    number = time.time_ns() % 10**9
    name, email = f"Kahvitellaan yhdessä ry {number}", f"kahvi{number}@perhe.example"
    page = visitor.open("/liity/", width=360, scripts=False)
    join(page, name, email)
    accept(visitor, name)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tervetuloa mukaan")
    sign_in(page, email)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tapahtumat")

    write_a_cafe(page)
    expect(page.get_by_role("status")).to_contain_text("Luonnos on tallessa.")
    one = page.url.split("?")[0]
    press(page, "Lähetä tarkistettavaksi")
    expect(page.locator("main")).to_contain_text("Odottaa tarkistusta")

    editor = visitor.open(f"{HOME}tarkistus/", staff=EDITOR)
    editor.locator("li", has_text=name).get_by_role("link").click()
    editor.locator("summary", has_text="Palauta korjattavaksi").click()
    editor.fill("#kommentti", "Kerro, mahtuvatko vaunut sisään.")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Palauta", exact=True).click()

    page.goto(one)
    expect(page.locator("main")).to_contain_text("Kerro, mahtuvatko vaunut sisään.")
    page.goto(f"{one}muokkaa/")
    page.locator("summary", has_text="Kenelle, esteettömyys").first.click()
    page.locator("#esteettomyys-fi").fill("Vaunut mahtuvat sisään.")
    with page.expect_navigation():
        page.get_by_role("button", name="Tallenna muutokset").click()
    press(page, "Lähetä tarkistettavaksi")

    editor.goto(f"{visitor.address}{HOME}tarkistus/")
    editor.locator("li", has_text=name).get_by_role("link").click()
    expect(editor.locator("main")).to_contain_text("Vaunut mahtuvat sisään.")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Hyväksy ja julkaise").click()
    page.goto(one)
    expect(page.locator("main .lede").first).to_contain_text("Julkaistu")
    public = page.get_by_role("link", name="Katso julkinen sivu").get_attribute("href") or ""
    families_find_it(visitor, name, public)


def families_find_it(visitor: Visitor, name: str, public: str) -> None:
    """It is found by search, on its place's poster, and in the place's calendar."""
    family = visitor.open(f"/palvelut/?q={quote(f'perhekahvila {name}')}", width=390, scripts=False)
    family.locator(f'main a[href="{public}"]').first.click()
    expect(family.locator("main")).to_contain_text(name)
    expect(family.locator("main")).to_contain_text("Vaunut mahtuvat sisään.")
    place = family.locator('main a[href^="/paikat/"]').first.get_attribute("href")
    feed = Calendar.from_ical(family.request.get(f"{visitor.address}{place}kalenteri.ics").text())
    assert public in [urlsplit(str(one["URL"])).path for one in feed.walk("VEVENT")]
    family.goto(f"{visitor.address}{place}juliste/?viikko=ensi")
    expect(family.locator("main")).to_contain_text("Perhekahvila")
    family.goto(f"{visitor.address}{place}naytto/")
    expect(family.locator("main")).to_be_visible()


@pytest.mark.parametrize(("prefix", "scheme", "width"), [("", "light", 320), ("/ar", "dark", 1280)])
def test_every_page_on_the_way_is_sound(visitor: Visitor, prefix: str, scheme: str, width: int) -> None:
    number = time.time_ns() % 10**9
    name, email = f"Salivuoro ry {number}", f"sali{number}@perhe.example"
    asking = visitor.open("/liity/", scripts=False)
    join(asking, name, email)
    page = visitor.open(f"{prefix}{HOME}liittymiset/", width=width, scheme=scheme, staff=EDITOR)
    assert faults(page) == []
    accept(visitor, name)
    looked = visitor.open(asking.url.replace(visitor.address, ""), width=width, scheme=scheme)
    assert faults(looked) == []
    for path in (
        HOME,
        f"{HOME}uusi/?pohja=kurssi",
        f"{HOME}tarkistus/",
        f"{HOME}monta/",
        f"{HOME}liittymiset/",
    ):
        page.goto(f"{visitor.address}{prefix}{path}")
        assert faults(page) == [], path
    sign_in(asking, email)
    write_a_cafe(asking)
    one = asking.url.split("?")[0].replace(visitor.address, "").removeprefix(prefix)
    press(asking, "Lähetä tarkistettavaksi")
    for path in (one, f"{one}muokkaa/", f"{one}historia/"):
        page.goto(f"{visitor.address}{prefix}{path}")
        for fold in page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        assert faults(page) == [], path
    page.goto(f"{visitor.address}{prefix}{HOME}tarkistus/")
    page.locator("li", has_text=name).get_by_role("link").click()
    assert faults(page) == []
