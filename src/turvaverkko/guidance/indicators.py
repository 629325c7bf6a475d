"""What is counted of requests for help, for the county's figures. Registered when the app starts.

Whatever a reader could add up stands in `sums`: a number that is published by itself must not give another.
"""

from collections.abc import Iterable
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
REQUESTS: Final = {"fi": "pyyntöä", "sv": "begäran", "en": "requests"}
REOPENED: Final = "Uudelleen avattu pyyntö luetaan päättyneeksi vasta, kun se on päättynyt viimeisen kerran."

INDICATORS: Final = (
    Declared(
        code=RECEIVED,
        by_municipality=True,
        names={"fi": "Saapuneet avunpyynnöt", "sv": "Inkomna begäran om hjälp", "en": "Requests for help"},
        units=REQUESTS,
        measure=Measure.COUNT,
        direction=Direction.NEITHER,
        counted="Jakson aikana lomakkeella, puhelimessa tai paikan päällä saapuneet avunpyynnöt.",
        method="Kunta on se, jonka kysyjä kertoi; muuten pyyntö on vain hyvinvointialueen luvussa.",
        since=SINCE,
    ),
    Declared(
        code=IN_PROMISE,
        by_municipality=True,
        names={
            "fi": "Luvatussa ajassa vastatut pyynnöt",
            "sv": "Begäran som besvarats inom utlovad tid",
            "en": "Requests answered within the promised time",
        },
        units={"fi": "%", "sv": "%", "en": "%"},
        measure=Measure.SHARE,
        direction=Direction.UP,
        counted="Pyynnöt, joissa perhe tavoitettiin ensimmäisen kerran viimeistään luvattuna hetkenä.",
        of="Jaksolla saapuneet pyynnöt, joihin on vastattu tai joiden luvattu aika on kulunut umpeen.",
        method="Vain ensimmäinen lupaus. Ennen yhteydenottoa ajoissa päättynyt pyyntö ei ole mukana; "
        "lupaus seisoo, kun perhettä odotetaan.",
        since=SINCE,
    ),
    Declared(
        code=FIRST_CONTACT,
        by_municipality=True,
        names={
            "fi": "Aika ensimmäiseen yhteydenottoon, mediaani",
            "sv": "Tid till första kontakt, median",
            "en": "Time to first contact, median",
        },
        units={"fi": "virka-aikapäivää", "sv": "tjänstedagar", "en": "office days"},
        measure=Measure.MEDIAN,
        direction=Direction.DOWN,
        decimals=1,
        counted="Virka-aikapäivät saapumisen jälkeen siihen päivään, jona perhe ensi kerran tavoitettiin.",
        method="Saapumispäivä on 0. Mukana jaksolla saapuneet, jotka on "
        "tavoitettu; alle viiden pyynnön mediaania ei näytetä.",
        since=SINCE,
    ),
    Declared(
        code=RESOLVED,
        names={"fi": "Päätetyt pyynnöt", "sv": "Avslutade begäran", "en": "Resolved requests"},
        units=REQUESTS,
        measure=Measure.COUNT,
        direction=Direction.NEITHER,
        counted="Jakson aikana päätetyt pyynnöt ja mihin ne päättyivät.",
        method=REOPENED,
        since=SINCE,
        groups=dict(RESOLUTIONS),
    ),
    Declared(
        code=OUTCOMES,
        names={"fi": "Saiko perhe apua", "sv": "Fick familjen hjälp", "en": "Did the family get help"},
        units=REQUESTS,
        measure=Measure.COUNT,
        direction=Direction.NEITHER,
        counted="Jakson aikana päätetyt pyynnöt sen mukaan, mitä avun saamisesta tiedettiin päätettäessä.",
        method=REOPENED,
        since=SINCE,
        groups=dict(OUTCOME_NAMES),
    ),
    Declared(
        code=WITHDRAWN,
        names={"fi": "Perheen perumat pyynnöt", "sv": "Återtagna begäran", "en": "Requests taken back"},
        units=REQUESTS,
        measure=Measure.COUNT,
        direction=Direction.NEITHER,
        counted="Pyynnöt, jotka perhe perui jakson aikana.",
        method="Peruttua pyyntöä ei avata uudelleen.",
        since=SINCE,
    ),
    Declared(
        code=OPEN,
        names={
            "fi": "Jakson lopussa avoinna olevat pyynnöt",
            "sv": "Öppna begäran vid periodens slut",
            "en": "Requests open at the end of the period",
        },
        units=REQUESTS,
        measure=Measure.STOCK,
        direction=Direction.DOWN,
        counted="Pyynnöt, jotka olivat saapuneet jakson viimeisen päivän loppuun mennessä ja yhä auki.",
        method=REOPENED,
        since=SINCE,
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
