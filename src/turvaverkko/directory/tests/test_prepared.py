"""A prepared query finds what the same query of the ORM finds, on every database."""

import pytest

from turvaverkko.core.prepared import Prepared, ids, one_word, words
from turvaverkko.directory.models import HoursRow, Service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_county")]


def test_rows_are_those_of_the_orm_with_types_and_all() -> None:
    fields = ("channel_id", "kind", "weekday", "opens", "closes", "date", "closed")
    prepared = Prepared(
        lambda: HoursRow.objects.filter(channel__in=ids("channels")).order_by("pk"), fields, "channels"
    )
    wanted = list(HoursRow.objects.exclude(channel=None).values_list("channel", flat=True))

    found = prepared.rows(channels=wanted)
    assert found == list(HoursRow.objects.filter(channel__in=wanted).order_by("pk").values(*fields))
    assert prepared.rows(channels=wanted[:1]) == [row for row in found if row["channel_id"] == wanted[0]]


def test_of_an_empty_list_nothing_is_found() -> None:
    prepared = Prepared(lambda: Service.objects.filter(slug__in=words("slugs")), ("slug", "ways"), "slugs")

    assert prepared.rows(slugs=[]) == []
    assert prepared.rows(slugs=["perheohjaus-kotiin"])[0]["slug"] == "perheohjaus-kotiin"


def test_what_is_asked_for_is_never_read_as_sql() -> None:
    prepared = Prepared(lambda: Service.objects.filter(slug=one_word("slug")), ("slug",), "slug")

    assert prepared.rows(slug=["' OR '1' = '1"]) == []
    assert prepared.rows(slug=["%s"]) == []


def test_a_marker_that_the_query_lacks_is_told() -> None:
    prepared = Prepared(lambda: Service.objects.filter(pk__in=ids("keys")), ("slug",), "keys", "slugs")

    with pytest.raises(ValueError, match="slugs"):
        prepared.rows(keys=[1], slugs=["a"])
