"""What is said of goals and rounds, in the reader's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from turvaverkko.evaluation.rules import GoalKind, Reason, Verdict

Words = Mapping[str, Promise]

KINDS: Final[Words] = {
    GoalKind.BENEFIT: _("Hyötytavoite"),
    GoalKind.OUTCOME: _("Tulostavoite"),
    GoalKind.PROCESS: _("Prosessitavoite"),
}
VERDICTS: Final[Words] = {
    Verdict.ON_TARGET: _("Tavoitteessa"),
    Verdict.CLOSER: _("Lähempänä tavoitetta"),
    Verdict.NO_CHANGE: _("Ei muutosta"),
    Verdict.FURTHER: _("Kauempana tavoitteesta"),
    Verdict.MIXED: _("Osa lähempänä, osa kauempana"),
    Verdict.UNTOLD: _("Ei voi sanoa"),
}
REASONS: Final[Words] = {
    Reason.NO_FIGURE: _("uutta lukua ei ole"),
    Reason.NO_DENOMINATOR: _("ei tiedetä, mistä joukosta osuus on"),
    Reason.BREAK: _("sarja katkeaa välissä"),
    Reason.NO_DIRECTION: _("luvulla ei ole toivottua suuntaa"),
    Reason.NO_TARGET: _("tavoitteella ei ole lukua"),
    Reason.NO_EARLIER: _("ei ole aiempaa lukua, johon verrata"),
    Reason.PARTIAL: _("vain osasta mittareita voi sanoa"),
    Reason.NO_INDICATOR: _("tavoitteella ei ole mittaria"),
}
CHANGES: Final[Mapping[bool | None, str | Promise]] = {
    True: _("muutos toivottuun suuntaan"),
    False: _("muutos väärään suuntaan"),
    None: "",
}
# The class that colours a verdict, and its icon: colour never tells alone.
LIGHTS: Final[Mapping[str, tuple[str, str]]] = {
    Verdict.ON_TARGET: ("met", "check"),
    Verdict.CLOSER: ("better", "arrow"),
    Verdict.NO_CHANGE: ("same", ""),
    Verdict.FURTHER: ("worse", "triangle"),
    Verdict.MIXED: ("same", "info"),
    Verdict.UNTOLD: ("unjudged", "info"),
}
# What the page says once after something was done.
DONE: Final[Words] = {
    "kirjoitettu": _("Teksti on tallessa."),
    "arvioitu": _("Arvio on tallessa."),
    "avattu": _("Kierros on auki."),
    "jaadytetty": _("Kierros on jäädytetty. Luvut ja tekstit pysyvät tällaisina."),
}
