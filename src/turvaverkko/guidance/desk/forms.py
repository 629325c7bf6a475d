"""What guides type: cleaned, with errors that say what to do. Everything typed is kept."""

from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.core.safe_text import without_hidden_signs
from turvaverkko.guidance.forms import Step, too_long
from turvaverkko.guidance.models import ContactAttempt
from turvaverkko.guidance.rules import MESSAGE_LENGTH, Danger, Kind, NotNeeded, Outcome, Resolution

# Unit: signs. Longer than any code that a form of ours sends.
LONGEST_CODE: Final = 64


def answer(data: QueryDict) -> Step:
    """An answer to the family."""
    return _text(data, "vastaus", gettext("Kirjoita vastaus ennen lähettämistä."))


def basket(data: QueryDict) -> Step:
    """The message that goes with a basket."""
    return _text(data, "kori-viesti", gettext("Kirjoita perheelle muutama sana korista."))


def note(data: QueryDict) -> Step:
    """A note for colleagues."""
    return _text(data, "muistiinpano", gettext("Kirjoita muistiinpano ennen tallentamista."))


def attempt(data: QueryDict) -> Step:
    """How the family was tried to be reached, and whether it worked."""
    step = Step(
        {
            "keino": _one(data, "keino", ContactAttempt.Means.values),
            "tavoitettu": _one(data, "tavoitettu", ("yes", "no")),
        }
    )
    step.require("keino", gettext("Valitse, miten perhettä yritettiin tavoittaa."))
    step.require("tavoitettu", gettext("Valitse, tavoitettiinko perhe."))
    return step


def urgency(data: QueryDict) -> Step:
    """What the urgency check found."""
    step = Step({"vaara": _one(data, "vaara", [one.value for one in Danger])})
    step.require("vaara", gettext("Valitse, mitä arvioit."))
    return step


def kind(data: QueryDict) -> Step:
    """What the request is in law."""
    step = Step({"laji": _one(data, "laji", [one.value for one in Kind])})
    step.require("laji", gettext("Valitse pyynnön laji."))
    return step


def waiting(data: QueryDict) -> Step:
    """Until when the family is waited for; no day is until it writes."""
    typed = data.get("asti", "").strip()[:LONGEST_CODE]
    step = Step({"asti": typed, "day": None})
    if not typed:
        return step
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        step.errors["asti"] = gettext("Tarkista päivä.")
        return step
    step.values["day"] = day
    if day <= time_source.today():
        step.errors["asti"] = gettext("Valitse tuleva päivä, tai jätä kohta tyhjäksi.")
    return step


def handing(data: QueryDict) -> Step:
    """To which unit the request goes."""
    step = Step({"yksikko": data.get("yksikko", "")[:LONGEST_CODE]})
    step.require("yksikko", gettext("Valitse, mihin yksikköön pyyntö siirtyy."))
    return step


def giving(data: QueryDict) -> Step:
    """To whom the request is given, and who had it when the form was drawn."""
    step = Step({name: data.get(name, "")[:LONGEST_CODE] for name in ("tekija", "haltija")})
    step.require("tekija", gettext("Valitse, kenelle pyyntö annetaan."))
    return step


def closing(data: QueryDict) -> Step:
    """What was done and what came of it."""
    step = Step(
        {
            "ratkaisu": _one(data, "ratkaisu", [one.value for one in Resolution]),
            "tulos": _one(data, "tulos", [one.value for one in Outcome]),
        }
    )
    step.values["peruste"] = _one(data, "peruste", [one.value for one in NotNeeded])
    step.require("ratkaisu", gettext("Valitse, mitä tehtiin."))
    step.require("tulos", gettext("Valitse, mitä siitä seurasi."))
    return step


def nothing(_data: QueryDict) -> Step:
    """A button without fields."""
    return Step({})


def _text(data: QueryDict, name: str, missing: str) -> Step:
    step = Step({name: without_hidden_signs(data.get(name, "")).text.strip()})
    step.require(name, missing)
    if len(step.values[name]) > MESSAGE_LENGTH:
        step.errors[name] = too_long(len(step.values[name]), MESSAGE_LENGTH)
    return step


def _one(data: QueryDict, name: str, known: "list[str] | tuple[str, ...]") -> str:
    given = data.get(name, "")
    return given if given in known else ""
