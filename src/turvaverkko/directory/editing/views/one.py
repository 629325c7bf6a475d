"""One happening: its state and what comes next, as a family sees it, its dates, its history."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.core.deadlines import NoPolicy
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import policies, presenting, queries, rules, typing_in, words
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import CHANGES, LANGUAGES, TIMES, Content, field_of
from turvaverkko.directory.editing.services import listing as services
from turvaverkko.directory.editing.services import locking
from turvaverkko.directory.editing.services.joining import NoRoute
from turvaverkko.directory.editing.typing_in import Unreadable
from turvaverkko.directory.editing.views.common import (
    CHANGED,
    LONGEST,
    NOTHING,
    Told,
    draw,
    for_editors,
    found,
    go,
)
from turvaverkko.directory.editing.writing import content_of
from turvaverkko.directory.models import Happening, HappeningChange
from turvaverkko.looks.api import Option
from turvaverkko.organisation.sign_in.api import StaffRequest

LIST: Final = "editing:listings"


@for_editors
@require_safe
def show(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """GET tyo/sisallot/ilmoitus/<id>/ : one happening with everything that can be done to it."""
    return _show(request, actor, found(actor, public_id))


@for_editors
@require_POST
def move(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/tila/ : send, publish, hide, end or take back; `teko` says which."""
    happening, act = found(actor, public_id), request.POST.get("teko", "")
    moves: dict[str, Callable[[], object]] = {
        "submit": lambda: services.submit(actor, happening, language=get_language() or "fi"),
        "publish": lambda: services.publish(actor, happening),
        "hide": lambda: services.hide(actor, happening),
        "archive": lambda: services.archive(
            actor, happening, successor=_successor(request, actor, happening)
        ),
        "restore": lambda: services.restore(actor, happening),
    }
    if act not in moves:
        raise Http404
    try:
        moves[act]()
    except services.NotWhole:
        said = gettext("Ennen julkaisua tarvitaan nimi ja ainakin yksi tuleva kerta. Lisää ne muokkaamalla.")
        return _show(request, actor, found(actor, public_id), Told(said))
    except (NoRoute, NoPolicy):
        said = gettext(
            "Tarkistusjono ei ole nyt käytössä. Luonnos on tallessa. Ilmoita asiasta hyvinvointialueelle."
        )
        return _show(request, actor, found(actor, public_id), Told(said, CHANGED))
    except IllegalMove:
        said = gettext("Joku muu ehti ensin. Sivulla näkyy nykyinen tilanne.")
        return _show(request, actor, found(actor, public_id), Told(said, CHANGED))
    return go("editing:one", public_id, done=act)


