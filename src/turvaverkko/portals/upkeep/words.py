"""Kinds, causes and the traffic light in words. Every task of the product has its words here; a test asks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.notices.api import TEMPLATES, Channel
from turvaverkko.portals.upkeep.queries import Kind
from turvaverkko.portals.upkeep.rules import QUEUE_LATE, WORKER_SILENT, Light, Source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a job does, by the name of its task without the product's name.
JOBS: Final[dict[str, "_StrPromise"]] = {
    "core.jobs.letters.forget_done_jobs": _("tehtyjen töiden poistaminen"),
    "directory.jobs.lay_out_happenings": _("tapahtumien kertojen laskeminen uudelleen"),
    "directory.baskets.jobs.forget_old": _("vanhojen korien ja niiden linkkien poistaminen"),
    "directory.editing.jobs.forget_joins": _("liittymistä pyytäneiden yhteystietojen poistaminen"),
    "directory.ptv.jobs.go_on": _("aloitetun Palvelutietovarannon tuonnin jatkaminen"),
    "directory.ptv.jobs.poll": _("muutosten hakeminen Palvelutietovarannosta"),
    "directory.ptv.jobs.reconcile": _("Palvelutietovarannosta poistuneiden etsiminen"),
    "directory.ptv.jobs.refresh": _("kaikkien tietojen hakeminen Palvelutietovarannosta"),
    "guidance.jobs.forget_address_counts": _("yritysten ja lähetysten laskureiden poistaminen"),
    "guidance.jobs.forget_drafts": _("keskeneräisten avunpyyntöjen poistaminen"),
    "guidance.jobs.purge_contact_details": _("päättyneiden pyyntöjen yhteystietojen poistaminen"),
    "notices.delivering.deliver": _("ilmoituksen lähettäminen"),
    "notices.jobs.find_late": _("myöhästyneiden ilmoitusten etsiminen"),
    "notices.jobs.forget_old": _("vanhojen ilmoitusten osoitteiden poistaminen"),
    "directory.staying.jobs.ask_for_confirmation": _("tietojen vahvistuksen pyytäminen"),
    "directory.staying.jobs.check_addresses": _("verkko-osoitteiden tarkistaminen"),
    "directory.staying.jobs.forget_words": _("vanhojen korjauspyyntöjen tekstien poistaminen"),
    "trail.jobs.forget_old_keys": _("vanhojen lähetysavainten poistaminen"),
    "trail.jobs.seal_access_log": _("käyttölokin sinetöinti"),
    "work.jobs.bring_strays_home": _("ilman jonoa jääneiden asioiden palauttaminen jonoon"),
    "work.jobs.end_agreed_pauses": _("sovittujen taukojen päättäminen"),
    "indicators.jobs.refresh_computed": _("päivittäisen työn lukujen laskeminen"),
    "indicators.sotkanet.jobs.refresh": _("lukujen hakeminen Sotkanetista"),
    "indicators.sotkanet.jobs.refresh_one": _("yhden mittarin lukujen hakeminen Sotkanetista"),
    "work.jobs.write_down_misses": _("ylittyneiden lupausten kirjaaminen"),
}
# What the class of an error usually means.
ERRORS: Final[dict[str, "_StrPromise"]] = {
    "LeaseExpired": _("tekijä katosi kesken työn"),
    "OperationalError": _("tietokanta ei vastannut"),
    "InterfaceError": _("tietokanta ei vastannut"),
    "ImportError": _("tehtävää ei ole tässä versiossa"),
    "ModuleNotFoundError": _("tehtävää ei ole tässä versiossa"),
    "InvalidTaskError": _("tehtävää ei ole tässä versiossa"),
}
# Why a letter did not go, by `rules.reason_class`.
FAULTS: Final[dict[str, "_StrPromise"]] = {
    "recipient": _("vastaanottajan palvelin kieltäytyi"),
    "later": _("vastaanottajan palvelin pyysi yrittämään myöhemmin"),
    "smtp": _("postipalvelin vastasi väärin"),
    "disconnected": _("yhteys postipalvelimeen katkesi"),
    "timeout": _("postipalvelin ei vastannut ajoissa"),
    "refused": _("postipalvelin ei ottanut yhteyttä vastaan"),
    "tls": _("salattu yhteys postipalvelimeen ei onnistunut"),
    "network": _("verkko ei toiminut"),
    "other": _("syy ei ole tiedossa"),
}
# Why something is put aside, by `rules.REASONS`.
REASONS: Final[dict[str, "_StrPromise"]] = {
    "done-otherwise": _("Hoidettu muulla tavalla"),
    "outdated": _("Ei ole enää ajankohtainen"),
    "cannot-succeed": _("Ei voi onnistua"),
    "trial": _("Oli kokeilu"),
}
_MINUTE: Final = timedelta(minutes=1)
_LIMITS: Final = {Light.NO_WORKER: WORKER_SILENT // _MINUTE, Light.QUEUE_STANDS: QUEUE_LATE // _MINUTE}
_LIGHTS: Final[dict[Light, "tuple[_StrPromise, _StrPromise, str]"]] = {
    Light.NO_WORKER: (
        _("Taustatyöt eivät kulje"),
        _(
            "Taustaprosessi (run_jobs) ei ole tehnyt yhtään työtä %(minutes)s minuuttiin. "
            "Tarkista, että se on käynnissä."
        ),
        "warn",
    ),
    Light.QUEUE_STANDS: (
        _("Töiden jono seisoo"),
        _(
            "Vanhin työ on odottanut vuoroaan yli %(minutes)s minuuttia. "
            "Tarkista taustaprosessit ja postipalvelin."
        ),
        "warn",
    ),
    Light.SOMETHING_STOPPED: (
        _("Jotain on pysähtynyt"),
        _("Muu työ kulkee. Pysähtyneet odottavat sinua tällä sivulla."),
        "info",
    ),
    Light.ALL_GOES: (_("Kaikki kulkee"), _("Mitään ei ole pysähtynyt, eikä mikään odota sinua."), "done"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the traffic light says: title, what to do, and the kind of the notice that says it."""

    title: str
    text: str
    notice: str


def light_words(light: Light) -> Said:
    """Return what the traffic light says."""
    title, text, notice = _LIGHTS[light]
    return Said(str(title), str(text) % {"minutes": _LIMITS.get(light, 0)}, notice)


def channel_words(channel: str) -> str:
    """Return by which way a letter travels; nothing for a job."""
    return str(Channel(channel).label) if channel in Channel.values else ""


def kind_words(kind: Kind) -> str:
    """Return the name of a kind: what the job does, or what the letter says to everybody who gets one."""
    if kind.source is Source.JOB:
        told = JOBS.get(kind.name.removeprefix("turvaverkko."))
        return gettext("Työ: %(what)s") % {"what": told or gettext("tehtävä, jota tämä versio ei tunne")}
    template = TEMPLATES.get(kind.name)
    lead = template.lead if template else gettext("pohja, jota tämä versio ei tunne")
    return gettext("Ilmoitus: %(what)s") % {"what": lead}


def cause_words(source: Source, cause: str) -> str:
    """Return why something stopped: the class of the error, and what it usually means when that is known."""
    if source is Source.NOTICE:
        return str(FAULTS[cause])
    if not cause:
        return gettext("virheen laji ei ole tiedossa")
    return f"{ERRORS[cause]} ({cause})" if cause in ERRORS else cause
