"""`manage sotkanet catalogue|regions|data`: bring what Sotkanet knows, and say row by row what came of it."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from turvaverkko.indicators.models import Indicator
from turvaverkko.indicators.sotkanet import queries, refreshing
from turvaverkko.indicators.sotkanet.answers import Garbled
from turvaverkko.indicators.sotkanet.client import NoAnswer
from turvaverkko.indicators.sotkanet.models import SotkanetFetch
from turvaverkko.indicators.sotkanet.rules import YEARS, MatchKind

# Unit: regions. How many without an area are listed by name.
UNMATCHED_SHOWN: Final = 50


class Command(BaseCommand):
    """Asks the source now."""

    help = "Hakee Sotkanetista luettelon, alueet tai kytkettyjen mittarien luvut."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to bring; for figures which indicators, years and form."""
        parser.add_argument("what", choices=["catalogue", "regions", "data"])
        parser.add_argument("codes", nargs="*", help="mittarien tunnukset; ilman niitä kaikki kytketyt")
        parser.add_argument("--years", nargs="*", type=int, default=[], help="vuodet, esim. 2021 2022")
        parser.add_argument("--form", choices=["json", "csv"], default="json")

    def handle(
        self, *, what: str, codes: Sequence[str], years: Sequence[int], form: str, **_options: Any
    ) -> None:
        """Bring it.

        Raises:
            CommandError: the source gave no answer, or one that is none; nothing was changed.
        """
        if unusable := [year for year in years if year not in YEARS]:
            message = f"no such years: {unusable}"
            raise CommandError(message)
        try:
            if what == "catalogue":
                self._catalogue()
            elif what == "regions":
                self._regions()
            else:
                self._data(codes, years, form)
        except NoAnswer as fault:
            message = f"Sotkanet: {fault.trouble.value}; nothing was changed."
            raise CommandError(message) from fault
        except Garbled as fault:
            message = "Sotkanet: the answer is not what was asked for; nothing was changed."
            raise CommandError(message) from fault

    def _catalogue(self) -> None:
        report = refreshing.fetch_catalogue()
        self.stdout.write(f"mittareita {report.total}, uusia {report.new}, poistuneita {report.gone}")
        for number, before, now in report.retitled:
            self.stdout.write(f"otsikko muuttui: {number}: {before} -> {now}")
        for one in report.told:
            self.stdout.write(f"rivi {one.row}: {one.kind.value}: {one.text}")

    def _regions(self) -> None:
        matches = refreshing.fetch_regions()
        for kind, count in sorted(Counter(one.kind.value for one in matches).items()):
            self.stdout.write(f"{kind}: {count}")
        told = {MatchKind.MATCHED, MatchKind.FORMER, MatchKind.NOT_OURS}
        for one in [one for one in matches if one.kind not in told][:UNMATCHED_SHOWN]:
            region = one.region
            self.stdout.write(f"{one.kind.value}: {region.id} {region.category} {region.code} {region.title}")

    def _data(self, codes: Sequence[str], years: Sequence[int], form: str) -> None:
        wanted = _wanted(codes)
        failed = 0
        for indicator in wanted:
            fetch = refreshing.fetch_figures(indicator, years, form=form)
            failed += bool(fetch.trouble)
            self._tell(indicator, fetch)
        if failed:
            message = f"{failed} of {len(wanted)} were not taken; their earlier figures stay."
            raise CommandError(message)

    def _tell(self, indicator: Indicator, fetch: SotkanetFetch) -> None:
        said = fetch.trouble or "ok"
        counts = f"uusia {fetch.taken}, muuttuneita {fetch.changed}, samoja {fetch.same}"
        self.stdout.write(
            f"{indicator.code} ({indicator.sotkanet_id}): {said}: {counts} {fetch.counts or ''}"
        )
        for row in fetch.rows:
            self.stdout.write(
                f"  rivi {row['row']}: {row['kind']} {row['region']} {row['year']} {row['text']}"
            )


def _wanted(codes: Sequence[str]) -> list[Indicator]:
    """The linked indicators of these codes, or all.

    Raises:
        CommandError: a code is unknown or not linked.
    """
    found = {one.code: one for one in queries.linked()}
    if unknown := sorted(set(codes) - set(found)):
        message = f"not linked to Sotkanet: {', '.join(unknown)}"
        raise CommandError(message)
    return [found[code] for code in codes or sorted(found)]
