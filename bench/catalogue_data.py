"""A catalogue of county size: the demo county's own services, copied until there are enough. Seeded."""

import random
from collections import defaultdict
from typing import Any

SEED = 20261123
SERVICES, CHANNELS = 5_000, 20_000
BATCH = 1_000


def grow(services: int = SERVICES, channels: int = CHANNELS) -> None:
    """Copy published local services with their texts, terms, hours and channels; spread them over municipalities.

    Args:
        services: how many local services there are in all afterwards.
        channels: how many channels there are in all afterwards, about.
    """
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from turvaverkko.core.ids import new_public_id  # noqa: PLC0415
    from turvaverkko.directory.models import (  # noqa: PLC0415
        Channel,
        Connection,
        HoursRow,
        Service,
        ServiceCoverage,
        Text,
    )
    from turvaverkko.organisation.api import host_county, municipalities  # noqa: PLC0415

    picked = random.Random(SEED)
    local = list(Service.objects.filter(state="published").exclude(level="national").order_by("slug"))
    towns = list(municipalities(host_county()))
    texts: dict[int, list[Any]] = defaultdict(list)
    for text in Text.objects.filter(service__in=local, county=None, area=None, municipality=None):
        texts[text.service_id or 0].append(text)
    terms: dict[int, list[int]] = defaultdict(list)
    for service, term in Service.terms.through.objects.values_list("service_id", "term_id"):
        terms[service].append(term)
    per_service = max(1, (channels - Channel.objects.count()) // max(1, services - len(local)))
    made: list[tuple[Any, Any]] = []
    for number in range(services - len(local)):
        old = local[number % len(local)]
        copy = Service(**{f.attname: getattr(old, f.attname) for f in Service._meta.concrete_fields})
        copy.pk, copy.public_id, copy.slug = None, new_public_id(), f"{old.slug[:100]}-{number}"
        copy.source, copy.source_id, copy.level = "bench", str(number), "municipality"
        made.append((old, copy))
    with transaction.atomic():
        Service.objects.bulk_create([copy for _old, copy in made], batch_size=BATCH)
        links, rows, coverage, ways = [], [], [], []
        for number, (old, copy) in enumerate(made):
            town = picked.choice(towns)
            coverage.append(ServiceCoverage(service=copy, municipality=town))
            links += [Service.terms.through(service_id=copy.pk, term_id=term) for term in terms[old.pk]]
            for text in texts[old.pk]:
                value = f"{text.value} {town.name_fi} {number}" if text.kind == "name" else text.value
                rows.append(
                    Text(
                        service=copy,
                        kind=text.kind,
                        language=text.language,
                        value=value,
                        mode=text.mode,
                        source="bench",
                    )
                )
            ways += [
                Channel(
                    type="phone",
                    number=f"000 555 {number % 1000:03}",
                    source="bench",
                    source_id=f"{number}/{one}",
                )
                for one in range(per_service)
            ]
        ServiceCoverage.objects.bulk_create(coverage, batch_size=BATCH)
        Service.terms.through.objects.bulk_create(links, batch_size=BATCH)
        Text.objects.bulk_create(rows, batch_size=BATCH)
        Channel.objects.bulk_create(ways, batch_size=BATCH)
        Connection.objects.bulk_create(
            [
                Connection(service=made[at // per_service][1], channel=channel, order=at % per_service)
                for at, channel in enumerate(ways)
            ],
            batch_size=BATCH,
        )
        HoursRow.objects.bulk_create(
            [
                HoursRow(channel=channel, weekday=day, opens="09:00", closes="15:00")
                for channel in ways[::2]
                for day in range(5)
            ],
            batch_size=BATCH,
        )
