"""What the family's pages of guidance show, made of what is stored. Words are chosen here, not in views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from turvaverkko.core import time_source
from turvaverkko.core.ids import new_public_id
from turvaverkko.core.languages import LANGUAGES
from turvaverkko.directory import api as directory
from turvaverkko.directory import page_api as pages
from turvaverkko.guidance import forms, queries, states
from turvaverkko.guidance.giving import given
from turvaverkko.guidance.models import ContactRequest, Draft, Message
from turvaverkko.guidance.rules import PROMISE, Asker, Urgency, Way
from turvaverkko.looks import words
from turvaverkko.looks.api import Fact, FieldError, Number, Option, Step
from turvaverkko.organisation.api import (
    answer_promise,
    host_county,
    municipalities,
    path_of_municipality,
)
from turvaverkko.work.api import open_deadline

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is received now, and who answers the telephone instead.

    Attributes:
        status: of HTTP.
        numbers: 112 and the one beside it.
        help: the county's own telephone, if it has one.
    """

    status: int
    text: str
    numbers: list[Number]
    help: pages.HelpCard | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of a thread as the family sees it."""

    text: str
    who: str
    sent_at: datetime
    is_ours: bool


def ages() -> dict[str, str]:
    """Return the age groups that can be chosen, code → label."""
    return {term.code: term.label for term in directory.ages(get_language() or "fi")}


def choices(request: HttpRequest, values: Content) -> dict[str, Any]:
    """Return the choices of every step, with what was typed ticked."""
    chosen = pages.chosen(request)
    return {
        "askers": _options(askers(), values.get("asker")),
        "ages": [Option("", gettext("En halua kertoa")), *_options(ages().items(), values.get("child_age"))],
        "place": values.get("place", chosen.name),
        "urgencies": _options(urgencies(), values.get("urgency") or Urgency.CAN_WAIT.value),
        **contact_choices(values),
        "languages": _options(_languages(), values.get("language") or get_language()),
    }


def contact_choices(values: Content) -> dict[str, Any]:
    """Return the choices of how a family is reached. A message is left only when it was allowed."""
    may = bool(values.get("may_leave_message"))
    return {
        "way_options": [Option(code, label, checked=code == values.get("way")) for code, label, _h in ways()],
        "way_hints": {code: hint for code, _label, hint in ways()},
        "hours": [
            Option(hours, hours.replace("-", "–"), checked=hours in values.get("call_hours", ()))
            for hours in forms.CALL_HOURS
        ],
        "message_options": [
            Option("yes", gettext("Kyllä"), checked=may),
            Option("no", gettext("Ei viestiä"), checked=not may),
        ],
        "interpreter_options": [
            Option("yes", gettext("Tarvitsen tulkin"), checked=bool(values.get("needs_interpreter")))
        ],
    }


def alarm() -> list[Number]:
    """Return 112 and the social emergency service; 112 also where the county has no list of its own."""
    numbers = sorted(pages.crisis_numbers(get_language() or "fi"), key=lambda entry: entry.number != "112")
    if not numbers or numbers[0].number != "112":
        numbers.insert(0, Number("112", gettext("Hätänumero")))
    return numbers[:2]


def refusal(status: int, text: str, content: Content) -> Refusal:
    """Return what a page says when nothing can be received."""
    return Refusal(status, text, alarm(), county_telephone(content.get("municipality", "")))


def county_telephone(municipality: str = "") -> pages.HelpCard | None:
    """Return the telephone of the county or of a municipality's area, with its hours; None without one."""
    return pages.help_card(get_language() or "fi", municipality)


def too_many(*, is_kept: bool) -> str:
    """Return that so much came from the reader's address that nothing more is received now.

    Args:
        is_kept: what was typed is stored as a draft; else it stands on the page alone.
    """
    why = gettext("Samasta verkosta on tunnin aikana tullut hyvin monta pyyntöä.")
    on_page = gettext("Kirjoittamasi on tällä sivulla. Pidä sivu auki ja yritä tunnin päästä uudelleen.")
    return f"{why} {_kept() if is_kept else on_page} {_call()}"


def cannot_receive() -> str:
    """Return that the county's own settings keep it from receiving anything."""
    return f"{gettext('Vika on meidän, ei sinun.')} {_kept()} {_call()}"


