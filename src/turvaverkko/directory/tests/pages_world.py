"""A small county for tests of pages: two municipalities, one in another county, and what helps there.

Everything in it is written straight into the tables, so that a page test stays a test of the page.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import (
    Channel,
    Connection,
    CrisisLine,
    Happening,
    HappeningTime,
    HoursRow,
    MeetingPlace,
    Place,
    PlaceOperator,
    Service,
    ServiceCoverage,
    Term,
    TermLabel,
    Text,
    Vocabulary,
)
from turvaverkko.directory.search import api as search
from turvaverkko.organisation.models import (
    Area,
    AreaMembership,
    County,
    DeadlinePolicy,
    Municipality,
    MunicipalityInCounty,
    Organisation,
    PostalCode,
    RegionalSetting,
)

# A Monday morning on which everything that keeps office hours is open.
MONDAY_MORNING: Final = datetime(2026, 11, 23, 10, 7, tzinfo=HELSINKI)
SINCE: Final = date(2023, 1, 1)
CONFIRMED: Final = date(2026, 11, 12)
Texts = Mapping[str, Mapping[str, Any]]
CONCEPTS: Final = """
- code: raivokohtaukset
  fi: [raivokohtaus]
  lay: [lapsi raivoaa, kiukku]
  situations: [raivo-riidat-rajat]
- code: vakivalta-kotona
  fi: [väkivalta, lähisuhdeväkivalta]
  lay: [mies lyö minua, kotona lyödään]
  situations: [kotona]
  urgent: true
