"""The list of happenings, and the one form in which they are written."""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from turvaverkko.core.replay import BadIdempotencyKey
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import forms, presenting, queries, words
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import EMPTY, LANGUAGES, Content
from turvaverkko.directory.editing.models import Review
from turvaverkko.directory.editing.services import listing as services
from turvaverkko.directory.editing.templates import template, templates
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
from turvaverkko.directory.models import Happening
from turvaverkko.directory.states import ARCHIVED
from turvaverkko.looks.api import Link, Option, page_links
from turvaverkko.organisation.api import Organisation
from turvaverkko.organisation.sign_in.api import StaffRequest

LIST: Final = "editing:listings"
PAGE = require_http_methods(["GET", "HEAD", "POST"])
# Unit: bytes of chance in the key of a form.
KEY: Final = 16


@for_editors
@require_safe
def listing(request: StaffRequest, actor: Editor) -> HttpResponseBase:
    """GET tyo/sisallot/ : one's own happenings, what comes first before the rest."""
    filters = queries.Filters(
        state=state if (state := request.GET.get("tila", "")) in words.STATES else "",
        organisation=request.GET.get("toimija", "")[:80],
        stale=request.GET.get("vanhat") == "1",
    )
    pages = Paginator(queries.listings(actor, filters), queries.PAGE)
    page = pages.get_page(request.GET.get("sivu", "1")[:6])
    asked = {"tila": filters.state, "toimija": filters.organisation, "vanhat": "1" if filters.stale else ""}

    def address(number: int) -> str:
        query = urlencode({name: value for name, value in asked.items() if value} | {"sivu": number})
        return f"{reverse(LIST)}?{query}"

    rows = list(page.object_list)
    waiting = set(
        Review.objects.filter(happening__in=rows, state="waiting").values_list("happening_id", flat=True)
    )
    context = {
        "rows": presenting.listed(rows, waiting),
        "total": pages.count,
        "pages": page_links(page.number, pages.num_pages, address) if pages.num_pages > 1 else None,
        "templates": [Link(one.title, f"{reverse('editing:new')}?pohja={one.code}") for one in templates()],
        **presenting.filter_options(actor, filters),
    }
    return draw(request, "listings", LIST, context)


@for_editors
@PAGE
def new(request: StaffRequest, actor: Editor) -> HttpResponseBase:
    """GET, POST tyo/sisallot/uusi/ : a new happening; two presses make one."""
    own = queries.organisations_of(actor)
    if not own:
        raise Http404
    if request.method != "POST":
        return _form(request, actor, _Sheet(_begun(request.GET.get("pohja", "")), own))
    typed = _read(request, actor, EMPTY)
    sheet = _Sheet(typed, own, chosen=request.POST.get("toimija", "")[:LONGEST])
    organisation = next((one for one in own if one.public_id == sheet.chosen), None)
    if organisation is None and len(own) > 1:
        typed.errors["toimija"] = gettext("Valitse, kenen nimissä tapahtuma on.")
    if (answer := _not_yet(request, actor, sheet)) is not None:
        return answer
    key = request.POST.get("avain", "")[:100]
    try:
        made = services.create.once(key, actor, organisation or own[0], content=typed.content)
    except BadIdempotencyKey:
        return _form(request, actor, sheet, Told())
    return go("editing:one", made.public_id, done="luotu")