@for_editors
@require_POST
def change_date(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/kerta/ : cancel or move one date, or take that back."""
    happening, day = found(actor, public_id), request.POST.get("paiva", "")[:LONGEST]
    if day not in {one.day for one in presenting.dates(happening)}:
        raise Http404
    try:
        change = _change(request)
        services.change_date(actor, happening, day=day, change=change)
    except Unreadable as error:
        return _show(request, actor, happening, Told(str(error), at=day))
    except IllegalMove:
        said = gettext("Tämän tapahtuman kertoja ei voi muuttaa täällä.")
        return _show(request, actor, found(actor, public_id), Told(said, CHANGED))
    return go("editing:one", public_id, done="paiva")


@for_editors
@require_POST
def duplicate(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/kopioi/ : a draft of the same, without dates that go otherwise. Two presses make one."""
    happening = found(actor, public_id)
    content: Content = {**content_of(happening), CHANGES: []}
    key = request.POST.get("avain", "")[:100]
    made = services.create.once(key, actor, happening.organisation, content=content)
    return go("editing:one", made.public_id, done="kopio")


@for_editors
@require_safe
def history(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """GET …/historia/ : who changed what and when, the newest first."""
    return _history(request, actor, found(actor, public_id))


@for_editors
@require_POST
def restore(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/historia/palauta/ : make it say again what it said."""
    happening, number = found(actor, public_id), request.POST.get("versio", "")[:9]
    revision = queries.revision(happening, int(number)) if number.isdecimal() else None
    if revision is None:
        raise Http404
    try:
        services.restore_revision(
            actor, happening, revision=revision, seen=request.POST.get("nahty", "")[:LONGEST]
        )
    except services.ChangedMeanwhile:
        said = gettext("Joku muu muutti tätä sillä välin. Katso historiasta nykyinen tilanne.")
        return _history(request, actor, happening, said)
    except IllegalMove:
        said = gettext(
            "Aiempaa versiota ei voi palauttaa nyt. Muokkaa tapahtumaa ja lähetä muutos tarkistettavaksi."
        )
        return _history(request, actor, happening, said)
    return go("editing:one", public_id, done="palautettu")


@for_editors
@require_POST
def field(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/kentta/ : take a field over from its source, or let it follow again."""
    happening, name = found(actor, public_id), request.POST.get("kentta", "")[:LONGEST]
    act = locking.take_over if request.POST.get("teko") == "ota" else locking.follow_again
    try:
        act(actor, happening, field=name)
    except locking.NotLocked:
        said = gettext("Joku muu ehti ensin. Sivulla näkyy nykyinen tilanne.")
        return _show(request, actor, happening, Told(said, CHANGED))
    return go("editing:one", public_id, done="kentta")


def _successor(request: StaffRequest, actor: Editor, happening: Happening) -> Happening | None:
    chosen = request.POST.get("seuraaja", "")[:LONGEST]
    return next((one for one, _name in _others(actor, happening) if one.public_id == chosen), None)


def _others(actor: Editor, happening: Happening) -> list[tuple[Happening, str]]:
    """Return the happenings of the same organisation that may follow this one, with their names."""
    rows = queries.visible_to(actor).filter(organisation=happening.organisation_id).exclude(state="archived")
    others = list(rows.exclude(pk=happening.pk).order_by("-changed_at")[: queries.PAGE])
    names = queries.names_of(others, get_language() or "fi")
    return [(one, names.get(one.pk, (one.slug, ""))[0]) for one in others]


def _change(request: StaffRequest) -> dict[str, Any] | None:
    """Read what one date becomes; None takes a change back.

    Raises:
        Unreadable: a day, a time or the note.
    """
    act = request.POST.get("teko", "")
    if act == "ennallaan":
        return None
    note = typing_in.at_most(typing_in.line(request.POST.get("viesti", "")), rules.LINE)
    kept = {
        "kind": HappeningChange.Kind.CANCELLED.value,
        "new_day": "",
        "starts": "",
        "ends": "",
        "place": "",
        "note": {"fi": note} if note else {},
    }
    if act == "peru":
        return kept
    new_day, starts, ends = (typing_in.line(request.POST.get(name, "")) for name in ("uusi", "klo", "asti"))
    if not (new_day or starts):
        raise Unreadable(gettext("Kirjoita uusi päivä tai uudet kellonajat."))
    if bool(starts) != bool(ends):
        raise Unreadable(gettext("Kirjoita sekä alkamis- että päättymisaika."))
    if starts and typing_in.clock(ends) <= typing_in.clock(starts):
        raise Unreadable(gettext("Päättymisaika on ennen alkamisaikaa. Tarkista kellonajat."))
    return {
        **kept,
        "kind": HappeningChange.Kind.MOVED.value,
        "new_day": typing_in.day(new_day).isoformat() if new_day else "",
        "starts": f"{typing_in.clock(starts):%H:%M}" if starts else "",
        "ends": f"{typing_in.clock(ends):%H:%M}" if ends else "",
    }


def _show(request: StaffRequest, actor: Editor, happening: Happening, told: Told = NOTHING) -> HttpResponse:
    content = content_of(happening)
    places = {slug: name for slug, name, _where in presenting.places_of(actor)}
    asked = request.GET.get("kieli", "")
    language = asked if asked in LANGUAGES else _first_language(content)
    last, locks = queries.last_review(happening), queries.locks_of(happening)
    is_reviewed = queries.is_reviewed(happening.organisation)
    context = {
        "happening": happening,
        "name": presenting.preview(content, get_language() or "fi", places).name,
        "state": words.of(words.STATES, happening.state),
        "told": told,
        "acts": presenting.acts(actor, happening, is_reviewed=is_reviewed),
        "preview": presenting.preview(content, language, places),
        "languages": presenting.previews(content, language),
        "dates": presenting.dates(happening)[: queries.PAGE],
        "may_change_dates": happening.state != "archived" and CHANGES not in locks and bool(content[TIMES]),
        "review": last,
        "review_state": words.of(words.REVIEW_STATES, last.state) if last else "",
        "successors": [
            Option("", gettext("Ei seuraajaa")),
            *(Option(one.public_id, name) for one, name in _others(actor, happening)),
        ],
        "successor": happening.successor,
        "key": secrets.token_urlsafe(16),
        "locks": [
            (name, words.of(words.FIELDS, name), presenting.source_words(source))
            for name, source in locks.items()
        ],
        "may_release": policies.may_release(actor, happening),
        "edit_url": reverse("editing:edit", args=[happening.public_id]),
    }
    return draw(request, "one", LIST, context, told.status)


def _first_language(content: Content) -> str:
    names = field_of(content, "name")
    return next((code for code in LANGUAGES if names.get(code)), "fi")


def _history(request: StaffRequest, actor: Editor, happening: Happening, problem: str = "") -> HttpResponse:
    places = {slug: name for slug, name, _where in presenting.places_of(actor)}
    content = content_of(happening)
    context = {
        "happening": happening,
        "name": presenting.preview(content, get_language() or "fi", places).name,
        "steps": presenting.history(queries.revisions(happening), places),
        "seen": queries.stamp(happening),
        "may_restore": happening.state != "archived" and not services.needs_review(actor, happening),
        "problem": problem,
    }
    return draw(request, "history", LIST, context, CHANGED if problem else 200)
