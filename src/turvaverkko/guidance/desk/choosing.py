"""The choices in the forms of a request, with what was typed ticked."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from turvaverkko.guidance.desk import queries
from turvaverkko.guidance.desk.labels import not_needed_words
from turvaverkko.guidance.models import DANGERS, KINDS, OUTCOMES, RESOLUTIONS, ContactAttempt, ContactRequest
from turvaverkko.guidance.rules import Kind, Way, reasons_for
from turvaverkko.looks.api import Option

MEANS_OF_WAY = {
    Way.CALL: ContactAttempt.Means.CALL,
    Way.MAIL: ContactAttempt.Means.MAIL,
    Way.CODE: ContactAttempt.Means.MESSAGE,
}


def options(
    request: ContactRequest, able: Collection[str], values: Mapping[str, Any]
) -> dict[str, list[Option]]:
    """Return the options by the name of the form's field; lists that are not offered are empty."""
    why = not_needed_words()
    usual = MEANS_OF_WAY[Way(request.way)]
    return {
        "means_options": _options(ContactAttempt.Means.choices, values.get("keino", usual)),
        "reached_options": _options(
            [("yes", gettext("Tavoitettiin")), ("no", gettext("Ei tavoitettu"))], values.get("tavoitettu")
        ),
        "danger_options": _options(DANGERS, values.get("vaara")),
        "kind_options": _options(KINDS, values.get("laji") or request.kind),
        "resolution_options": [
            Option("", gettext("Valitse")),
            *_options(RESOLUTIONS, values.get("ratkaisu")),
        ],
        "outcome_options": [Option("", gettext("Valitse")), *_options(OUTCOMES, values.get("tulos"))],
        "reason_options": [
            Option("", gettext("Valitse")),
            *_options(((code, why[code]) for code in reasons_for(Kind(request.kind))), values.get("peruste")),
        ],
        "person_options": people(queries.people_to_give_to(request.item), values.get("tekija"))
        if "assign" in able
        else [],
        "unit_options": _units(request, values.get("yksikko")) if "hand_over" in able else [],
    }


def people(found: Iterable[queries.Person], chosen: object = "") -> list[Option]:
    """Return whom a request can be given to, each with how much they have open; none when there is nobody."""
    options = [
        Option(
            one.staff.public_id,
            gettext("%(name)s (%(n)s avoinna)") % {"name": one.staff.display_name, "n": one.number},
            checked=one.staff.public_id == chosen,
        )
        for one in found
    ]
    return [Option("", gettext("Valitse")), *options] if options else []


def _units(request: ContactRequest, chosen: object) -> list[Option]:
    found = [
        Option(unit.public_id, f"{unit.name} ({_people(number)})", checked=unit.public_id == chosen)
        for unit, number in queries.units_to_hand_to(request)
    ]
    return [Option("", gettext("Valitse")), *found] if found else []


def _people(number: int) -> str:
    return ngettext("%(n)s tekijä", "%(n)s tekijää", number) % {"n": number}


def _options(pairs: Iterable[tuple[Any, Any]], chosen: object) -> list[Option]:
    return [Option(str(code), str(label), checked=code == chosen) for code, label in pairs]