@for_editors
@PAGE
def edit(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """GET, POST tyo/sisallot/ilmoitus/<id>/muokkaa/ : change it; a reviewed partner's change is proposed."""
    happening = found(actor, public_id)
    if happening.state == ARCHIVED:
        return go("editing:one", public_id)
    present = _present(happening)
    if request.method != "POST":
        sheet = _Sheet(forms.shown(present), [], happening, seen=queries.stamp(happening))
        return _form(request, actor, sheet)
    sheet = _Sheet(
        _read(request, actor, present), [], happening, seen=request.POST.get("nahty", "")[:LONGEST]
    )
    if (answer := _not_yet(request, actor, sheet)) is not None:
        return answer
    try:
        return _save(actor, happening, sheet)
    except services.ChangedMeanwhile:
        problem = gettext(
            "Joku muu muutti tätä sillä välin. Sinun kirjoittamasi on tallessa tällä sivulla. Vertaa sitä "
            "nykyiseen ja tallenna uudelleen, jos haluat oman versiosi voimaan."
        )
        sheet = _Sheet(sheet.typed, [], found(actor, public_id), seen=queries.stamp(happening))
        return _form(request, actor, sheet, Told(problem, CHANGED))
    except IllegalMove:
        problem = gettext("Tapahtuman tila muuttui sillä välin. Kirjoittamasi on tallessa tällä sivulla.")
        return _form(request, actor, sheet, Told(problem, CHANGED))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form on its way: what was typed, for whom it may be, of which happening."""

    typed: forms.Typed
    own: list[Organisation]
    happening: Happening | None = None
    seen: str = ""
    chosen: str = ""


def _save(actor: Editor, happening: Happening, sheet: _Sheet) -> HttpResponse:
    content, seen = sheet.typed.content, sheet.seen
    if services.needs_review(actor, happening):
        services.propose(actor, happening, content=content, seen=seen, language=get_language() or "fi")
        return go("editing:one", happening.public_id, done="ehdotettu")
    services.save(actor, happening, content=content, seen=seen)
    return go("editing:one", happening.public_id, done="tallennettu")


def _present(happening: Happening) -> Content:
    """Return what the form begins from: what waits as a change or was returned last, else what it says."""
    last = queries.last_review(happening)
    if last is not None and last.content is not None and last.state in ("waiting", "returned"):
        return dict(last.content)
    return content_of(happening)


def _begun(code: str) -> forms.Typed:
    """Return an empty form, or one that a template has begun."""
    chosen = template(code)
    typed = forms.shown(chosen.content if chosen else EMPTY)
    if chosen:
        typed.times[0] |= chosen.time
    return typed


def _read(request: StaffRequest, actor: Editor, before: Content) -> forms.Typed:
    places = [slug for slug, _name, _where in presenting.places_of(actor)]
    # A place that nobody could choose any more stays chosen where it is.
    return forms.read(
        request.POST,
        [*places, before["place"]] if before["place"] else places,
        [one.slug for one in queries.own_municipalities()],
        before,
    )


def _not_yet(request: StaffRequest, actor: Editor, sheet: _Sheet) -> HttpResponse | None:
    """Answer what stores nothing: one more row, the preview, or errors; None when it may be stored."""
    act = request.POST.get("teko", "")
    if act == "lisaa-aika":
        sheet.typed.errors.clear()
        sheet.typed.times.append(forms.new_row())
        return _form(request, actor, sheet)
    if sheet.typed.errors:
        return _form(request, actor, sheet, Told())
    if act.startswith("esikatsele"):
        return _form(request, actor, sheet, preview=act.partition("-")[2])
    return None


def _form(
    request: StaffRequest, actor: Editor, sheet: _Sheet, told: Told = NOTHING, preview: str = ""
) -> HttpResponse:
    places = presenting.places_of(actor)
    names = {slug: name for slug, name, _where in places}
    happening = sheet.happening
    context: dict[str, Any] = {
        "happening": happening,
        "seen": sheet.seen,
        "problem": told.problem,
        "key": _key(request),
        "organisations": [
            Option(one.public_id, one.name, checked=one.public_id == sheet.chosen) for one in sheet.own
        ]
        if len(sheet.own) > 1
        else [],
        "proposes": happening is not None and services.needs_review(actor, happening),
        "preview": presenting.preview(sheet.typed.content, preview, names) if preview in LANGUAGES else None,
        "returned": _returned(happening),
        **presenting.form(sheet.typed, places, queries.locks_of(happening) if happening else {}),
    }
    return draw(request, "form", LIST, context, told.status)


def _returned(happening: Happening | None) -> str:
    """Return the comment with which the last review was returned, while nothing newer waits."""
    last = queries.last_review(happening) if happening else None
    return last.comment if last is not None and last.state == "returned" else ""


def _key(request: StaffRequest) -> str:
    given = request.POST.get("avain", "")
    is_ours = KEY < len(given) <= 100 and given.replace("-", "").replace("_", "").isalnum()
    return given if is_ours and given.isascii() else secrets.token_urlsafe(KEY)
