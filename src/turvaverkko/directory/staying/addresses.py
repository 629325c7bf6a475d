"""Which addresses of the web and which telephone numbers published listings lead to. Constant queries."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from turvaverkko.directory.models import Connection, Happening, Place, Text
from turvaverkko.directory.staying.models import About, SelfHelpLink
from turvaverkko.directory.staying.standing import Standing

_WRITTEN: Final = re.compile(r"https?://[^\s<>\"')\]}]+")
# Signs that end a sentence, not an address.
_AFTER: Final = ".,;:!?"
# Unit: signs, as the column.
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Used:
    """One address or number and the listing that leads to it."""

    text: str
    about: str
    pk: int


def urls(listings: Iterable[Standing]) -> list[Used]:
    """Return the addresses of the web of listings: of channels, happenings and whatever texts say."""
    keys = _keys(listings)
    found = [*_of_channels(keys[About.SERVICE], "url"), *_of_texts(keys)]
    happenings = Happening.objects.filter(pk__in=keys[About.HAPPENING])
    for pk, *written in happenings.values_list("pk", "url", "online_url", "sign_up_url"):
        found += [Used(url, About.HAPPENING, pk) for url in written if url]
    return [one for one in dict.fromkeys(found) if len(one.text) <= LONGEST]


def self_help_urls() -> list[str]:
    """Return the addresses of self-help."""
    return list(SelfHelpLink.objects.filter(archived=False).values_list("url", flat=True))


def numbers(listings: Iterable[Standing]) -> list[Used]:
    """Return the telephone numbers of listings: of channels, places and happenings."""
    keys = _keys(listings)
    found = list(_of_channels(keys[About.SERVICE], "number"))
    for about, model in ((About.PLACE, Place), (About.HAPPENING, Happening)):
        rows = model._default_manager.filter(pk__in=keys[about]).exclude(phone="")  # noqa: SLF001 - Django's public name
        found += [Used(number, about, pk) for pk, number in rows.values_list("pk", "phone")]
    return list(dict.fromkeys(found))


def _keys(listings: Iterable[Standing]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {about: [] for about in About.values}
    for one in listings:
        found[one.about].append(one.pk)
    return found


def _of_channels(services: list[int], field: str) -> Iterator[Used]:
    rows = Connection.objects.filter(service__in=services).exclude(**{f"channel__{field}": ""})
    for service, text in rows.order_by("pk").values_list("service_id", f"channel__{field}"):
        yield Used(text, About.SERVICE, service)


def _of_texts(keys: dict[str, list[int]]) -> Iterator[Used]:
    wanted = Q(pk__in=[])
    for about, pks in keys.items():
        wanted |= Q(**{f"{about}__in": pks})
    columns = [f"{about}_id" for about in keys]
    texts = Text.objects.filter(wanted, value__contains="http").order_by("pk")
    for value, *owners in texts.values_list("value", *columns):
        about, pk = next((about, key) for about, key in zip(keys, owners, strict=True) if key is not None)
        for url in written_urls(value):
            yield Used(url, about, pk)


def written_urls(text: str) -> list[str]:
    """Return the addresses that stand in a text.

    Examples:
        >>> written_urls("Lue lisää: https://www.example/a?b=1. Tai (http://example.invalid/).")
        ['https://www.example/a?b=1', 'http://example.invalid/']
    """
    return [found.rstrip(_AFTER) for found in _WRITTEN.findall(text)]
