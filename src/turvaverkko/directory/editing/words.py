"""What kinds, states, fields and acts are called on the pages of editing."""

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.directory.editing import states
from turvaverkko.directory.models import Happening
from turvaverkko.directory.states import ARCHIVED, DRAFT, HIDDEN, IN_REVIEW, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

KINDS: "Final[Mapping[str, _StrPromise]]" = {
    Happening.Kind.OPEN: _("Avoin toiminta"),
    Happening.Kind.GROUP: _("Ryhmä"),
    Happening.Kind.COURSE: _("Kurssi"),
    Happening.Kind.EVENING: _("Ilta tai luento"),
    Happening.Kind.PARTY: _("Juhla tai retki"),
    Happening.Kind.OUTREACH: _("Ammattilainen paikalla"),
    Happening.Kind.VOLUNTEERS: _("Vapaaehtoisille"),
}
KIND_HINTS: "Final[Mapping[str, _StrPromise]]" = {
    Happening.Kind.OPEN: _("Kuka vain voi tulla ilmoittautumatta, esimerkiksi perhekahvilaan."),
    Happening.Kind.GROUP: _("Samat ihmiset kokoontuvat yhdessä."),
    Happening.Kind.VOLUNTEERS: _("Haette mukaan auttajia."),
}
CHARGES: "Final[Mapping[str, _StrPromise]]" = {
    Happening.Charge.FREE: _("Maksuton"),
    Happening.Charge.CHARGEABLE: _("Maksullinen"),
    Happening.Charge.UNKNOWN: _("Ei tiedossa"),
}
SIGN_UPS: "Final[Mapping[str, _StrPromise]]" = {
    Happening.SignUp.NONE: _("Ei tarvitse ilmoittautua"),
    Happening.SignUp.LIKED: _("Ilmoittautuminen auttaa, mutta ei ole pakko"),
    Happening.SignUp.NEEDED: _("Täytyy ilmoittautua"),
}
EVERY: "Final[Mapping[str, _StrPromise]]" = {
    "week": _("Joka viikko"),
    "two-weeks": _("Joka toinen viikko"),
    "month": _("Kerran kuussa, samana viikonpäivänä"),
    "once": _("Yhden kerran"),
}
STATES: "Final[Mapping[str, _StrPromise]]" = {
    DRAFT: _("Luonnos"),
    IN_REVIEW: _("Odottaa tarkistusta"),
    PUBLISHED: _("Julkaistu"),
    HIDDEN: _("Piilotettu"),
    ARCHIVED: _("Päättynyt"),
}
REVIEW_STATES: "Final[Mapping[str, _StrPromise]]" = {
    states.WAITING: _("Odottaa tarkistusta"),
    states.ACCEPTED: _("Hyväksytty"),
    states.RETURNED: _("Palautettu korjattavaksi"),
    states.TAKEN_BACK: _("Otettu takaisin"),
}
ORGANISATION_KINDS: "Final[Mapping[str, _StrPromise]]" = {
    "ngo": _("Järjestö tai yhdistys"),
    "parish": _("Seurakunta"),
    "municipality": _("Kunta"),
    "school": _("Koulu tai oppilaitos"),
    "company": _("Yritys"),
}
ACTS: "Final[Mapping[str, _StrPromise]]" = {
    "found": _("Tilanne ennen ensimmäistä muutosta"),
    "created": _("Luotiin"),
    "saved": _("Muutettiin"),
    "published": _("Julkaistiin"),
    "accepted": _("Tarkistettiin ja hyväksyttiin"),
    "hidden": _("Piilotettiin"),
    "archived": _("Merkittiin päättyneeksi"),
    "restored": _("Otettiin takaisin luonnokseksi"),
    "taken-back": _("Palautettiin aiempi versio"),
    "date-changed": _("Yhtä kertaa muutettiin"),
}
FIELDS: "Final[Mapping[str, _StrPromise]]" = {
    "name": _("Nimi"),
    "summary": _("Lyhyesti"),
    "description": _("Mitä tapahtuu"),
    "for-whom": _("Kenelle"),
    "accessibility": _("Esteettömyys"),
    "fee": _("Hinta sanoin"),
    "kind": _("Millaista toimintaa"),
    "online_url": _("Osallistumislinkki"),
    "specialty": _("Kuka ammattilainen tulee"),
    "min_age": _("Nuorin ikä"),
    "max_age": _("Vanhin ikä"),
    "charge": _("Maksullisuus"),
    "languages": _("Kielet"),
    "sign_up": _("Ilmoittautuminen"),
    "sign_up_url": _("Ilmoittautumisen verkko-osoite"),
    "phone": _("Puhelin"),
    "email": _("Sähköposti"),
    "url": _("Verkkosivu"),
    "place": _("Paikka"),
    "municipality": _("Kunta"),
    "times": _("Ajat"),
    "changes": _("Poikkeavat kerrat"),
}
# What a page says after an act, by the code in its address.
DONE: "Final[Mapping[str, _StrPromise]]" = {
    "luotu": _("Luonnos on tallessa. Perheet eivät näe sitä vielä."),
    "tallennettu": _("Muutokset on tallennettu."),
    "ehdotettu": _("Muutos lähti tarkistettavaksi. Entinen versio näkyy perheille siihen asti."),
    "submit": _("Lähetetty tarkistettavaksi. Saat viestin, kun se on käsitelty."),
    "publish": _("Julkaistu. Perheet löytävät sen nyt haulla."),
    "hide": _("Piilotettu. Perheet eivät näe sitä, ennen kuin julkaiset sen uudelleen."),
    "archive": _("Merkitty päättyneeksi."),
    "restore": _("Otettu takaisin luonnokseksi."),
    "paiva": _("Kerran tiedot on muutettu. Perheet näkevät sen heti."),
    "palautettu": _("Aiempi versio on palautettu."),
    "kopio": _("Kopio on tallessa luonnoksena. Tarkista ajat ja julkaise."),
    "peruttu": _("Muutosehdotus on otettu takaisin."),
    "hyvaksytty": _("Hyväksytty. Lähettäjä saa viestin."),
    "palautettu-korjattavaksi": _("Palautettu. Lähettäjä saa viestin ja näkee kommenttisi."),
    "otettu": _("Otettu mukaan. Hakija saa viestin, ja tili on valmis."),
    "ei-otettu": _("Vastattu. Hakija saa viestin ja näkee perustelun."),
    "luottamus": _("Luottamus on muutettu."),
    "kentta": _("Kentän lähde on muutettu."),
    "joukko": _("Kaikki valitut on muutettu."),
}


def of(words: "Mapping[str, _StrPromise]", code: Any) -> str:  # noqa: ANN401 - any code, also a foreign one
    """Return the words of a code; the code itself where it has none."""
    return str(words.get(code, code))


def weekday_every(weekday: int) -> str:
    """Return the weekday of a series: "tiistaisin"."""
    return (
        gettext("maanantaisin"),
        gettext("tiistaisin"),
        gettext("keskiviikkoisin"),
        gettext("torstaisin"),
        gettext("perjantaisin"),
        gettext("lauantaisin"),
        gettext("sunnuntaisin"),
    )[weekday]


def everybody() -> str:
    """Return what stands where no age is a limit."""
    return pgettext("ikä", "Kaikenikäisille")
