"""What a family types into "Pyydä apua", step by step: cleaned, with errors that say what to do.

Three answers are required: who asks, what it is about, and how to answer. Everything typed is kept, also
what has an error.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext

from turvaverkko.core.languages import BY_CODE
from turvaverkko.core.safe_text import without_hidden_signs
from turvaverkko.guidance.rules import MESSAGE_LENGTH, WORDS_LENGTH, Asker, Urgency, Way
from turvaverkko.organisation.api import Outcome, find_family_centre, finder_sentences

Values = dict[str, Any]

CALL_HOURS: Final = ("8-11", "11-13", "13-16")
_SHORT: Final = 200
_PHONE_DIGITS: Final = range(6, 16)  # E.164 allows 15
_NOT_PHONE: Final = re.compile(r"[^0-9+()\s.\-–/]")


@dataclass
class Step:
    """One step as it was typed.

    Attributes:
        values: cleaned, by the name of the field; kept in the draft also when something is wrong.
        errors: what to do, by the id of the field.
        elsewhere: that the place is perhaps not in this county, in sentences; no error, one may go on.
    """

    values: Values
    errors: dict[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()

    def require(self, name: str, sentence: str) -> None:
        """Ask for a field that is empty."""
        if not self.values.get(name):
            self.errors[name] = sentence


def who(data: QueryDict, ages: Mapping[str, str]) -> Step:
    """Who asks and for whom. `ages`: code → label of the age groups that can be chosen."""
    step = Step(
        {
            "asker": _one_of(data, "asker", Asker),
            "child_age": data.get("child_age", "") if data.get("child_age") in ages else "",
            "place": _line(data, "place"),
            # The place of which was read that it is elsewhere.
            "elsewhere": _line(data, "elsewhere"),
            "municipality": "",
        }
    )
    step.require("asker", gettext("Valitse, kuka apua pyytää."))
    if step.values["place"]:
        _find_place(step)
    return step


def situation(data: QueryDict) -> Step:
    """What it is about and how urgent it is."""
    words = without_hidden_signs(data.get("words", "")).text.strip()
    step = Step(
        {
            "words": words,
            "urgency": _one_of(data, "urgency", Urgency) or Urgency.CAN_WAIT.value,
            "read": data.get("read") == "1",
        }
    )
    step.require("words", gettext("Kirjoita muutama sana siitä, mikä painaa. Yksi lause riittää."))
    if len(words) > WORDS_LENGTH:
        step.errors["words"] = too_long(len(words), WORDS_LENGTH)
    return step


def contact(data: QueryDict, *, needs_name: bool = False) -> Step:
    """How the family can be reached safely, and who it is when it wants to tell."""
    step = Step(
        {
            "way": _one_of(data, "way", Way),
            "phone": _line(data, "phone"),
            "email": _line(data, "email"),
            "name": _line(data, "name"),
            "call_hours": [hours for hours in CALL_HOURS if hours in data.getlist("call_hours")],
            "may_leave_message": data.get("may_leave_message") == "yes",
            "language": data.get("language", "") if data.get("language") in BY_CODE else "",
            "needs_interpreter": data.get("needs_interpreter") == "yes",
        }
    )
    if needs_name:
        step.require("name", gettext("Kirjoita nimesi, tai jatka nimettömänä."))
    step.require("way", gettext("Valitse, miten vastaamme sinulle."))
    if step.values["way"] == Way.CALL:
        _check_phone(step)
    if step.values["way"] == Way.MAIL:
        _check_email(step)
    return step


def message(data: QueryDict) -> Step:
    """A message in the thread."""
    step = Step({"text": without_hidden_signs(data.get("text", "")).text.strip()})
    step.require("text", gettext("Kirjoita viesti ennen lähettämistä."))
    if len(step.values["text"]) > MESSAGE_LENGTH:
        step.errors["text"] = too_long(len(step.values["text"]), MESSAGE_LENGTH)
    return step


def too_long(length: int, longest: int) -> str:
    """Say by how many signs a text is too long; nothing of it is cut."""
    return gettext("Teksti on %(over)d merkkiä liian pitkä. Lyhennä sitä; kirjoittamasi on tallessa.") % {
        "over": length - longest
    }


def _find_place(step: Step) -> None:
    """Find the municipality of a place.

    Of other counties the municipalities are known; of their postal codes only in which county they may lie.
    """
    found = find_family_centre(step.values["place"])
    if found.municipality:
        step.values["municipality"] = found.municipality.slug
    if found.outcome is Outcome.OTHER_COUNTY or (found.counties and not found.municipality):
        step.elsewhere = tuple(finder_sentences(found))
    elif found.municipality is None:
        step.errors["place"] = _unknown_place(found.suggestions)


def _unknown_place(suggestions: Sequence[str]) -> str:
    said = gettext(
        "Emme tunnistaneet paikkaa. Kirjoita kunnan nimi tai postinumero, tai jätä kohta tyhjäksi."
    )
    if not suggestions:
        return said
    return f"{said} {gettext('Tarkoititko: %(names)s?') % {'names': ', '.join(suggestions)}}"


def _check_phone(step: Step) -> None:
    phone = step.values["phone"]
    digits = sum(sign.isdigit() for sign in phone)
    if not phone:
        step.errors["phone"] = gettext("Kirjoita puhelinnumero, johon soitamme.")
    elif _NOT_PHONE.search(phone) or digits not in _PHONE_DIGITS:
        step.errors["phone"] = gettext("Tarkista puhelinnumero. Kirjoita se esimerkiksi näin: 040 123 4567.")


def _check_email(step: Step) -> None:
    try:
        validate_email(step.values["email"])
    except ValidationError:
        step.errors["email"] = gettext(
            "Tarkista sähköpostiosoite. Kirjoita se esimerkiksi näin: nimi@posti.fi."
        )


def _line(data: QueryDict, name: str) -> str:
    """One line, without hidden signs, at most `_SHORT` long."""
    return " ".join(without_hidden_signs(data.get(name, "")).text.split())[:_SHORT]


def _one_of(data: QueryDict, name: str, choices: type[Asker | Urgency | Way]) -> str:
    given = data.get(name, "")
    return given if given in set(choices) else ""
