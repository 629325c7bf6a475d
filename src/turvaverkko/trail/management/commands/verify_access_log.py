"""`manage verify_access_log`: was the access log touched? Exit code 1 when it was."""

from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, gettext_noop

from turvaverkko.trail.access_log.findings import Fault, Finding, Remark, Report
from turvaverkko.trail.access_log.verifying import verify

FAULTS: Final = {
    Fault.ROW_CHANGED: gettext_noop("riviä on muutettu"),
    Fault.ROW_MISSING: gettext_noop("rivi on poistettu"),
    Fault.ROW_ADDED: gettext_noop("rivi on lisätty jälkikäteen"),
    Fault.ROW_MOVED: gettext_noop("rivi on siirretty toiseen kohtaan"),
    Fault.ROWS_DIFFER: gettext_noop("sinetin rivit eivät täsmää"),
    Fault.SEAL_CHANGED: gettext_noop("sinettiä on muutettu"),
    Fault.SEAL_MISSING: gettext_noop("sinettejä puuttuu"),
    Fault.CHAIN_BROKEN: gettext_noop("sinetti ei jatka edellistä"),
    Fault.TAIL_CUT: gettext_noop("ankkurin tuntemat sinetit puuttuvat: loki on katkaistu"),
    Fault.ANCHOR_DIFFERS: gettext_noop("sinetti on toinen kuin ankkurissa: loki on kirjoitettu uudelleen"),
    Fault.ANCHOR_LACKS: gettext_noop("ankkurista puuttuu sinettejä"),
    Fault.ERASED_TOO_EARLY: gettext_noop("rivejä on poistettu ennen säilytysajan päättymistä"),
}
REMARKS: Final = {
    Remark.UNSEALED: gettext_noop("sinetöimättömiä rivejä"),
    Remark.UNSEALED_SINCE: gettext_noop("vanhin sinetöimätön rivi (UTC)"),
    Remark.NOT_YET_ANCHORED: gettext_noop("sinetti ei vielä ankkurissa"),
    Remark.TORN_LINES: gettext_noop("ankkurin lukukelvottomia rivejä"),
    Remark.RESUMED: gettext_noop("jatkettu palautuksen jälkeen sinetistä"),
    Remark.ERASED: gettext_noop("poistettu säilytysajan päätyttyä, rivejä"),
}


class Command(BaseCommand):
    """Verifies rows, seals and anchor against each other."""

    help = "Tarkistaa, onko käyttölokia muutettu, poistettu, järjestetty uudelleen tai katkaistu."

    def handle(self, **_options: Any) -> None:
        """Verify, and tell.

        Raises:
            CommandError: something was tampered with or lost; exit code 1.
        """
        report = verify()
        counts = {"rows": report.rows, "seals": report.seals}
        self.stdout.write(gettext("Tarkistettu: rivejä %(rows)d, sinettejä %(seals)d.") % counts)
        for remark, about in report.remarks:
            self.stdout.write(f"{gettext(REMARKS[remark])}: {about}")
        if not report.is_whole:
            raise CommandError(_told(report), returncode=1)
        self.stdout.write(gettext("Loki on eheä."))


def _told(report: Report) -> str:
    lines = [_line(finding) for finding in report.findings]
    if more := report.faults - len(report.findings):
        lines.append(gettext("… ja %(count)d muuta.") % {"count": more})
    return "\n".join([gettext("Loki ei ole eheä:"), *lines])


def _line(finding: Finding) -> str:
    place = ""
    if finding.seals:
        first, last = finding.seals
        place = gettext("sinetti %(number)s") % {"number": first if first == last else f"{first}–{last}"}
    if finding.row is not None:
        place += gettext(", rivi %(row)d") % {"row": finding.row}
    return f"- {place}: {gettext(FAULTS[finding.fault])} [{finding.fault}]"
