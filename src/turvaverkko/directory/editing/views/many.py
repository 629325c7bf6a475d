"""The same change of many at once: chosen, shown as it would be, then done."""

from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import presenting, queries, typing_in
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.services import listing
from turvaverkko.directory.editing.services import many as services
from turvaverkko.directory.editing.services.many import Alteration
from turvaverkko.directory.editing.typing_in import Unreadable
from turvaverkko.directory.editing.views.common import CHANGED, NOTHING, Told, draw, for_editors, go
from turvaverkko.directory.editing.writing import content_of
from turvaverkko.directory.models import Happening
from turvaverkko.looks.api import FieldError, Option
from turvaverkko.organisation.sign_in.api import StaffRequest

LIST: Final = "editing:listings"
FIELDS: Final = ("paattyy", "klo", "asti", "puhelin", "sahkoposti")
# Unit: happenings that are shown to choose from. More than an organisation has.
MOST: Final = 100


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: StaffRequest, actor: Editor) -> HttpResponseBase:
    """GET, POST tyo/sisallot/monta/ : hours, season or contact of many; first shown, then done."""
    own = list(queries.listings(actor, queries.Filters())[:MOST])
    if request.method != "POST":
        return _draw(request, own, {}, NOTHING)
    ids = set(request.POST.getlist("mitka"))
    chosen = [one for one in own if one.public_id in ids]
    alteration, errors = _read(request)
    if not errors and not chosen:
        errors["mitka"] = gettext("Valitse ainakin yksi tapahtuma.")
    if not errors and not alteration:
        errors["paattyy"] = gettext("Kirjoita, mikä muuttuu: kausi, kellonajat tai yhteystieto.")
    if errors:
        return _draw(request, own, errors, Told())
    rows = [(one, before := content_of(one), services.altered(before, alteration)) for one in chosen]
    if request.POST.get("teko") != "tee":
        return _draw(request, own, {}, NOTHING, rows)
    try:
        services.change_many(
            actor,
            [
                (one, after, request.POST.get(f"nahty-{one.public_id}", "")[:40])
                for one, _before, after in rows
            ],
            language=get_language() or "fi",
        )
    except (listing.ChangedMeanwhile, IllegalMove):
        said = gettext(
            "Joku muu muutti jotakin näistä sillä välin. Mitään ei muutettu. Katso, mitä nyt muuttuisi."
        )
        return _draw(request, own, {}, Told(said, CHANGED), rows)
    return go(LIST, done="joukko")


def _read(request: StaffRequest) -> tuple[Alteration, dict[str, str]]:
    typed = {name: typing_in.line(request.POST.get(name, "")) for name in FIELDS}
    readers: dict[str, Any] = {
        "paattyy": lambda text: typing_in.day(text).isoformat(),
        "klo": lambda text: f"{typing_in.clock(text):%H:%M}",
        "asti": lambda text: f"{typing_in.clock(text):%H:%M}",
        "puhelin": typing_in.phone,
        "sahkoposti": typing_in.email,
    }
    read, errors = dict.fromkeys(FIELDS, ""), {}
    for name, text in typed.items():
        try:
            read[name] = readers[name](text) if text else ""
        except Unreadable as error:
            errors[name] = str(error)
    if bool(read["klo"]) != bool(read["asti"]) and not errors:
        errors["asti"] = gettext("Kirjoita sekä alkamis- että päättymisaika.")
    elif read["klo"] and read["asti"] <= read["klo"]:
        errors["asti"] = gettext("Päättymisaika on ennen alkamisaikaa. Tarkista kellonajat.")
    made = Alteration(read["paattyy"], read["klo"], read["asti"], read["puhelin"], read["sahkoposti"])
    return made, errors


def _draw(
    request: StaffRequest,
    own: list[Happening],
    errors: dict[str, str],
    told: Told,
    rows: list[tuple[Happening, Any, Any]] | None = None,
) -> HttpResponse:
    ids, names = set(request.POST.getlist("mitka")), queries.names_of(own, get_language() or "fi")
    name_of = {one.pk: names.get(one.pk, (one.slug, ""))[0] for one in own}
    labels = {one.pk: f"{name_of[one.pk]} · {one.organisation.name}" for one in own}
    context = {
        "options": [Option(one.public_id, labels[one.pk], checked=one.public_id in ids) for one in own],
        "values": {name: request.POST.get(name, "") for name in FIELDS},
        "errors": [FieldError(name, said) for name, said in errors.items()],
        "error_of": errors,
        "told": told,
        "changes": presenting.compared((name_of[one.pk], before, after) for one, before, after in rows or ()),
        "chosen": [(one.public_id, queries.stamp(one)) for one, _before, _after in rows or ()],
    }
    return draw(request, "many", LIST, context, told.status)
