"""The same change of many: shown first, done to all or to none."""

import re

from turvaverkko.directory.editing.models import Review
from turvaverkko.directory.editing.services import listing
from turvaverkko.directory.editing.tests.conftest import HOME, Cast, content
from turvaverkko.directory.models import Happening
from turvaverkko.directory.tests.pages_world import words_of

MANY = f"{HOME}monta/"


def made(cast: Cast, *, published: bool = False) -> Happening:
    happening = listing.create(cast.as_partner, cast.association, content=content())
    if published:
        listing.publish(cast.as_editor, happening)
    return Happening.objects.get(pk=happening.pk)


def stamps(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(nahty-[^"]+)" value="([^"]+)"', page))


def test_a_season_goes_on_in_many_at_once(cast: Cast) -> None:
    draft, public, left = made(cast), made(cast, published=True), made(cast)
    foreign = listing.create(cast.as_editor, cast.other, content=content())
    ids = [one.public_id for one in (draft, public, foreign)]
    sent = {"mitka": ids, "paattyy": "2027-01-12", "klo": "9.30", "asti": "11"}
    shown = cast.partner.post(MANY, {**sent, "teko": "nayta"})
    page = shown.content.decode()
    assert "Nyt: tiistaisin klo 9.30–11, 24.11.2026–12.1.2027" in words_of(page)
    assert foreign.public_id not in page
    assert draft.times.get().last.isoformat() == "2026-12-15"  # type: ignore[union-attr]
    done = cast.partner.post(MANY, {**sent, **stamps(page), "teko": "tee"})
    assert done.status_code == 303
    assert draft.times.get().last.isoformat() == "2027-01-12"  # type: ignore[union-attr]
    # What is public is looked at first, the third was not chosen, the fourth is another's.
    assert Review.objects.get().happening == public
    assert {one.times.get().starts.hour for one in (public, left, foreign)} == {10}


def test_when_somebody_wrote_one_meanwhile_none_is_changed(cast: Cast) -> None:
    first, second = made(cast), made(cast)
    sent = {"mitka": [first.public_id, second.public_id], "puhelin": "000 555 100"}
    page = cast.partner.post(MANY, {**sent, "teko": "nayta"}).content.decode()
    listing.save(cast.as_editor, second, content=content(email="a@b.example"))
    late = cast.partner.post(MANY, {**sent, **stamps(page), "teko": "tee"})
    assert late.status_code == 409
    assert not Happening.objects.exclude(phone="").exists()


def test_nothing_chosen_or_nothing_typed_says_what_to_do(cast: Cast) -> None:
    one = made(cast)
    for sent, told in (
        ({"puhelin": "000 555 100"}, "Valitse ainakin yksi"),
        ({"mitka": one.public_id}, "Kirjoita, mikä muuttuu"),
        ({"mitka": one.public_id, "klo": "10"}, "sekä alkamis- että päättymisaika"),
        ({"mitka": one.public_id, "klo": "10", "asti": "9"}, "ennen alkamisaikaa"),
        ({"mitka": one.public_id, "paattyy": "jouluna", "puhelin": "000 555"}, "Kirjoita päivä"),
    ):
        answer = cast.partner.post(MANY, sent)
        assert answer.status_code == 400
        assert told in words_of(answer.content.decode())
