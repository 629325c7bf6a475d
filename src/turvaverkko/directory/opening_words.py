"""What a status says to the reader, in the active language, and the lit or unlit window of `looks`."""

from datetime import datetime, time

from django.utils.translation import gettext

from turvaverkko.core.time_source import to_local
from turvaverkko.directory.opening import Always, ByAppointment, Closed, Open, Status
from turvaverkko.looks.api import Sign
from turvaverkko.looks.words import clock_text, isolated, soon_words


def sentence(found: Status, at: datetime) -> str:
    """Return "Auki nyt, klo 15 asti", "Avautuu maanantaina klo 8" or nothing when nothing is known."""
    if isinstance(found, Open):
        ends = to_local(found.until).time()
        until = "24" if ends == time(0) else clock_text(ends)
        return gettext("Auki nyt, klo %(time)s asti") % {"time": isolated(until)}
    if isinstance(found, Closed):
        if found.opens is None:
            return gettext("Kiinni")
        return gettext("Avautuu %(when)s") % {"when": soon_words(found.opens, to_local(at).date())}
    if isinstance(found, Always):
        return gettext("Auki aina")
    return gettext("Ajanvarauksella") if isinstance(found, ByAppointment) else ""


def sign(found: Status | None) -> Sign | None:
    """Return the window sign; none for what comes about by appointment."""
    if isinstance(found, Open):
        return Sign("open", until=found.until)
    if isinstance(found, Closed):
        return Sign("closed", opens=found.opens)
    if isinstance(found, Always):
        return Sign("always")
    return None if found is None or isinstance(found, ByAppointment) else Sign("unknown")
