"""What is said of reports, in the reader's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from turvaverkko.evaluation.reports.rules import Audience, Fault

Words = Mapping[str, Promise]

AUDIENCES: Final[Words] = {
    Audience.TEAM: _("Työryhmä"),
    Audience.BOARD: _("Päättäjät"),
    Audience.PUBLIC: _("Julkinen"),
}
AUDIENCE_HINTS: Final[Words] = {
    Audience.TEAM: _("Kaikki luvut, huomautukset, lähteet ja kirjoittajat."),
    Audience.BOARD: _("Lyhyt: missä ollaan ja mihin lukuihin se perustuu."),
    Audience.PUBLIC: _("Vain jäädytetyt kierrokset. Ihmisten nimiä ei ole mukana."),
}
NO_LAYOUT: Final = _(
    "PDF-tiedostoa ei voi tehdä, koska palvelimelta puuttuu tekstin latoja (Pango). Ylläpito asentaa sen."
)
FAULTS: Final[Words] = {
    Fault.GOAL: _("Yhtä tai useampaa valittua tavoitetta ei ole. Raportti on tehty ilman niitä."),
    Fault.AREA: _("Yhtä tai useampaa valittua aluetta ei ole. Raportti on tehty ilman niitä."),
    Fault.ROUND: _("Valittua kierrosta ei ole. Raportti kertoo uusimmasta kierroksesta."),
    Fault.EARLIER: _(
        "Vertailuun kelpaa vain raportin kierrosta aiempi kierros. Raportissa ei ole vertailua."
    ),
    Fault.AUDIENCE: _("Lukijaa ei tunnistettu. Raportti on tehty työryhmälle."),
    Fault.NOT_FROZEN: _(
        "Julkisessa raportissa voi olla vain jäädytettyjä kierroksia. Avointa ei otettu mukaan."
    ),
    Fault.TOO_MANY: _("Valintoja on liikaa. Valitse kerralla enintään neljäkymmentä tavoitetta tai aluetta."),
}