def _kept() -> str:
    return gettext("Kirjoittamasi on tallessa, kunnes suljet selaimen. Yritä tunnin päästä uudelleen.")


def _call() -> str:
    return gettext("Jos et voi odottaa, soita.")


def night() -> str:
    """Return that nobody watches the form at night, with the number of the social emergency service."""
    number = next((entry.number for entry in alarm() if entry.number != "112"), "")
    if not number:
        return gettext(
            "Lomaketta ei vahdita yöllä eikä viikonloppuna. Jos apua tarvitaan heti, soita hätänumeroon 112."
        )
    return gettext(
        "Lomaketta ei vahdita yöllä eikä viikonloppuna. Jos apua tarvitaan heti, soita hätänumeroon 112 tai "
        "sosiaalipäivystykseen %(number)s."
    ) % {"number": number}


def form_steps(current: str) -> list[Step]:
    """Return the steps of the form for the step line."""
    named = (
        ("who", gettext("Kuka")),
        ("situation", gettext("Tilanne")),
        ("contact", gettext("Yhteys")),
        ("check", gettext("Tarkistus")),
    )
    at = [name for name, _title in named].index(current)
    return [
        Step(title, state="done" if place < at else ("now" if place == at else "ahead"))
        for place, (_name, title) in enumerate(named)
    ]


def askers() -> list[tuple[str, str]]:
    """Who asks, in the asker's own words."""
    return [
        (Asker.PARENT, gettext("Olen vanhempi tai huoltaja")),
        (Asker.YOUTH, gettext("Olen lapsi tai nuori ja kysyn itse")),
        (Asker.GRANDPARENT, gettext("Olen isovanhempi tai muu läheinen")),
        (Asker.PROFESSIONAL, gettext("Kysyn työni puolesta")),
        (Asker.OTHER, gettext("Joku muu")),
    ]


def urgencies() -> list[tuple[str, str]]:
    """How urgent it is, in the asker's own words."""
    return [
        (Urgency.TODAY, gettext("Tarvitsemme apua tänään")),
        (Urgency.THIS_WEEK, gettext("Olisi hyvä jutella tällä viikolla")),
        (Urgency.CAN_WAIT, gettext("Tämä voi odottaa luvattuun päivään")),
    ]


def ways() -> list[tuple[str, str, str]]:
    """How we answer, and what that means for the asker."""
    return [
        (Way.CALL, gettext("Soittakaa minulle"), gettext("Numeromme näkyy tuntemattomana.")),
        (
            Way.MAIL,
            gettext("Lähettäkää sähköposti"),
            gettext("Viestissä lukee vain, että sinulle on vastaus. Luet sen koodilla."),
        ),
        (
            Way.CODE,
            gettext("Palaan itse koodilla"),
            gettext("Et anna nimeä etkä numeroa. Kukaan ei soita eikä kirjoita."),
        ),
    ]


def field_errors(step: forms.Step) -> list[FieldError]:
    """Return the errors for the summary, in the order of the fields."""
    return [FieldError(name, sentence) for name, sentence in step.errors.items()]


def promise(content: Content) -> SafeString | str:
    """Return the day and time by which a request sent now is answered, in words; "" when none is promised."""
    found = _promise(content.get("municipality", ""))
    return words.moment_words(found) if found else ""


def summary(content: Content) -> list[tuple[Fact, str]]:
    """Return what is about to be sent: each fact with the address where it can be changed."""
    who, about, contact = (reverse(f"guidance:{name}") for name in ("who", "situation", "contact"))
    said = dict(askers())
    rows = [
        (Fact(gettext("Kuka pyytää"), said.get(content["asker"], "")), who),
        (Fact(gettext("Lapsen ikä"), ages().get(content.get("child_age", ""), "")), who),
        (Fact(gettext("Paikka"), content.get("place", "")), who),
        (Fact(gettext("Mikä painaa"), content["words"]), about),
        (Fact(gettext("Kiire"), dict(urgencies()).get(content["urgency"], "")), about),
        (Fact(gettext("Vastaus"), _way_words(content)), contact),
        (Fact(gettext("Milloin voi soittaa"), _hours(content)), contact),
        (Fact(gettext("Viesti vastaajaan"), _message_words(content)), contact),
        (Fact(gettext("Nimi"), content.get("name", "")), contact),
        (Fact(gettext("Kieli"), _language_words(content)), contact),
    ]
    return [(fact, f"{address}?from=check") for fact, address in rows if fact.value]


