"""What is counted of requests for help, for the county's figures. Registered when the app starts.

Whatever a reader could add up stands in `sums`: a number that is published by itself must not give another.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from turvaverkko.guidance.counting import entries, queries
from turvaverkko.guidance.counting.names import (
    FIRST_CONTACT,
    IN_PROMISE,
    OPEN,
    OUTCOMES,
    RECEIVED,
    RESOLVED,
    WITHDRAWN,
)
from turvaverkko.guidance.models import OUTCOMES as OUTCOME_NAMES
from turvaverkko.guidance.models import RESOLUTIONS
from turvaverkko.indicators.computed_api import Cell, Declared, Direction, Measure, Plan, Sum, Topic, key_of

SINCE: Final = "ensimmäisestä Pyydä apua -pyynnöstä"
REOPENED: Final = "Uudelleen avattu pyyntö luetaan päättyneeksi vasta, kun se on päättynyt viimeisen kerran."


def _texts(fi: str, sv: str, en: str) -> Mapping[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


REQUESTS: Final = _texts("pyyntöä", "begäran", "requests")
PER_CENT: Final = _texts("%", "%", "%")
OFFICE_DAYS: Final = _texts("virka-aikapäivää", "tjänstedagar", "office days")

INDICATORS: Final = (
    Declared(
        code=RECEIVED,
        names=_texts("Saapuneet avunpyynnöt", "Inkomna begäran om hjälp", "Requests for help"),
        units=REQUESTS,
        counted="Jakson aikana lomakkeella, puhelimessa tai paikan päällä saapuneet avunpyynnöt.",
        method="Kunta on se, jonka kysyjä kertoi; muuten pyyntö on vain hyvinvointialueen luvussa.",
        since=SINCE,
        by_municipality=True,
    ),
    Declared(
        code=IN_PROMISE,
        names=_texts(
            "Luvatussa ajassa vastatut pyynnöt",
            "Begäran som besvarats inom utlovad tid",
            "Requests answered within the promised time",
        ),
        counted="Pyynnöt, joissa perhe tavoitettiin ensimmäisen kerran viimeistään luvattuna hetkenä.",
        method="Vain ensimmäinen lupaus. Ennen yhteydenottoa ajoissa päättynyt pyyntö ei ole mukana; "
        "lupaus seisoo, kun perhettä odotetaan.",
        since=SINCE,
        of="Jaksolla saapuneet pyynnöt, joihin on vastattu tai joiden luvattu aika on kulunut umpeen.",
        units=PER_CENT,
        measure=Measure.SHARE,
        direction=Direction.UP,
        by_municipality=True,
    ),
    Declared(
        code=FIRST_CONTACT,
        names=_texts(
            "Aika ensimmäiseen yhteydenottoon, mediaani",
            "Tid till första kontakt, median",
            "Time to first contact, median",
        ),
        counted="Virka-aikapäivät saapumisen jälkeen siihen päivään, jona perhe ensi kerran tavoitettiin.",
        method="Saapumispäivä on 0. Mukana jaksolla saapuneet, jotka on "
        "tavoitettu; alle viiden pyynnön mediaania ei näytetä.",
        since=SINCE,
        units=OFFICE_DAYS,
        measure=Measure.MEDIAN,
        direction=Direction.DOWN,
        decimals=1,
        by_municipality=True,
    ),
    Declared(
        code=RESOLVED,
        names=_texts("Päätetyt pyynnöt", "Avslutade begäran", "Resolved requests"),
        units=REQUESTS,
        counted="Jakson aikana päätetyt pyynnöt ja mihin ne päättyivät.",
        method=REOPENED,
        since=SINCE,
        groups=dict(RESOLUTIONS),
    ),
    Declared(
        code=OUTCOMES,
        names=_texts("Saiko perhe apua", "Fick familjen hjälp", "Did the family get help"),
        units=REQUESTS,
        counted="Jakson aikana päätetyt pyynnöt sen mukaan, mitä avun saamisesta tiedettiin päätettäessä.",
        method=REOPENED,
        since=SINCE,
        groups=dict(OUTCOME_NAMES),
    ),
    Declared(
        code=WITHDRAWN,
        names=_texts("Perheen perumat pyynnöt", "Återtagna begäran", "Requests taken back"),
        units=REQUESTS,
        counted="Pyynnöt, jotka perhe perui jakson aikana.",
        method="Peruttua pyyntöä ei avata uudelleen.",
        since=SINCE,
    ),
    Declared(
        code=OPEN,
        names=_texts(
            "Jakson lopussa avoinna olevat pyynnöt",
            "Öppna begäran vid periodens slut",
            "Requests open at the end of the period",
        ),
        units=REQUESTS,
        counted="Pyynnöt, jotka olivat saapuneet jakson viimeisen päivän loppuun mennessä ja yhä auki.",
        method=REOPENED,
        since=SINCE,
        measure=Measure.STOCK,
        direction=Direction.DOWN,
    ),
)


def sums(plan: Plan, area: str) -> Iterable[Sum[Cell]]:
    """Yield what a reader can add up inside one area.

    What was open, and what came, has ended by resolution or by the family, or is open still. That quarters
    balance too follows from their months.
    """
    for period in plan.periods:
        resolved, asked = (Cell(code, "", area, key_of(period)) for code in (RESOLVED, OUTCOMES))
        yield Sum((resolved,), (asked,))
        yield Sum(tuple(resolved.of(code) for code, _name in RESOLUTIONS), (resolved,))
        yield Sum(tuple(asked.of(code) for code, _name in OUTCOME_NAMES), (asked,))
    before: tuple[Cell, ...] | None = () if plan.from_the_start else None
    for key in map(key_of, plan.months):
        came, resolved, withdrawn, left = (
            Cell(code, "", area, key) for code in (RECEIVED, RESOLVED, WITHDRAWN, OPEN)
        )
        if before is not None:
            yield Sum((came, *before), (resolved, withdrawn, left))
        before = (left,)


TOPIC: Final = Topic(
    code="guidance",
    indicators=INDICATORS,
    begins=entries.first_day,
    count=entries.count,
    recount=queries.recount,
    sums=sums,
)
