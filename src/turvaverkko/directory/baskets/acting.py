"""What the one form of a basket's page does: every button keeps the notes first, so nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext

from turvaverkko.core.safe_text import without_hidden_signs
from turvaverkko.directory.baskets import queries, services
from turvaverkko.directory.baskets.holding import Holder
from turvaverkko.directory.baskets.models import Basket
from turvaverkko.directory.baskets.rules import (
    EMPTY,
    LINK_DAYS,
    MOST_ITEMS,
    MOST_LINKS,
    NOTE_LENGTH,
    Content,
    moved,
    noted,
    removed,
)

# Of the note of one thing; the key of the thing follows.
NOTE_FIELD: Final = "muistio:"
NOTE_OF_ALL: Final = "muistio"
# Unit: signs. Longer than any button and key of ours.
_LONGEST: Final = 200


@dataclass
class Typed:
    """What was typed into the notes, by the name of the field, and what to do about it."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What came of a press.

    Attributes:
        code: of what the next page says, "" for nothing.
        refused: what was typed, when it could not be kept.
    """

    code: str = ""
    refused: Typed | None = None


def act(holder: Holder, data: QueryDict) -> Done:
    """Do what a button of the page says; a button that is none of ours only keeps the notes."""
    basket = holder.basket
    if basket is None:
        return Done()
    name, _colon, key = without_hidden_signs(data.get("tee", "")).text[:_LONGEST].partition(":")
    if name == "kumoa":
        return Done("kumottu" if services.undo(basket) else "")
    typed = _typed(data)
    if typed.errors:
        return Done(refused=typed)
    after = services.change(basket, lambda content: _changed(name, key, _with_notes(content, typed)))
    if name == "jaa" and after:
        return Done(_share(holder, basket, data.get("paivia", "")))
    if name == "lopeta":
        return Done(_end(holder, basket, key))
    return Done(_CODES.get(name, "tallennettu"))


def said(code: str) -> str:
    """Return what the page says after something was done, by its code."""
    sentences = {
        "lisatty": gettext("Lisätty koriin."),
        "poistettu": gettext("Otettu pois korista."),
        "siirretty": gettext("Järjestys on vaihdettu."),
        "tyhjennetty": gettext("Kori on tyhjennetty."),
        "tallennettu": gettext("Muistiinpanot ovat tallessa."),
        "kumottu": gettext("Viimeisin muutos on kumottu."),
        "linkki": gettext("Linkki on valmis. Kopioi se alta."),
        "lopetettu": gettext("Linkki ei avaa enää mitään."),
        **refusals(),
    }
    return sentences.get(code, "")


def refusals() -> dict[str, str]:
    """Return why something was not done, with what to do, by code."""
    return {
        "taynna": gettext("Koriin mahtuu %(most)s kohdetta. Ota jokin pois, niin voit lisätä uuden.")
        % {"most": MOST_ITEMS},
        "linkkeja": gettext("Korista on jo %(most)s linkkiä auki. Lopeta jokin niistä ensin.")
        % {"most": MOST_LINKS},
        "odota": gettext("Tästä verkosta on aloitettu monta koria. Odota tunti ja yritä uudelleen."),
    }


_CODES: Final = {"ylos": "siirretty", "alas": "siirretty", "poista": "poistettu", "tyhjenna": "tyhjennetty"}


def _changed(name: str, key: str, content: Content) -> Content:
    changes: Mapping[str, Callable[[], Content]] = {
        "ylos": lambda: moved(content, key, -1),
        "alas": lambda: moved(content, key, +1),
        "poista": lambda: removed(content, key),
        "tyhjenna": lambda: EMPTY,
    }
    return changes[name]() if name in changes else content


def _typed(data: QueryDict) -> Typed:
    typed = Typed()
    for name in data:
        if name == NOTE_OF_ALL or name.startswith(NOTE_FIELD):
            typed.values[name] = without_hidden_signs(data.get(name, "")).text.strip()
            over = len(typed.values[name]) - NOTE_LENGTH
            if over > 0:
                sentence = gettext("Muistiinpano on %(over)s merkkiä liian pitkä. Lyhennä sitä.")
                typed.errors[name] = sentence % {"over": over}
    return typed


def _with_notes(content: Content, typed: Typed) -> Content:
    notes = {name.removeprefix(NOTE_FIELD): text for name, text in typed.values.items()}
    return noted(content, notes, typed.values.get(NOTE_OF_ALL, content.note))


def _share(holder: Holder, basket: Basket, days: str) -> str:
    chosen = int(days) if days in {str(one) for one in LINK_DAYS} else LINK_DAYS[-1]
    try:
        services.share(holder.actor, basket, days=chosen)
    except services.TooManyLinks:
        return "linkkeja"
    return "linkki"


def _end(holder: Holder, basket: Basket, public_id: str) -> str:
    link = queries.share_of(basket, public_id)
    if link is not None:
        services.end_share(holder.actor, link)
    return "lopetettu"
