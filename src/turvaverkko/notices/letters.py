"""From a template to a letter in the recipient's language: a subject, plain text, simple HTML.

The letter is made anew in each attempt and comes out the same; the outbox keeps no text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.core.languages import BY_CODE, SOURCE_LANGUAGE, Language
from turvaverkko.notices.templates import DISCREET, TEMPLATES, Page, Template, read

# Pages of upper floors: the name of their view, and what makes its one argument of what a notice is about.
# Without a page a notice leads to the front page.
_pages: Final[dict[Page, tuple[str, Callable[[str], str] | None]]] = {}
# The fact of a notice that says what its page is about: a public id, never told in words.
ABOUT: Final = "about"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent.

    Attributes:
        sender: the name that stands before the sender's address; empty in a discreet letter.
    """

    sender: str
    subject: str
    text: str
    html: str


def register_page(page: Page, view_name: str, argument: Callable[[str], str] | None = None) -> None:
    """Say where a page is; an upper app does it in `AppConfig.ready`.

    Args:
        page: which one.
        view_name: of a view without arguments, or with the one that `argument` makes.
        argument: makes it of what the notice is about, the same in every attempt: the outbox keeps no link.
    """
    _pages[page] = (view_name, argument)


def letter(template: str, facts: Mapping[str, str], *, language: str, discreet: bool) -> Letter:
    """Return the letter of a template.

    Args:
        template: its code.
        facts: as `templates.checked` gave them.
        language: the recipient's; one that is not published yet becomes Finnish.
        discreet: tell neither the service nor the kind of notice.
    """
    chosen = BY_CODE.get(language)
    spoken = chosen if chosen and chosen.published else BY_CODE[SOURCE_LANGUAGE]
    used = DISCREET if discreet else TEMPLATES[template]
    with translation.override(spoken.code):
        service = "" if discreet else gettext("Perhekeskus")
        subject = str(used.lead).rstrip(".")
        address = page_address(used.page, spoken, facts.get(ABOUT, ""))
        before = [*_told(used, facts), gettext("Lue lisää täältä:")]
        after = [gettext("Tähän viestiin ei voi vastata."), _how_to_stop(used.page)]
        return Letter(
            sender=service,
            subject=f"{service}: {subject}" if service else subject,
            text="\n\n".join([*before, address, *after]) + "\n",
            html=_html(spoken, subject, before, address, after),
        )


def page_address(page: Page, language: Language, about: str = "") -> str:
    """Return the whole address of a page in the active language."""
    name, argument = _pages.get(page, ("", None))
    if name:
        path = reverse(name, args=[argument(about)] if argument else [])
    else:
        path = f"/{language.prefix}/".replace("//", "/")
    return f"{settings.SITE_ADDRESS}{path}"


def _told(template: Template, facts: Mapping[str, str]) -> list[str]:
    sentences = [str(template.lead)]
    for name, sentence in template.facts.items():
        if name in facts:
            moment = read(facts[name])
            words = {"day": date_format(moment, "DATE_FORMAT")}
            if "%(time)s" in str(sentence):
                words["time"] = date_format(moment, "TIME_FORMAT")
            sentences.append(str(sentence) % words)
    return sentences


def _how_to_stop(page: Page) -> str:
    if page is Page.WORK:
        return gettext("Jos et halua näitä viestejä, kerro siitä yksikkösi esihenkilölle.")
    if page in (Page.SIGN_IN, Page.JOIN):
        return gettext("Jos et ole pyytänyt tätä viestiä, sinun ei tarvitse tehdä mitään.")
    if page is Page.CONFIRM:
        return gettext("Jos tämä osoite on väärä, kerro siitä linkin sivulla kohdassa Jokin on muuttunut.")
    return gettext("Jos et halua näitä viestejä, kerro siitä meille samalla sivulla.")


def _html(
    language: Language, subject: str, before: Iterable[str], address: str, after: Iterable[str]
) -> SafeString:
    # The address reads from left to right also inside Arabic.
    link = format_html('<p><a href="{}"><bdi dir="ltr">{}</bdi></a></p>', address, address)
    return format_html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
        "<body>\n{}\n{}\n{}\n</body>\n</html>\n",
        *(language.code, language.direction, subject, _paragraphs(before), link, _paragraphs(after)),
    )


def _paragraphs(sentences: Iterable[str]) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((sentence,) for sentence in sentences))
