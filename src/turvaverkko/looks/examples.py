"""Invented content for the gallery: what a page of the real service could hold, and nothing else.

Numbers that begin with 000 cannot be called. Texts are only here, so they stay out of the catalogues;
Arabic stands beside Finnish on the front page as the proof that the layout turns round.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from turvaverkko.core import time_source
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.looks.api import (
    Address,
    Age,
    Because,
    Cell,
    Centre,
    Chip,
    Day,
    Facet,
    Fact,
    FieldError,
    Hit,
    Hours,
    Link,
    Number,
    Option,
    Reading,
    Row,
    Sign,
    Slot,
    Step,
    Table,
    Tag,
    page_links,
)

HERE = "#"  # the examples lead nowhere


def _today_at(hour: int, *, days: int = 0) -> datetime:
    return datetime.combine(time_source.today() + timedelta(days=days), time(hour), HELSINKI)


def signs() -> dict[str, Sign]:
    """Return the lit and unlit window in each of its states."""
    return {
        "open": Sign("open", until=_today_at(20)),
        "always": Sign("always"),
        "tomorrow": Sign("closed", opens=_today_at(8, days=1)),
        "this_week": Sign("closed", opens=_today_at(8, days=4)),
        "later": Sign("closed", opens=_today_at(9, days=12)),
        "closed": Sign("closed"),
        "unknown": Sign("unknown"),
    }


def numbers() -> list[Number]:
    """Return crisis numbers, open ones first."""
    at = signs()
    return [
        Number("112", "Hätänumero", "Kun henki tai turvallisuus on vaarassa", at["always"]),
        Number("116 117", "Päivystysapu", "Kun lapsi sairastuu yöllä", at["always"]),
        Number("000 111 222", "Sosiaalipäivystys", "Kun kotona ei ole turvallista", at["always"]),
        Number("000 333 444", "Perheiden neuvontapuhelin", "Kun arki ei suju", at["tomorrow"]),
    ]


def arabic_numbers() -> list[Number]:
    """Return the same numbers for a page in Arabic."""
    at = signs()
    return [
        Number("112", "رقم الطوارئ", "عندما تكون الحياة أو السلامة في خطر", at["always"]),
        Number("116 117", "المساعدة الطبية العاجلة", "عندما يمرض الطفل ليلاً", at["always"]),
        Number("000 111 222", "الخدمة الاجتماعية العاجلة", "عندما لا يكون البيت آمناً", at["always"]),
        Number("000 333 444", "هاتف الإرشاد للأسر", "من 8–15", at["tomorrow"]),
    ]


TOPICS = [
    Row("Raivo, riidat ja rajat", HERE, "Lapsi lyö, huutaa tai ei tottele", "storm"),
    Row("Uni ja jaksaminen", HERE, "Kun kukaan ei nuku", "moon"),
    Row("Koulu ja päiväkoti", HERE, "Poissaolot, oppiminen, kaverit", "school"),
    Row("Mieli on maassa", HERE, "Lapsen, nuoren tai oma", "heart"),
    Row("Ero ja kaksi kotia", HERE, "Sopiminen, tapaamiset, vuoroviikot", "two-homes"),
    Row("Turvattomuus kotona", HERE, "Pelko, uhkailu, väkivalta", "door"),
    Row("Odotus ja vauva", HERE, "Raskaus, imetys, vauvan hoito", "pram"),
    Row("Päihteet ja pelaaminen", HERE, "Oma tai läheisen", "glass"),
    Row("Raha ja asuminen", HERE, "Kun laskut kasautuvat", "wallet"),
]
ARABIC_TOPICS = [
    Row("الغضب والشجار والحدود", HERE, "الطفل يضرب أو يصرخ أو لا يسمع الكلام", "storm"),
    Row("النوم والتعب", HERE, "عندما لا ينام أحد", "moon"),
    Row("المدرسة والروضة", HERE, "الغياب والتعلم والأصدقاء", "school"),
    Row("الحزن وضيق النفس", HERE, "عند الطفل أو الشاب أو عندك", "heart"),
    Row("الطلاق وبيتان", HERE, "الاتفاق والزيارات", "two-homes"),
    Row("Perheohjaus kotiin", HERE, "3–12-vuotiaiden perheille", "home", lang="fi"),
]
AGES = [
    Age(HERE, "Odotus"),
    Age(HERE, youngest=0, oldest=1),
    Age(HERE, youngest=1, oldest=3),
    Age(HERE, youngest=3, oldest=6),
    Age(HERE, youngest=7, oldest=12),
    Age(HERE, youngest=13, oldest=17),
    Age(HERE, youngest=18, oldest=25),
    Age(HERE, "Aikuinen"),
]
ARABIC_AGES = [Age(HERE, "الحمل"), *AGES[1:7], Age(HERE, "بالغ")]
SEARCHES = [Link("vauva ei nuku", HERE), Link("poika ei mene kouluun", HERE)]
ARABIC_SEARCHES = [Link("طفلي لا ينام", HERE), Link("ابنتي لا تريد الذهاب إلى المدرسة", HERE)]
MUNICIPALITIES = [
    Option("kempele", "Kempele"),
    Option("liminka", "Liminka", checked=True),
    Option("muhos", "Muhos"),
]


def open_today() -> list[Row]:
    """Return what is on near the family today."""
    return [
        Row("Avoimet ovet", HERE, "Kohtaamispaikka Tupa · 0–6 v ja aikuinen", times="9.30–11.30"),
        Row(
            "Neuvolan terveydenhoitaja paikalla",
            HERE,
            "Kohtaamispaikka Tupa · tule ilman aikaa",
            times="13–15",
        ),
        Row("Isät ja lapset, sählyvuoro", HERE, "Rantakylän koulu · 3–10 v · maksuton", times="17.30–19"),
    ]


FACETS = [
    Facet(
        "kunta",
        "Missä",
        [
            Option("liminka", "Liminka", 7, checked=True),
            Option("kempele", "Kempele", 5),
            Option("verkossa", "Etänä tai verkossa", 9),
        ],
    ),
    Facet(
        "miten",
        "Miten",
        [Option("puhelin", "Puhelimessa", 6), Option("koti", "Kotona", 3), Option("ryhma", "Ryhmässä", 4)],
    ),
    Facet("jarjestaja", "Kuka järjestää", [Option("hva", "Hyvinvointialue", 6), Option("kunta", "Kunta", 4)]),
    Facet(
        "kieli", "Kieli", [Option("tulkki", "Tulkki saatavilla", 8), Option("en", "English", 5, lang="en")]
    ),
]
CHIPS = [Chip("Liminka", HERE), Chip("Puhelimessa", HERE)]
READINGS = [Reading("5v", "5-vuotias", HERE), Reading("raivoaa", "voimakkaat tunteet", HERE)]
DID_YOU_MEAN = [
    Link("aikuinen lyö kotona", HERE),
    Link("lapsi lyö päiväkodissa", HERE),
    Link("murrosikäinen raivoaa", HERE),
]


def hits() -> list[Hit]:
    """Return search results in their variants."""
    at = signs()
    return [
        Hit(
            "Perheohjaus kotiin",
            HERE,
            "Perheohjaaja tulee kotiin ja miettii kanssanne, miten raivokohtauksista selvitään. Maksuton.",
            "3–12-vuotiaiden perheet",
            "Liminka ja Lakeus",
            when="noin 2 viikossa",
            because=[Because("5v", "5-vuotias"), Because("raivoaa"), Because("lyö")],
        ),
        Hit(
            "Kasvatus- ja perheneuvola",
            HERE,
            "Psykologi ja sosiaalityöntekijä auttavat, kun lapsen käytös huolettaa. Voit soittaa itse.",
            "0–17-vuotiaat",
            "Kempele, 14 km",
            sign=at["tomorrow"],
            because=[Because("raivoaa", "voimakkaat tunteet")],
        ),
        Hit(
            "Isot tunteet, vanhempien ryhmä",
            HERE,
            "Kuusi tiistai-iltaa muiden samassa tilanteessa olevien kanssa. Lastenhoito on järjestetty.",
            "3–7-vuotiaiden vanhemmat",
            when="alkaa 12.1.",
            because=[Because("5v"), Because("raivoaa")],
        ),
        Hit(
            "Vanhempien yöchat",
            HERE,
            "Koulutettu vapaaehtoinen juttelee nimettömästi. Keskustelua ei tallenneta.",
            how="verkossa",
            sign=at["open"],
        ),
    ]


FACTS = [
    Fact("Kenelle", "Perheille, joissa on 3–12-vuotias lapsi"),
    Fact("Missä", "Kotonanne: Liminka, Lumijoki, Tyrnävä, Muhos ja Kempele"),
    Fact("Milloin saan", "Noin 2 viikossa", "Laskettu lokakuun aloituksista."),
    Fact("Maksu", "Maksuton"),
    Fact("Kieli", "Suomi, englanti. Muilla kielillä tulkki."),
]
ACCESS = [
    Fact("Esteettömyys", "Ei kynnyksiä, leveä ovi, inva-wc", icon="access"),
    Fact("Vaunut", "Katettu vaunupaikka, hoitopöytä", icon="pram"),
    Fact("Bussi", "Linja 53, pysäkki 200 metriä", icon="bus"),
    Fact("Kielet", "Suomi. Ukrainaa ja arabiaa torstaisin.", icon="globe"),
]
STEPS = [
    Step("Soitat", "Kerrot lyhyesti, mistä on kyse. Papereita ei tarvita."),
    Step("Ohjaaja soittaa", "Kolmen arkipäivän sisällä. Sovitte ensimmäisen käynnin."),
    Step("Ensimmäinen käynti", "Jutellaan ja tutustutaan. Kotia ei tarvitse siivota."),
    Step("Kokeilette ja katsotte", "Viimeisellä kerralla päätätte yhdessä, riittikö tämä."),
]
STEP_STATES = [
    Step("Tehty", "Soitit maanantaina.", "done"),
    Step("Nyt", "Ohjaaja soittaa sinulle.", "now"),
    Step("Edessä", "Ensimmäinen käynti kotona."),
]
TAGS = [Tag("Lähetettä ei tarvita", "check"), Tag("Maksuton"), Tag("Tulkki järjestyy")]
HOURS = [
    Hours("Maanantai", [(time(9, 30), time(12))]),
    Hours("Tiistai", [(time(13), time(15)), (time(17), time(19))]),
    Hours("Keskiviikko", [(time(10), time(16))], today=True),
    Hours("Torstai", [(time(9, 30), time(15))]),
    Hours("Perjantai", note="Suljettu, henkilökunnan koulutus"),
]


def week() -> list[Day]:
    """Return a week's programme from Monday to Friday."""
    monday = time_source.today() - timedelta(days=time_source.today().weekday())
    days = [monday + timedelta(days=n) for n in range(5)]
    return [
        Day(days[0], [Slot(time(9, 30), time(12), "Avoin aamu", "0–6 v ja aikuinen")]),
        Day(
            days[1],
            [
                Slot(time(13), time(15), "Vauvatreffit", "alle 1 v · neuvola paikalla"),
                Slot(time(17), time(19), "Isien ilta", "lasten kanssa"),
            ],
        ),
        Day(days[2], [Slot(time(10), time(14), "Avoimet ovet", "keitto 2 €, lapset 0 €")], today=True),
        Day(days[3], [Slot(time(9, 30), time(11, 30), "Torstain perhekahvila", "seurakunta järjestää")]),
        Day(days[4], closed="Suljettu, henkilökunnan koulutus"),
    ]


