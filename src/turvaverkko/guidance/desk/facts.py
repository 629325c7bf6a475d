"""The facts of a request for a guide, and what to remember before anybody is called."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.guidance.desk.due import promise_words
from turvaverkko.guidance.desk.labels import Labels, not_needed_words
from turvaverkko.guidance.desk.route import why_here
from turvaverkko.guidance.models import (
    KINDS,
    OUTCOMES,
    RESOLUTIONS,
    URGENCIES,
    ContactDetails,
    ContactRequest,
)
from turvaverkko.guidance.rules import PROMISE, Way
from turvaverkko.looks.api import Fact
from turvaverkko.looks.words import phone_link, with_isolated_numbers
from turvaverkko.work.api import Deadline, due_words


def remember(request: ContactRequest) -> list[str]:
    """Return what must not be done, for the place above every button that could do it."""
    contact = request.contact
    if contact.do_not_contact:
        told = [gettext("Älä ota yhteyttä. Perhe perui pyynnön.")]
        if request.item.closed_at is None:
            told.append(gettext("Lain määräaika juoksee silti: arvioi, mitä laki vaatii, ja päätä pyyntö."))
        return told
    if request.way == Way.CODE:
        return [gettext("Älä soita äläkä kirjoita muualle. Vastaus menee vain koodin taakse.")]
    if request.way == Way.MAIL:
        return [gettext("Älä kirjoita asiaa sähköpostiin. Vastaa tässä; perhe lukee sen koodilla.")]
    if not contact.may_leave_message:
        return [gettext("Älä jätä viestiä vastaajaan.")]
    return []


def of(request: ContactRequest, deadlines: Sequence[Deadline], labels: Labels) -> list[Fact]:
    """Return the facts; what the family did not tell is left out."""
    item = request.item
    language = labels.language_of(request.language)
    found = [
        Fact(gettext("Yhteys"), _contact(request)),
        Fact(gettext("Nimi"), request.contact.name),
        Fact(gettext("Lapsi"), labels.age(request.child_age)),
        Fact(gettext("Paikka"), labels.place(item.municipality)),
        Fact(
            gettext("Kieli"),
            gettext("%(language)s, tulkki tarvitaan") % {"language": language}
            if request.needs_interpreter
            else language,
        ),
        Fact(gettext("Kiire perheen mielestä"), str(dict(URGENCIES)[request.urgency])),
        Fact(gettext("Aihe"), labels.topic(item.topic)),
        Fact(gettext("Laji"), str(dict(KINDS)[request.kind])),
        Fact(gettext("Miksi täällä"), _why(request, labels)),
        *(_limit(one) for one in deadlines if one.policy != PROMISE),
        Fact(gettext("Ratkaisu"), str(dict(RESOLUTIONS).get(request.resolution, ""))),
        Fact(gettext("Mitä siitä seurasi"), str(dict(OUTCOMES).get(request.outcome, ""))),
    ]
    return [fact for fact in found if fact.value]


def _contact(request: ContactRequest) -> SafeString | str:
    contact: ContactDetails = request.contact
    if contact.purged_at:
        return gettext("Yhteystiedot on poistettu säilytysajan jälkeen.")
    if request.way == Way.MAIL and contact.email:
        return format_html('<bdi dir="ltr">{}</bdi>', contact.email)
    if request.way == Way.CALL and contact.phone:
        hours = ", ".join(part.replace("-", "–") for part in contact.call_hours.split())
        when = (
            with_isolated_numbers(gettext("klo %(times)s") % {"times": hours})
            if hours
            else gettext("milloin vain")
        )
        return format_html("<b>{}</b>, {}", phone_link(contact.phone), when)
    return gettext("vain koodilla")


def _why(request: ContactRequest, labels: Labels) -> str:
    why = why_here(request, labels)
    if request.danger_words:
        why += " " + gettext("Perheen sanoissa on vaaran merkkejä: tarkista turvallisuus ensin.")
    return why


def _limit(deadline: Deadline) -> Fact:
    told = due_words(deadline, time_source.now())
    is_open = deadline.met_at is None and deadline.dropped_at is None and deadline.paused_at is None
    words = promise_words(deadline, "")
    if is_open and told.light != "late":
        return Fact(gettext("Lain määräaika"), words)
    why = not_needed_words().get(deadline.drop_reason, "")
    if why:
        return Fact(gettext("Lain määräaika"), format_html("{}: {}, {}", words, told.text, why))
    return Fact(gettext("Lain määräaika"), format_html("{}: {}", words, told.text))
