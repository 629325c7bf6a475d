"""The job that looks at addresses: what it lists, how often it asks, killed in between, run by two."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from pytest_django import Settings

from turvaverkko.core.outside import Outside
from turvaverkko.core.tests.web_server import Site
from turvaverkko.directory.models import Channel, Connection, Service
from turvaverkko.directory.staying.models import SelfHelpLink, WebAddress
from turvaverkko.directory.staying.services import checking
from turvaverkko.directory.staying.tests.conftest import series
from turvaverkko.directory.tests.pages_world import write_texts
from turvaverkko.organisation.api import County, Organisation

pytestmark = pytest.mark.django_db
WEB = Outside("test", may_ask=lambda address: address == "127.0.0.1")


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    settings.CHECK_ADDRESSES = True
    found = Site()
    yield found
    found.shutdown()
    found.server_close()


def channel(slug: str, url: str) -> None:
    made = Channel.objects.create(type="web", url=url)
    Connection.objects.create(service=Service.objects.get(slug=slug), channel=made)


def states() -> dict[str, str]:
    return {row.url.partition("/")[2].split("/", 2)[-1]: row.state for row in WebAddress.objects.all()}


def test_two_nights_make_a_page_dead_and_a_good_one_is_asked_once(
    liminka: Organisation, site: Site, clock: time_machine.Traveller
) -> None:
    for path in ("/200", "/404", "/403", "/to/200"):
        channel("perheohjaus-kotiin", site.url(path))
    assert checking.check_some(WEB) is False
    assert states() == {"200": "fine", "404": "failing", "403": "unknown", "to/200": "fine"}
    checking.check_some(WEB)
    assert site.asked["HEAD /404"] == 1  # not again on the same day
    clock.shift(timedelta(days=1))
    checking.check_some(WEB)
    assert states()["404"] == "dead"
    assert WebAddress.objects.get(url=site.url("/404")).status == 404
    assert site.asked["HEAD /403"] == 1
    clock.shift(timedelta(days=6))
    checking.check_some(WEB)
    assert site.asked["HEAD /403"] == 2


def test_every_place_where_an_address_stands_is_listed_and_what_is_gone_leaves(
    liminka: Organisation, site: Site
) -> None:
    channel("perheohjaus-kotiin", site.url("/200"))
    service = Service.objects.get(slug="unikoulu")
    write_texts({"service": service}, {"fi": {"description": f"Lue: {site.url('/201')}."}})
    series("kerho", liminka, date(2026, 12, 1), url=site.url("/202"), sign_up_url=site.url("/203"))
    hidden = series("piilossa", liminka, date(2026, 12, 1), url=site.url("/404"))
    hidden.state = "hidden"
    hidden.save()
    checking.enlist()
    assert set(states()) == {"200", "201", "202", "203"}
    Connection.objects.filter(channel__url=site.url("/200")).delete()
    checking.enlist()
    assert set(states()) == {"201", "202", "203"}


def test_one_server_is_not_asked_for_everything_at_once(liminka: Organisation, site: Site) -> None:
    for number in range(checking.MOST_OF_HOST + 2):
        channel("perheohjaus-kotiin", site.url(f"/200?n={number}"))
    assert checking.check_some(WEB) is True
    assert WebAddress.objects.exclude(checked_on=None).count() == checking.MOST_OF_HOST
    assert checking.check_some(WEB) is False
    assert not WebAddress.objects.filter(checked_on=None).exists()


def test_killed_in_between_it_goes_on_where_it_was(
    liminka: Organisation, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/200", "/204", "/404"):
        channel("perheohjaus-kotiin", site.url(path))
    wrote = []

    def killed_after_the_first(row: WebAddress, *rest: object) -> None:
        if wrote:
            raise KeyboardInterrupt
        wrote.append(row.url)
        write(row, *rest)  # type: ignore[arg-type]

    write = checking.write
    monkeypatch.setattr(checking, "write", killed_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        checking.check_some(WEB)
    monkeypatch.setattr(checking, "write", write)
    assert WebAddress.objects.exclude(checked_on=None).count() == 1
    before = site.asked.copy()
    checking.check_some(WEB)
    assert (site.asked - before)[f"HEAD {wrote[0].partition(str(site.server_port))[2]}"] == 0
    assert not WebAddress.objects.filter(checked_on=None).exists()


def test_addresses_inside_are_never_asked(liminka: Organisation, site: Site) -> None:
    channel("perheohjaus-kotiin", site.url("/200"))
    checking.check_some()  # as the product does
    assert not site.asked
    assert WebAddress.objects.get().outcome == "forbidden"


def test_switched_off_it_asks_nobody(liminka: Organisation, site: Site, settings: Settings) -> None:
    settings.CHECK_ADDRESSES = False
    channel("perheohjaus-kotiin", site.url("/200"))
    assert checking.check_some(WEB) is False
    assert not site.asked


def test_a_dead_link_of_self_help_is_shown_no_more_until_it_answers(
    liminka: Organisation, site: Site, clock: time_machine.Traveller
) -> None:
    row = SelfHelpLink.objects.create(
        slug="apu",
        county=County.objects.get(code="19"),
        name={"fi": "Apu"},
        text={"fi": "Apua."},
        url=site.url("/500"),
        checked_on=date(2026, 11, 20),
    )
    for _night in range(2):
        checking.check_some(WEB)
        clock.shift(timedelta(days=1))
    row.refresh_from_db()
    assert row.is_dead
    checking.write(WebAddress.objects.get(), checking.Outcome.FINE, 200, date(2026, 12, 1))
    row.refresh_from_db()
    assert not row.is_dead