ADDRESS = Address("Koulutie 0", "91900", "Liminka")
TABLE = Table(
    "Palvelut kielittäin",
    [Cell("Kieli"), Cell("Palveluja", numeric=True), Cell("Osuus", numeric=True)],
    [
        [Cell("suomi"), Cell("458", numeric=True), Cell("100 %", numeric=True)],
        [Cell("ruotsi"), Cell("312", numeric=True), Cell("68 %", numeric=True)],
    ],
    [Cell("Yhteensä"), Cell("770", numeric=True), Cell("", numeric=True)],
)
ERRORS = [FieldError("mista", "Postinumerossa on viisi numeroa, esimerkiksi 91900")]


def centre() -> Centre:
    """Return what the finder finds."""
    return Centre(
        "Limingan perhekeskus",
        "Lakeuden palvelualue",
        HERE,
        "000 222 010",
        signs()["tomorrow"],
        ADDRESS,
        "Postinumero 91900 kuuluu Liminkaan.",
    )


@dataclass(frozen=True)
class _Said:
    text: str
    who: str
    sent_at: datetime
    is_ours: bool


MESSAGES = [
    _Said("Vauva ei nuku.", "Sinä", datetime(2026, 11, 23, 21, 46, tzinfo=HELSINKI), is_ours=False),
    _Said(
        "Soitan huomenna.",
        "Aino, palveluohjaaja",
        datetime(2026, 11, 24, 9, 5, tzinfo=HELSINKI),
        is_ours=True,
    ),
]