def receipt(draft: Draft, request: HttpRequest) -> dict[str, Any]:
    """Return what the receipt shows: promise, code, QR, what happens next, emergency numbers."""
    sent = draft.sent
    assert sent is not None
    contact = queries.contact_of(sent)
    due = _due(sent)
    address = request.build_absolute_uri(reverse("guidance:status"))
    return {
        "promise": _promise_sentence(Way(sent.way), due),
        "call": _call_words(Way(sent.way), contact.call_hours, may_leave=contact.may_leave_message),
        "code": draft.code,
        # The code is in the part of the address that a browser never sends: no server log can hold it.
        "qr": mark_safe(segno.make(f"{address}#{draft.code}", error="m").svg_inline(scale=4, border=2)),  # noqa: S308 - made of our own address and code
        "address": address,
        "steps": _steps(sent),
        "alarm": alarm(),
    }


def status(request: ContactRequest, step: forms.Step, notice: str = "") -> dict[str, Any]:
    """Return what the family's own page shows."""
    return {
        "noindex": True,
        "said": notice,
        "state": _state_words(request),
        "steps": _steps(request),
        "messages": _thread(request),
        "baskets": given(queries.thread(request, as_family=True)),
        "is_open": request.item.closed_at is None and not request.contact.do_not_contact,
        "law_runs": bool(queries.running_limits(request)),
        "is_identified": request.is_identified,
        "values": step.values,
        "errors": field_errors(step),
        "error_of": step.errors,
        "key": new_public_id(),
        "alarm": alarm(),
        "help": county_telephone(request.item.municipality) if request.item.closed_at else None,
        **contact_choices(step.values),
    }


def said(code: str) -> str:
    """Return what a page says once, after something was done."""
    sentences = {
        "written": gettext("Viestisi on perillä."),
        "told": gettext("Kiitos. Palveluohjaaja näkee nyt nimesi."),
        "ended": gettext("Pyyntö oli jo päättynyt."),
        "withdrawn": gettext("Pyyntö on peruttu."),
        "kept": gettext("Peruit pyynnön."),
    }
    return sentences.get(code, "")


def exit_address() -> str:
    """Return the page to which the exit leads: one that tells nothing."""
    return str(settings.EXIT_ADDRESS)


def _options(pairs: Any, chosen: object) -> list[Option]:  # noqa: ANN401 - any pairs of code and label
    return [Option(str(code), str(label), checked=code == chosen) for code, label in pairs]


def _languages() -> list[tuple[str, str]]:
    """The languages that can be asked for, each by its own name, so that its reader finds it."""
    return [(language.code, language.own_name) for language in LANGUAGES if language.code != "fi-simple"]


def _promise(municipality: str) -> datetime | None:
    found = municipalities(host_county()).filter(slug=municipality).first() if municipality else None
    where = path_of_municipality(found) if found else None
    promised = answer_promise(at=time_source.now(), where=where)
    return promised.moment if promised else None


def _due(request: ContactRequest) -> datetime | None:
    deadline = open_deadline(request.item, PROMISE)
    return deadline.due_at if deadline else None


def _promise_sentence(way: Way, due: datetime | None) -> SafeString | str:
    if due is None:
        return gettext("Vastaamme sinulle.")
    sentences = {
        Way.CALL: gettext("Soitamme sinulle viimeistään {when}."),
        Way.MAIL: gettext("Vastaamme viimeistään {when}. Saat siitä sähköpostin."),
        Way.CODE: gettext("Vastaus odottaa koodisi takana viimeistään {when}."),
    }
    return format_html(sentences[way], when=words.moment_words(due))


def _call_words(way: Way, hours: str, *, may_leave: bool) -> str:
    if way is not Way.CALL:
        return ""
    times = ", ".join(hours.replace("-", "–").split())
    first = gettext("Yritämme sinulle sopivina aikoina: klo %(times)s.") % {"times": times} if times else ""
    message = (
        gettext("Voimme jättää viestin vastaajaan.")
        if may_leave
        else gettext("Emme jätä viestiä vastaajaan.")
    )
    return f"{first} {message}".strip()


