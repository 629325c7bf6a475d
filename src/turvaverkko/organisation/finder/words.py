"""The finder's answers in words, in the reader's language."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext

from turvaverkko.organisation.finder.queries import Answer, Outcome
from turvaverkko.organisation.models import FamilyCentre


def sentences(answer: Answer) -> list[str]:
    """What there is to say, sentence by sentence; the centres themselves are shown beside it."""
    return [*_merged(answer), *_main(answer), *_preparing(answer), *_area(answer)]


def _main(answer: Answer) -> Iterator[str]:
    values = {
        "asked": answer.asked,
        "place": answer.place,
        "county": answer.county.name,
        "counties": gettext(" tai ").join(answer.counties),
    }
    text = _main_text(answer)
    if text:
        yield text % values


def _main_text(answer: Answer) -> str:
    texts = {
        Outcome.NOTHING_ASKED: gettext("Kirjoita postinumero tai kunnan nimi."),
        Outcome.WRONG_POSTAL_CODE: gettext(
            "”%(asked)s” ei ole postinumero. Postinumerossa on viisi numeroa."
        ),
        Outcome.UNKNOWN_PLACE: gettext(
            "Emme löydä paikkaa ”%(asked)s”. Kirjoita postinumero tai kunnan nimi."
        ),
        Outcome.NO_CENTRE: gettext("Paikassa %(place)s ei ole vielä toimivaa perhekeskusta."),
        Outcome.CHOOSE: gettext(
            "Täällä on monta perhekeskusta: %(place)s. "
            "Kirjoita postinumerosi, niin tiedämme, mikä niistä on sinun."
        ),
        Outcome.FOUND: gettext("Perhekeskuksesi, kun asut täällä: %(place)s."),
    }
    if answer.outcome in (Outcome.OTHER_COUNTY, Outcome.UNKNOWN_POSTAL_CODE):
        return _elsewhere(answer)
    return texts[answer.outcome]


def _elsewhere(answer: Answer) -> str:
    if answer.outcome is Outcome.OTHER_COUNTY:
        if answer.counties:
            return gettext("%(place)s ei ole tällä alueella. Kysy apua täältä: %(counties)s.")
        return gettext("%(place)s ei ole tällä alueella (%(county)s).")
    if answer.counties:
        return gettext(
            "Emme tunne postinumeroa %(place)s. Lähellä on myös toinen alue: %(counties)s. "
            "Kirjoita kunnan nimi."
        )
    return gettext("Emme tunne postinumeroa %(place)s. Tarkista numerot tai kirjoita kunnan nimi.")


def _merged(answer: Answer) -> Iterator[str]:
    if answer.merged and answer.merged.valid_to and answer.municipality:
        text = gettext("%(old)s on nyt osa kuntaa %(new)s (itsenäinen %(last)s asti).")
        last = date_format(answer.merged.valid_to, "j.n.Y", use_l10n=False)
        yield text % {"old": answer.merged.name, "new": answer.municipality.name, "last": last}


def _preparing(answer: Answer) -> Iterator[str]:
    for centre in answer.preparing:
        yield _coming(centre)
    if answer.preparing and answer.centres:
        names = ", ".join(centre.name for centre in answer.centres)
        yield gettext("Siihen asti sinua palvelee %(names)s.") % {"names": names}


def _coming(centre: FamilyCentre) -> str:
    if centre.valid_from is None:
        return gettext("%(centre)s on valmisteilla. Avaamispäivää ei ole vielä päätetty.") % {
            "centre": centre.name
        }
    opens = date_format(centre.valid_from, "j.n.Y", use_l10n=False)
    return gettext("%(centre)s on valmisteilla. Suunniteltu avaamispäivä on %(day)s.") % {
        "centre": centre.name,
        "day": opens,
    }


def _area(answer: Answer) -> Iterator[str]:
    if answer.outcome in (Outcome.FOUND, Outcome.CHOOSE) and not answer.area:
        yield gettext("Palvelualuetta emme tiedä: lähteet eivät kerro sitä tästä kunnasta.")
