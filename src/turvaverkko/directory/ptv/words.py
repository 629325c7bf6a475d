"""Runs, records, faults and fields in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from turvaverkko.core.asking import Trouble

Words = Mapping[str, str | Promise]
KINDS: Final[Words] = {
    "incremental": gettext_lazy("Muutokset"),
    "reconcile": gettext_lazy("Poistuneiden etsintä"),
    "full": gettext_lazy("Kaikki tiedot"),
}
STATES: Final[Words] = {
    "running": gettext_lazy("Käynnissä"),
    "asks": gettext_lazy("Odottaa hyväksyntää"),
    "done": gettext_lazy("Valmis"),
    "failed": gettext_lazy("Keskeytyi"),
    "refused": gettext_lazy("Ei hyväksytty"),
}
TROUBLES: Final[Words] = {
    Trouble.OFF: gettext_lazy("Palvelutietovarannon osoitetta ei ole annettu."),
    Trouble.UNREACHABLE: gettext_lazy("Palvelutietovarantoon ei saatu yhteyttä."),
    Trouble.SLOW: gettext_lazy("Palvelutietovaranto ei vastannut ajoissa."),
    Trouble.FORBIDDEN: gettext_lazy("Palvelutietovaranto ei päästänyt sisään."),
    Trouble.MISSING: gettext_lazy("Palvelutietovarannossa ei ole pyydettyä luetteloa."),
    Trouble.BUSY: gettext_lazy("Palvelutietovaranto oli epäkunnossa tai ruuhkainen."),
    Trouble.ODD: gettext_lazy("Palvelutietovarannon osoite on muuttunut."),
    Trouble.TOO_LARGE: gettext_lazy("Vastaus oli liian suuri."),
    Trouble.CUT_SHORT: gettext_lazy("Vastaus katkesi kesken."),
    Trouble.GARBLED: gettext_lazy("Vastausta ei voinut lukea."),
}
DOCUMENTS: Final[Words] = {
    "organisation": gettext_lazy("Organisaatio"),
    "general-description": gettext_lazy("Pohjakuvaus"),
    "channel": gettext_lazy("Asiointikanava"),
    "service": gettext_lazy("Palvelu"),
}
RECORDS: Final[Words] = {
    "wanted": gettext_lazy("Odottaa hakua"),
    "shown": gettext_lazy("Näkyvissä"),
    "kept": gettext_lazy("Vain tallessa: muu alue tai kohderyhmä"),
    "withheld": gettext_lazy("Salassa pidettävä paikka: osoitetta ei tallenneta"),
    "refused": gettext_lazy("Ei voitu ottaa"),
    "drifted": gettext_lazy("Eroaa: odottaa valintaa"),
    "ours": gettext_lazy("Omat tiedot voimassa"),
    "linked": gettext_lazy("Sama kuin kumppanin ilmoitus"),
    "archived": gettext_lazy("Poistunut"),
}
CODES: Final[Words] = {
    "no-name": gettext_lazy("Nimi puuttuu."),
    "no-id": gettext_lazy("Tunnus puuttuu."),
    "no-number": gettext_lazy("Puhelinnumero puuttuu."),
    "no-address": gettext_lazy("Verkko-osoite puuttuu."),
    "no-municipality": gettext_lazy("Paikan kuntaa ei tiedetä."),
    "no-organisation": gettext_lazy("Vastuuorganisaatiota ei löytynyt."),
    "not-public": gettext_lazy("Kanava on vain organisaation omaan käyttöön."),
    "not-given": gettext_lazy("Palvelutietovaranto ei antanut tietoja."),
    "not-written": gettext_lazy("Tietoja ei voitu tallentaa."),
    "not-a-document": gettext_lazy("Tieto ei ole oikeassa muodossa."),
    "odd-form": gettext_lazy("Tieto ei ole oikeassa muodossa."),
    "too-many": gettext_lazy("Luettelossa on liikaa rivejä."),
    "too-large": gettext_lazy("Tiedot ovat liian suuret."),
    "text-too-long": gettext_lazy("Teksti on liian pitkä."),
    "unknown-type": gettext_lazy("Tyyppiä ei tunneta."),
    "unknown-term": gettext_lazy("Luokkaa tai kohderyhmää ei tunneta."),
    "unknown-channel": gettext_lazy("Asiointikanavaa ei voitu ottaa."),
    "repeated": gettext_lazy("Sama tieto on kahdesti."),
    "bad-number": gettext_lazy("Numeroon ei voi soittaa."),
    "bad-mail": gettext_lazy("Sähköpostiosoite on virheellinen."),
    "bad-address": gettext_lazy("Verkko-osoite on virheellinen."),
    "bad-coordinates": gettext_lazy("Koordinaatit eivät ole Suomessa."),
    "bad-hours": gettext_lazy("Aukioloaika on virheellinen."),
    "secret-address": gettext_lazy("Turvakodin osoite jätettiin pois tekstistä."),
}
FIELDS: Final[Words] = {
    "texts": gettext_lazy("Tekstit"),
    "charge": gettext_lazy("Maksullisuus"),
    "languages": gettext_lazy("Palvelukielet"),
    "areas": gettext_lazy("Alue"),
    "terms": gettext_lazy("Luokat ja kohderyhmät"),
    "roles": gettext_lazy("Organisaatiot"),
    "connections": gettext_lazy("Asiointikanavat"),
    "base": gettext_lazy("Pohjakuvaus"),
}


def said(words: Words, code: str) -> str:
    """Return a code in words; one without words as it is."""
    return str(words.get(code, code))


def field_said(name: str) -> str:
    """Return what a field of a service is called."""
    return str(FIELDS.get(name, gettext("Muut tiedot")))