def content(language: str) -> dict[str, Any]:
    """Return everything the gallery's templates show, in Arabic where the page is in Arabic."""
    arabic = language == "ar"
    return {
        "here": HERE,
        "form_steps": [Step("Kuka", state="done"), Step("Tilanne", state="now"), Step("Yhteys")],
        "way_options": [Option("call", "Soittakaa minulle", checked=True), Option("code", "Palaan koodilla")],
        "hour_options": [Option("8-11", "8–11"), Option("11-13", "11–13"), Option("13-16", "13–16")],
        "messages": MESSAGES,
        "arabic": arabic,
        "signs": signs(),
        "numbers": arabic_numbers() if arabic else numbers(),
        "topics": ARABIC_TOPICS if arabic else TOPICS,
        "ages": ARABIC_AGES if arabic else AGES,
        "ages_here": [*AGES[:3], Age(HERE, youngest=3, oldest=6, current=True), *AGES[4:]],
        "searches": ARABIC_SEARCHES if arabic else SEARCHES,
        "municipalities": MUNICIPALITIES,
        "open_today": open_today(),
        "facets": FACETS,
        "chips": CHIPS,
        "readings": READINGS,
        "did_you_mean": DID_YOU_MEAN,
        "hits": hits(),
        "facts": FACTS,
        "access": ACCESS,
        "steps": STEPS,
        "step_states": STEP_STATES,
        "tags": TAGS,
        "hours": HOURS,
        "week": week(),
        "address": ADDRESS,
        "table": TABLE,
        "errors": ERRORS,
        "centre": centre(),
        "parents": [Link("Palvelut", HERE), Link("Raivo, riidat ja rajat", HERE)],
        "ways_out": [Link("Poista rajaukset", HERE), Link("Etsi koko alueelta", HERE)],
        "pages": page_links(3, 9, lambda number: f"?sivu={number}"),
        "crisis_numbers": numbers()[:1] + numbers()[2:3],
        "today": time_source.today(),
        "now": time_source.now(),
        "in_two_weeks": _today_at(16, days=4),
    }