def _steps(request: ContactRequest) -> list[Step]:
    """What happened, what happens now, what comes: the same thread on the receipt and on the status page."""
    item = request.item
    ended = item.closed_at is not None
    read = item.state != states.NEW
    answered = any(m.staff_id for m in queries.thread(request, as_family=True)) or any(
        attempt.reached for attempt in queries.attempts(request)
    )
    written = Step(gettext("Sinä kirjoitit"), str(words.moment_words(request.received_at)), "done")
    if item.state == states.WITHDRAWN:  # nobody reads it, answers it or decides anything any more
        when = str(words.moment_words(item.closed_at)) if item.closed_at else ""
        return [written, Step(gettext("Peruit pyynnön"), when, "done")]
    if request.contact.do_not_contact:
        return [
            written,
            Step(gettext("Peruit pyynnön"), gettext("Viestejä emme enää lähetä."), "done"),
            Step(
                gettext("Ammattilainen arvioi asian"),
                gettext("Laki velvoittaa arvioimaan sen, vaikka pyyntö on peruttu."),
                "done" if ended else "now",
            ),
        ]
    return [
        written,
        Step(
            gettext("Palveluohjaaja lukee viestin"),
            gettext("Viestin näkevät vain tämän yksikön palveluohjaajat: %(unit)s.")
            % {"unit": item.unit.name},
            "done" if read or ended else "now",
        ),
        Step(
            gettext("Saat vastauksen"),
            gettext("Sinun ei tarvitse aloittaa alusta: vastaaja on jo lukenut, mitä kerroit."),
            "done" if answered else ("now" if read and not ended else "ahead"),
        ),
        Step(
            gettext("Päätätte yhdessä, mitä tehdään"),
            gettext("Mitään ei päätetä puolestasi."),
            "done" if ended and answered else ("now" if answered and not ended else "ahead"),
        ),
    ]


def _state_words(request: ContactRequest) -> SafeString | str:
    state = request.item.state
    due = _due(request)
    if state == states.WITHDRAWN:
        return gettext("Pyyntö on peruttu. Kukaan ei ota sinuun yhteyttä sen vuoksi.")
    if request.contact.do_not_contact:
        return gettext("Peruit pyynnön. Ammattilainen arvioi asian silti, koska laki velvoittaa siihen.")
    if state == states.RESOLVED:
        return gettext("Pyyntö on päättynyt. Jos asia jatkuu, lähetä uusi pyyntö tai soita.")
    if state == states.WAITING_FAMILY:
        return gettext("Odotamme sinua. Voit vastata tässä, kun sinulle sopii.")
    if due is not None:
        return format_html(gettext("Vastaamme viimeistään {when}."), when=words.moment_words(due))
    return gettext("Palveluohjaaja hoitaa asiaasi.")


def _thread(request: ContactRequest) -> list[Shown]:
    """The family's first words and everything after them."""
    first = Shown(request.words, gettext("Sinä"), request.received_at, is_ours=False)
    return [first, *(_shown(message) for message in queries.thread(request, as_family=True))]


def _shown(message: Message) -> Shown:
    by = gettext("%(name)s, palveluohjaaja") % {"name": message.staff.display_name} if message.staff else ""
    return Shown(message.text, by or gettext("Sinä"), message.sent_at, is_ours=message.staff_id is not None)


def _way_words(content: Content) -> SafeString | str:
    way = Way(content["way"])
    reached = {Way.CALL: content.get("phone", ""), Way.MAIL: content.get("email", "")}.get(way, "")
    name = next(label for code, label, _hint in ways() if code == way)
    if not reached:
        return name
    # Read from the left in every language; a number stays in one piece, a long address may break.
    shown = words.isolated(reached) if way is Way.CALL else format_html('<bdi dir="ltr">{}</bdi>', reached)
    return format_html("{}: {}", name, shown)


def _hours(content: Content) -> str:
    if content["way"] != Way.CALL:
        return ""
    return ", ".join(hours.replace("-", "–") for hours in content.get("call_hours", ())) or gettext(
        "Milloin vain"
    )


def _message_words(content: Content) -> str:
    if content["way"] != Way.CALL:
        return ""
    return gettext("Saa jättää") if content.get("may_leave_message") else gettext("Älkää jättäkö viestiä")


def _language_words(content: Content) -> str:
    name = dict(_languages()).get(content.get("language", ""), "")
    return (
        gettext("%(language)s, tulkki tarvitaan") % {"language": name}
        if content.get("needs_interpreter")
        else name
    )