"""


def build() -> None:
    """Make the world."""
    county = County.objects.create(
        code="19", slug="north-ostrobothnia", name_fi="Pohjois-Pohjanmaa", name_sv="Norra Österbotten"
    )
    elsewhere = County.objects.create(code="18", slug="kainuu", name_fi="Kainuu")
    lakeus = Area.objects.create(county=county, slug="lakeus", name_fi="Lakeus", order=1, source="test")
    for code, slug, name, home in (
        ("425", "liminka", "Liminka", county),
        ("244", "kempele", "Kempele", county),
        ("205", "kajaani", "Kajaani", elsewhere),
    ):
        row = Municipality.objects.create(code=code, slug=slug, name_fi=name)
        MunicipalityInCounty.objects.create(municipality=row, county=home, valid_from=SINCE)
        if home == county:
            AreaMembership.objects.create(
                municipality=row, county=county, area=lakeus, source="test", valid_from=SINCE
            )
    PostalCode.objects.create(
        code="91900", name_fi="Liminka", municipality=Municipality.objects.get(slug="liminka")
    )
    Organisation.objects.create(slug="pohde", kind="county", county=county, name_fi="Pohde")
    Organisation.objects.create(
        slug="liminka-kunta", kind="municipality", county=county, name_fi="Limingan kunta"
    )
    RegionalSetting.objects.create(
        key="contact.phone",
        county=county,
        value={"number": "000 190 100", "hours": [{"days": "mon-fri", "from": "08:00", "to": "16:00"}]},
    )
    RegionalSetting.objects.create(
        key="contact.label", county=county, value={"fi": "Pyydä apua", "sv": "Be om hjälp"}
    )
    DeadlinePolicy.objects.create(
        county=county,
        code="contact-promise",
        name_fi="Lupaus",
        version=1,
        amount=3,
        unit="office_days",
        time_of_day=time(16),
        may_pause=True,
        runs_from="received",
        valid_from=SINCE,
        source="test",
    )
    _terms()
    _crisis_lines()
    _listings(county)


def index() -> None:
    """Make the search index of the world, with a thesaurus of two concepts."""
    with TemporaryDirectory() as folder:
        Path(folder, "concepts.yaml").write_text(CONCEPTS, encoding="utf-8")
        search.load_thesaurus(Path(folder))
    search.rebuild()


def words_of(html: str) -> str:
    """Return what a page says: its text without markup, each blank one ordinary space."""
    apart = re.sub(r"</(td|th|p|div|li|h\d|dd|dt)>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


def service(
    slug: str,
    name: str,
    *,
    situations: Sequence[str] = (),
    municipality: str = "",
    texts: Texts | None = None,
    number: str = "",
    **values: Any,
) -> Service:
    """Make one published service: of one municipality if it is given, otherwise of the county."""
    row = Service.objects.create(
        slug=slug,
        level="municipality" if municipality else "county",
        organisation=Organisation.objects.get(slug="liminka-kunta" if municipality else "pohde"),
        **{
            "state": "published",
            "confirmed_on": CONFIRMED,
            "charge": "free",
            "languages": ["fi", "en"],
            **values,
        },
    )
    where: dict[str, Any] = (
        {"municipality": Municipality.objects.get(slug=municipality)}
        if municipality
        else {"county": County.objects.get(code="19")}
    )
    ServiceCoverage.objects.create(service=row, **where)
    row.terms.add(*Term.objects.filter(vocabulary__code="situation", code__in=situations))
    write_texts({"service": row}, {"fi": {"name": name, "summary": f"{name} auttaa."}, **(texts or {})})
    if number:
        phone(row, number)
    return row


def phone(row: Service, number: str) -> None:
    """Give a service a number that is answered on weekdays from 8 to 15."""
    channel = Channel.objects.create(type="phone", number=number, organisation=row.organisation)
    Connection.objects.create(service=row, channel=channel)
    write_texts({"channel": channel}, {"fi": {"label": f"Soita: {row.slug}"}})
    for weekday in range(5):
        HoursRow.objects.create(channel=channel, weekday=weekday, opens=time(8), closes=time(15))


def place(slug: str, name: str, municipality: str, **values: Any) -> Place:
    """Make one published meeting place, open on weekdays from 9.30 to 14."""
    row = Place.objects.create(
        slug=slug,
        kind=Place.Kind.MEETING_PLACE,
        municipality=Municipality.objects.get(slug=municipality),
        postal_code="91900",
        phone="000 222 010",
        **{"state": "published", "confirmed_on": CONFIRMED, "street": "Koulutie 0", **values},
    )
    MeetingPlace.objects.create(place=row, min_age=0, max_age=6, languages=["fi", "ar"], criteria_met=9)
    PlaceOperator.objects.create(place=row, organisation=Organisation.objects.get(slug="liminka-kunta"))
    first_visit = ["Ovi on auki.", "Kukaan ei kysy, miksi tulit."]
    write_texts(
        {"place": row},
        {"fi": {"name": name, "summary": "Keittiö ja leikkinurkka.", "first-visit": first_visit}},
    )
    for weekday in range(5):
        HoursRow.objects.create(place=row, weekday=weekday, opens=time(9, 30), closes=time(14))
    return row


def happening(
    slug: str,
    name: str,
    *times: tuple[str, date, date | None, time, time],
    place: str = "",
    texts: Texts | None = None,
    **values: Any,
) -> Happening:
    """Make one published happening and lay it out. Each time: how often, first and last day, from, to."""
    row = Happening.objects.create(
        slug=slug,
        organisation=Organisation.objects.get(slug="liminka-kunta"),
        place=Place.objects.get(slug=place) if place else None,
        **{"state": "published", "confirmed_on": CONFIRMED, "charge": "free", "languages": ["fi"], **values},
    )
    write_texts({"happening": row}, {"fi": {"name": name, "summary": f"{name} on avoin."}, **(texts or {})})
    for every, first, last, starts, ends in times:
        HappeningTime.objects.create(
            happening=row, every=every, first=first, last=last, starts=starts, ends=ends
        )
    lay_out(row)
    return row


def write_texts(owner: Mapping[str, Any], texts: Texts) -> None:
    """Write texts of an owner; lists are stored as the loader stores them."""
    for language, kinds in texts.items():
        for kind, value in kinds.items():
            stored = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            Text.objects.create(kind=kind, language=language, value=stored, source="test", **owner)


def _terms() -> None:
    situations = Vocabulary.objects.create(code="situation", source="test")
    for order, (code, label, title) in enumerate(
        (
            ("raivo-riidat-rajat", "Raivo, riidat ja rajat", ""),
            ("uni-ja-jaksaminen", "Uni ja jaksaminen", ""),
            ("kotona", "Väkivalta ja pelko kotona", "Kotona"),
        )
    ):
        row = Term.objects.create(
            vocabulary=situations, code=code, order=order, icon="storm", sensitive=bool(title)
        )
        TermLabel.objects.create(
            term=row, language="fi", value=label, hint=f"Vihje: {label}", page_title=title
        )
    ages = Vocabulary.objects.create(code="age", source="test")
    for order, (code, low, high) in enumerate((("odotus", None, None), ("3-6", 3, 6), ("13-17", 13, 17))):
        row = Term.objects.create(vocabulary=ages, code=code, order=order, min_age=low, max_age=high)
        TermLabel.objects.create(term=row, language="fi", value=code.capitalize())


def _crisis_lines() -> None:
    for order, (slug, number, name, always) in enumerate(
        (
            ("hatanumero", "112", "Hätänumero", True),
            ("sosiaalipaivystys", "000 111 222", "Sosiaalipäivystys", True),
            ("nettiapu", "", "Nettiapu", False),
        )
    ):
        row = CrisisLine.objects.create(
            slug=slug,
            number=number,
            url="" if number else "https://example.invalid/chat",
            order=order,
            source="test",
            checked_on=date(2026, 11, 20),
        )
        write_texts({"crisis_line": row}, {"fi": {"name": name, "when": f"Kun tarvitset: {name}"}})
        if always:
            HoursRow.objects.create(crisis_line=row, kind="always")


def _listings(county: County) -> None:
    service(
        "perheohjaus-kotiin",
        "Perheohjaus kotiin",
        situations=["raivo-riidat-rajat"],
        number="000 555 010",
        min_age=3,
        max_age=12,
        ways=["phone", "home"],
        interpreter=True,
        texts={
            "fi": {
                "name": "Perheohjaus kotiin",
                "summary": "Ohjaaja tulee kotiinne, kun lapsi raivoaa ja lyö.",
                "description": "Katsotte yhdessä, mitä tapahtuu.",
                "for-whom": "Perheille, joissa on 3–12-vuotias lapsi.",
                "steps": [{"title": "Soitat", "text": "Papereita ei tarvita."}],
                "good-to-know": ["Voit lopettaa milloin vain."],
                "keywords": ["raivo", "kiukku"],
            },
            "sv": {"name": "Familjearbete hemma", "summary": "Handledaren kommer hem till er."},
        },
    )
    service(
        "unikoulu",
        "Unikoulu",
        situations=["uni-ja-jaksaminen"],
        municipality="liminka",
        min_age=0,
        max_age=2,
        ways=["group"],
    )
    service("turvakoti", "Turvakoti", situations=["kotona"], number="000 555 020")
    place("tupa", "Kohtaamispaikka Tupa", "liminka")
    place("nurkka", "Perhenurkka", "kempele")
