"""Kinds of things that the files about indicators name."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.indicators.models import Indicator, StatisticalArea
from turvaverkko.organisation.api import register_names

AREA_NAMES: Final = "statistical-area"
INDICATOR_NAMES: Final = "indicator"


def register() -> None:
    """Tell what may be named; called once, when the app is ready."""
    register_names(
        AREA_NAMES,
        label=_("tilastoalue"),
        where="statistical_areas.csv, areas.csv, networks.csv",
        stored=_national_areas,
        elsewhere=_areas_of_others,
    )
    register_names(
        INDICATOR_NAMES, label=_("mittari"), where="indicators.yaml", elsewhere=_indicators_of_others
    )


def _national_areas(county: str) -> list[str]:
    if not county:
        return []  # the national pack declares them itself: what left it is not named any more
    return list(StatisticalArea.objects.filter(pack="").values_list("code", flat=True))


def _areas_of_others(county: str) -> list[str]:
    return list(StatisticalArea.objects.exclude(pack=county).values_list("code", flat=True))


def _indicators_of_others(county: str) -> list[str]:
    return list(Indicator.objects.exclude(pack=county).values_list("code", flat=True))
