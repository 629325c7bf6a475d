"""Section of the national pack: the general descriptions, each with a service of the national level."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.core.ids import slugify_fi
from turvaverkko.directory.loading.schemas import MAPPING
from turvaverkko.directory.loading.situation_map import Placed, placed
from turvaverkko.directory.loading.vocabularies import (
    LIFE_EVENT,
    SERVICE_CLASS,
    SITUATION,
    SUBJECT,
    TARGET_GROUP,
    Label,
    WantedTerm,
    sync_terms,
)
from turvaverkko.directory.loading.writing import (
    Children,
    archived,
    changed_keys,
    fingerprint,
    replace_texts,
    state_and_stamp,
)
from turvaverkko.directory.models import GeneralDescription, Service, Term
from turvaverkko.organisation.api import Applying, Pack, PackError

FILE: Final = "ptv/general_descriptions.json.gz"
SOURCE: Final = "ptv-general-description"
CHARGES: Final = {"Free": "free", "Charged": "chargeable", "": "unknown"}
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Base:
    """What a national pack holds of descriptions."""

    descriptions: Sequence[Raw]
    rules: Sequence[Raw]


def read(pack: Pack) -> Base | None:
    """Read the descriptions and the rules that place them; None when the pack has none."""
    rules = pack.yaml_entries("situation_map.yaml", MAPPING, needed=False)
    for rule in rules:
        pack.refer(rule, "situations", SITUATION)
    path = pack.root / FILE
    if not path.is_file():
        return None
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            descriptions = json.load(file)
    except (OSError, EOFError, ValueError):
        pack.errors.append(PackError(FILE, gettext("Tiedosto on rikki. Tee se uudelleen skriptillä.")))
        return None
    return Base(descriptions, [rule.data for rule in rules])


def apply(base: Base | None, applying: Applying) -> None:
    """Write the descriptions, their texts and terms, and the national services."""
    if base is None:
        return
    by_id = {UUID(raw["id"]): raw for raw in base.descriptions}
    twins = twins_of(base.descriptions)
    rows = _sync_descriptions(by_id, applying)
    _set_twins(rows, twins)
    _sync_services(by_id, rows, twins, base.rules, applying)


def twins_of(descriptions: Iterable[Raw]) -> dict[UUID, UUID]:
    """Return which description stands behind a fuller one of the same Finnish name.

    The fullest has most languages, then the longest texts; the id decides when all is equal.
    """
    by_name: dict[str, list[Raw]] = defaultdict(list)
    for raw in descriptions:
        by_name[raw["texts"]["name"]["fi"].casefold()].append(raw)
    found: dict[UUID, UUID] = {}
    for same in by_name.values():
        fullest, *rest = sorted(same, key=_fullness, reverse=True)
        found |= {UUID(raw["id"]): UUID(fullest["id"]) for raw in rest}
    return found


def slugs_of(descriptions: Iterable[Raw], twins: Mapping[UUID, UUID]) -> dict[UUID, str]:
    """Return the slug of each national service: its name and "suomi", and for a twin a piece of its id.

    The ending leaves the plain name to the county that offers the service.
    """
    slugs = {}
    for raw in descriptions:
        identity = UUID(raw["id"])
        slug = f"{slugify_fi(raw['texts']['name']['fi'])}-suomi"
        slugs[identity] = f"{slug}-{raw['id'][:8]}" if identity in twins else slug
    return slugs


def _fullness(raw: Raw) -> tuple[int, int, str]:
    length = sum(len(text) for texts in raw["texts"].values() for text in texts.values())
    return len(raw["texts"]["name"]), length, raw["id"]


def _sync_descriptions(by_id: Mapping[UUID, Raw], applying: Applying) -> dict[UUID, GeneralDescription]:
    stored = list(GeneralDescription.objects.all())
    digests = {identity: fingerprint(raw) for identity, raw in by_id.items()}
    new = changed_keys(digests, {row.source_id: row.raw_hash for row in stored})
    synced = applying.sync(
        "general-descriptions",
        GeneralDescription,
        {
            identity: {
                "source_id": identity,
                "reference_code": raw["reference_code"],
                "service_type": raw["type"],
                "charge_type": raw["charge"],
                "laws": raw["laws"],
                "raw_hash": digests[identity],
            }
            for identity, raw in by_id.items()
        },
        stored=stored,
        key=lambda row: row.source_id,
        # A description that the catalogue dropped is kept: local services may build on it.
        end=lambda _row: {},
    )
    rows = {identity: synced[identity] for identity in by_id}
    _write_below({identity: by_id[identity] for identity in by_id if identity in new}, rows, applying)
    return rows


def _write_below(
    changed: Mapping[UUID, Raw], rows: Mapping[UUID, GeneralDescription], applying: Applying
) -> None:
    subjects = {term["uri"]: term["fi"] for raw in changed.values() for term in raw["subjects"]}
    if subjects:
        _add_subjects(subjects, applying)
    terms = _terms((SERVICE_CLASS, LIFE_EVENT, TARGET_GROUP, SUBJECT))
    link = GeneralDescription.terms.through
    children = Children(SOURCE)
    for identity, raw in changed.items():
        owner = rows[identity]
        for kind, texts in raw["texts"].items():
            children.add_texts({"general_description": owner}, kind, texts)
        named = [
            *((SERVICE_CLASS, code) for code in raw["classes"]),
            *((LIFE_EVENT, code) for code in raw["events"]),
            *((TARGET_GROUP, code) for code in raw["groups"]),
            *((SUBJECT, _subject_code(term["uri"])) for term in raw["subjects"]),
        ]
        ids = dict.fromkeys(terms[name] for name in named if name in terms)
        children.add(*(link(generaldescription_id=owner.pk, term_id=pk) for pk in ids))
    owners = [rows[identity] for identity in changed]
    link.objects.filter(generaldescription__in=owners).delete()
    replace_texts("general_description", owners, children.texts)
    children.write()


def _add_subjects(subjects: Mapping[str, str], applying: Applying) -> None:
    known = {
        term.code: WantedTerm(
            term.code,
            {label.language: Label(label.value) for label in term.labels.all()},
            uris=tuple(term.uris),
        )
        for term in Term.objects.filter(vocabulary__code=SUBJECT).prefetch_related("labels")
    }
    for uri, name in subjects.items():
        known[_subject_code(uri)] = WantedTerm(_subject_code(uri), {"fi": Label(name)}, uris=(uri,))
    sync_terms(applying, SUBJECT, "KOKO, Finto (PTV)", known.values())


def _subject_code(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


def _terms(vocabularies: Iterable[str]) -> dict[tuple[str, str], int]:
    rows = Term.objects.filter(vocabulary__code__in=list(vocabularies))
    return {(code, name): pk for code, name, pk in rows.values_list("vocabulary__code", "code", "pk")}


def _set_twins(rows: Mapping[UUID, GeneralDescription], twins: Mapping[UUID, UUID]) -> None:
    changed = []
    for identity, row in rows.items():
        fullest = twins.get(identity)
        wanted = rows[fullest].pk if fullest else None
        if row.twin_of_id != wanted:
            row.twin_of_id = wanted
            changed.append(row)
    GeneralDescription.objects.bulk_update(changed, ["twin_of"], batch_size=200)


def _sync_services(
    by_id: Mapping[UUID, Raw],
    rows: Mapping[UUID, GeneralDescription],
    twins: Mapping[UUID, UUID],
    rules: Sequence[Raw],
    applying: Applying,
) -> None:
    places = {identity: placed(raw, rules) for identity, raw in by_id.items()}
    slugs = slugs_of(by_id.values(), twins)
    stored = list(Service.objects.filter(source=SOURCE))
    before = {row.source_id: row for row in stored}
    digests = {
        str(identity): fingerprint(slugs[identity], fingerprint(raw), repr(places[identity]))
        for identity, raw in by_id.items()
    }
    new = changed_keys(digests, {name: row.content_hash for name, row in before.items()})
    at = time_source.now()
    synced = applying.sync(
        "national-services",
        Service,
        {
            str(identity): {
                "slug": slugs[identity],
                "source": SOURCE,
                "source_id": str(identity),
                "level": Service.Level.NATIONAL,
                "base": rows[identity],
                "charge": CHARGES[raw["charge"]],
                "for_families": places[identity].for_families,
                "min_age": places[identity].min_age,
                "max_age": places[identity].max_age,
                **state_and_stamp(before.get(str(identity)), digests[str(identity)], at),
            }
            for identity, raw in by_id.items()
        },
        stored=stored,
        key=lambda row: row.source_id,
        end=archived,
    )
    changed = {synced[str(identity)].pk: places[identity] for identity in by_id if str(identity) in new}
    _set_situations(changed)


def _set_situations(places: Mapping[int, Placed]) -> None:
    terms = _terms((SITUATION,))
    link = Service.terms.through
    link.objects.filter(service_id__in=list(places)).delete()
    link.objects.bulk_create(
        [
            link(service_id=pk, term_id=terms[SITUATION, slug])
            for pk, where in places.items()
            for slug in where.situations
            if (SITUATION, slug) in terms
        ],
        batch_size=400,
    )
