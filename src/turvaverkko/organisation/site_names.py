"""What the pages call the county, read once from the county's pack."""

from functools import cache

import yaml
from django.conf import settings
from django.utils.translation import get_language

from turvaverkko.looks.api import SiteNames


@cache
def county_names() -> dict[str, str]:
    """The county's name by language, as its pack says; empty when there is no pack."""
    path = settings.COUNTY_PACK / "pack.yaml"
    if not path.exists():
        return {}
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")).get("name", {}))


def site_names() -> SiteNames:
    """The names in the reader's language, else in Finnish; asked on every page, answered from memory."""
    names = county_names()
    return SiteNames(county=names.get(get_language() or "fi") or names.get("fi", ""))
