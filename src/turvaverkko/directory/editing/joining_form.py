"""The form of an ask to join: what was typed, and what to do about it."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language, gettext

from turvaverkko.directory.editing import rules, typing_in, words
from turvaverkko.directory.editing.services.joining import Asking
from turvaverkko.directory.editing.typing_in import Unreadable
from turvaverkko.organisation.api import Municipality

FIELDS = ("nimi", "laji", "ytunnus", "kunta", "toiminta", "sahkoposti", "rooli")


@dataclass
class Typed:
    """A form as it was typed; `asking` only without errors."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    asking: Asking | None = None


def read(data: QueryDict, municipalities: list[Municipality]) -> Typed:
    """Read a sent form."""
    values = {name: typing_in.line(data.get(name, "")) for name in FIELDS}
    values["toiminta"] = typing_in.text(data.get("toiminta", ""))
    typed = Typed(values)
    _check_needed(typed)
    _check_lengths(typed)
    where = next((one for one in municipalities if one.slug == values["kunta"]), None)
    if values["kunta"] and where is None:
        typed.errors["kunta"] = gettext("Valitse kunta luettelosta.")
    code = rules.business_code(values["ytunnus"])
    if values["ytunnus"] and not code:
        typed.errors["ytunnus"] = gettext(
            "Tarkista Y-tunnus. Siinä on seitsemän numeroa, viiva ja tarkistusnumero."
        )
    try:
        values["sahkoposti"] = typing_in.email(values["sahkoposti"])
    except Unreadable as error:
        typed.errors["sahkoposti"] = str(error)
    if not typed.errors:
        typed.asking = Asking(
            name=values["nimi"],
            kind=values["laji"],
            activity=values["toiminta"],
            email=values["sahkoposti"],
            position=values["rooli"],
            language=get_language() or "fi",
            business_code=code,
            municipality=where,
        )
    return typed


def _check_needed(typed: Typed) -> None:
    needed = {
        "nimi": gettext("Kirjoita järjestön, seurakunnan tai muun toimijan nimi."),
        "toiminta": gettext("Kerro muutamalla sanalla, mitä teette lapsille, nuorille tai perheille."),
        "sahkoposti": gettext("Kirjoita sähköpostiosoite, johon vastaamme."),
        "rooli": gettext("Kirjoita, mikä on tehtäväsi, esimerkiksi sihteeri."),
    }
    for name, said in needed.items():
        if not typed.values[name]:
            typed.errors[name] = said
    if typed.values["laji"] not in words.ORGANISATION_KINDS:
        typed.errors["laji"] = gettext("Valitse, millainen toimija olette.")


def _check_lengths(typed: Typed) -> None:
    for name in FIELDS:
        longest = rules.TEXT if name == "toiminta" else rules.LINE
        try:
            typing_in.at_most(typed.values[name], longest)
        except Unreadable as error:
            typed.errors[name] = str(error)
