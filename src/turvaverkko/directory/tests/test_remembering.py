"""What is remembered is never outdated: the database itself says when content changed."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client

from turvaverkko.directory import content_triggers, queries
from turvaverkko.directory.models import Channel, ContentVersion, Service, Text
from turvaverkko.directory.remembering import remembered
from turvaverkko.organisation.models import County, RegionalSetting, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_county")]


@pytest.fixture
def names() -> Callable[[], list[str]]:
    """Something remembered: the names of all services."""

    @remembered
    def read() -> list[str]:
        return list(
            Text.objects.filter(kind="name", language="fi").order_by("pk").values_list("value", flat=True)
        )

    return read


def test_what_has_not_changed_is_not_read_again(names: Callable[[], list[str]]) -> None:
    assert names() is names()


@pytest.mark.parametrize("way", ["one by one", "in bulk", "taken away", "added"])
def test_a_change_shows_at_once(names: Callable[[], list[str]], way: str) -> None:
    before = names()
    text = Text.objects.filter(kind="name", language="fi").latest("pk")
    if way == "one by one":
        text.value = "Uusi nimi"
        text.save()
    elif way == "in bulk":
        Text.objects.filter(pk=text.pk).update(value="Uusi nimi")
    elif way == "taken away":
        text.delete()
    else:
        channel = Channel.objects.all()[0]
        Text.objects.bulk_create([Text(channel=channel, kind="name", language="fi", value="Uusi nimi")])

    assert names() != before


def test_what_was_rolled_back_is_forgotten(names: Callable[[], list[str]]) -> None:
    before = names()
    with transaction.atomic():
        Text.objects.filter(kind="name").update(value="Ei koskaan")
        assert set(names()) == {"Ei koskaan"}
        transaction.set_rollback(True)

    assert names() == before
    Text.objects.filter(kind="name").update(value="Nyt")
    assert set(names()) == {"Nyt"}


def test_every_watched_table_renews_the_version() -> None:
    for table in content_triggers.watched_tables():
        if connection.vendor == "sqlite":
            rows = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
            expected = 3
        else:
            rows = (
                "SELECT count(*) FROM pg_trigger WHERE tgname = 'content_changed' AND tgrelid = %s::regclass"
            )
            expected = 1
        with connection.cursor() as cursor:
            cursor.execute(rows, [table])
            assert cursor.fetchone() == (expected,), table


def test_a_setting_of_the_county_renews_the_version_and_a_sign_in_does_not() -> None:
    first = queries.content_version()
    RegionalSetting.objects.create(key="own.key", value={"fi": "Soita"}, county=County.objects.first())
    second = queries.content_version()
    Staff.objects.update(last_login=None)

    assert len({first, second, queries.content_version()}) == 2


def test_without_the_row_nothing_is_remembered(names: Callable[[], list[str]]) -> None:
    ContentVersion.objects.all().delete()

    assert names() is not names()
    assert names() == names()


def test_setting_up_twice_changes_nothing_but_the_version() -> None:
    before = queries.content_version()
    content_triggers.set_up()

    assert queries.content_version() != before
    assert ContentVersion.objects.count() == 1


def test_a_page_shows_a_change_at_once(client: Client) -> None:
    slug = Service.objects.filter(state="published", level="municipality").values_list("slug", flat=True)[0]
    assert client.get(f"/palvelut/{slug}/").status_code == 200
    Text.objects.filter(service__slug=slug, kind="name").update(value="Aivan toinen nimi")

    assert "Aivan toinen nimi" in client.get(f"/palvelut/{slug}/").content.decode()


def test_a_page_that_only_reads_asks_for_the_version_once(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        client.get("/")
