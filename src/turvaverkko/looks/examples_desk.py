"""What the gallery shows of the desk of guides. Persons and words are invented."""

from typing import Any

from turvaverkko.looks.desk import QueueRow, segments
from turvaverkko.looks.words import with_isolated_numbers


def content() -> dict[str, Any]:
    """Return a row of each light, and a bar of every kind."""
    return {
        "queue_rows": [
            _row(
                "late", "Myöhässä 1 t 20 min", "poika ei ole ollut koulussa kolmeen viikkoon", owner="Anne H."
            ),
            _row("running", "2 t 10 min jäljellä", "5v raivoaa ja lyö meitä joka päivä", current=True),
            _row("later", "huomenna klo 9", "زوجي يقرأ رسائلي، هل يمكن أن أكتب هنا", lang="ar"),
            _row(
                "quiet",
                "Odottaa perhettä",
                "ero tulossa, mitä lapsille sanotaan",
                owner="Maija K.",
                is_mine=True,
            ),
        ],
        "due_segments": segments(
            [
                ("late", "myöhässä", 2),
                ("today", "tänään", 11),
                ("tomorrow", "huomenna", 19),
                ("later", "myöhemmin", 28),
                ("going", "kesken", 3),
                ("waiting", "odottaa perhettä", 4),
            ]
        ),
    }


def _row(light: Any, due: str, words: str, **more: Any) -> QueueRow:  # noqa: ANN401 - as the row takes them
    key = f"esimerkki-{light}"
    meta = ("Liminka", "5 v", "puhelu 11–13")
    return QueueRow(
        key=key, url="#", due=with_isolated_numbers(due), light=light, words=words, meta=meta, **more
    )
