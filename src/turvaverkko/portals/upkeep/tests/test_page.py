"""The page of what has stopped, as the administrator sees it and as nobody else does."""

import importlib
import pkgutil
import re
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import turvaverkko
from turvaverkko.access.api import Role
from turvaverkko.access.testing import staff
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.jobs import leases, pulse
from turvaverkko.core.jobs import rules as job_rules
from turvaverkko.core.jobs.backend import JobTask
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.core.states import IllegalMove
from turvaverkko.notices import api as notices
from turvaverkko.notices.api import TEMPLATES, Notice
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.portals.upkeep import queries, rules, services, words
from turvaverkko.portals.upkeep.queries import Kind
from turvaverkko.portals.upkeep.rules import Source
from turvaverkko.portals.upkeep.tests import tasks
from turvaverkko.portals.upkeep.tests.conftest import (
    AINO,
    MATTER,
    NOON,
    PATH,
    Cast,
    client_of,
    dead_job,
    dead_notice,
)
from turvaverkko.trail.api import LogEntry

pytestmark = pytest.mark.django_db
OTHER_ROLES = [
    role for role in Role if role not in {Role.FAMILY_MEMBER, Role.ANONYMOUS, Role.TECHNICAL_ADMINISTRATOR}
]
# Unit: queries of the page, whatever has stopped: session, roles, right, kinds, pulse, list.
QUERIES = 13
KNOCK = "turvaverkko.portals.upkeep.tests.tasks.knock"


def page_of(client: Client, path: str = PATH, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def text_of(page: str) -> str:
    """What is read: without markup, and with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("\u00a0", " ")


def press(cast: Cast, act: str, status: int = 303, **fields: str) -> str:
    """Press a button; return what the page says then."""
    response = cast.client.post(f"{PATH}{act}/", fields)
    assert response.status_code == status, response.status_code
    return text_of(page_of(cast.client, response["Location"]) if status == 303 else response.content.decode())


def sent(row: Job | Notice) -> dict[str, str]:
    """The hidden fields of the forms of one row."""
    if isinstance(row, Job):
        return {"laatu": "tyo", "tunnus": row.pk}
    return {"laatu": "ilmoitus", "tunnus": row.public_id}


def kinds() -> list[str]:
    told = LogEntry.objects.exclude(kind__startswith="organisation.").order_by("id")
    return list(told.values_list("kind", flat=True))


# What is shown


def test_what_has_stopped_in_words(cast: Cast, clock: time_machine.Traveller) -> None:
    dead_job()
    dead_notice()
    text = text_of(page_of(cast.client))
    assert "Jotain on pysähtynyt" in text
    assert "Työ: tehtävä, jota tämä versio ei tunne" in text
    assert "Broken" in text
    assert "Yrityksiä 1." in text
    assert "Ilmoitus: Sinulle on uutta luettavaa." in text
    assert "vastaanottajan palvelin kieltäytyi" in text
    assert "Kanava: sähköposti" in text
    assert "Yrityksiä 3." in text
    assert "viimeisin maanantaina 23.11. klo 11" in text
    assert text.index("Broken") < text.index("palvelin kieltäytyi"), "the latest first"


def test_a_known_job_has_its_words(cast: Cast) -> None:
    job = dead_job()
    Job.objects.filter(pk=job.pk).update(
        name="turvaverkko.trail.jobs.seal_access_log", last_error="turvaverkko.core.jobs.LeaseExpired"
    )
    text = text_of(page_of(cast.client))
    assert "Työ: käyttölokin sinetöinti" in text
    assert "tekijä katosi kesken työn (LeaseExpired)" in text
    assert "trail.jobs.seal_access_log" in text


def test_when_a_job_failed_for_the_first_time(cast: Cast, clock: time_machine.Traveller) -> None:
    tasks.other.enqueue()
    drain(expect_failures=True)
    for _hour in range(40):
        clock.shift(3600)
        drain(expect_failures=True)
    (one,) = queries.stopped(None, 1)
    assert one.began.isoformat() == "2026-11-23T10:00:00+00:00"
    assert one.ended - one.began >= job_rules.PATIENCE
    assert one.attempts > 30


def test_nothing_personal_is_on_the_page_or_read_for_it(cast: Cast) -> None:
    """The row of the letter and the message of the error carry what must not be shown."""
    dead_notice("guidance.answer:kanaria")
    Job.objects.filter(pk=dead_job().pk).update(last_error=f"builtins.ValueError: {AINO} Aino Kettunen")
    with CaptureQueriesContext(connection) as captured:
        page = page_of(cast.client)
    for canary in ("aino", "Aino", "Kettunen", "perhe.example", MATTER, "guidance.answer", "kanaria"):
        assert canary not in page, canary
    of_notices = [one["sql"] for one in captured.captured_queries if "notices_notice" in one["sql"]]
    assert of_notices
    for column in ("address", "matter", "facts", "purpose"):
        assert not [sql for sql in of_notices if f'"{column}"' in sql], column
    assert "virheen laji ei ole tiedossa" in text_of(page)


def test_the_empty_page(cast: Cast) -> None:
    text = text_of(page_of(cast.client))
    assert "Taustatyöt eivät kulje" in text, "no worker has ever been seen"
    assert "ei kertaakaan" in text
    assert "Mitään ei ole pysähtynyt." in text
    assert "Lajeittain" not in text


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_page_in_other_languages(cast: Cast, language: str) -> None:
    dead_job()
    dead_notice()
    assert f'lang="{language}"' in page_of(cast.client, f"/{language}{PATH}")


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    dead_job()
    dead_notice()
    with CaptureQueriesContext(connection) as few:
        page_of(cast.client)
    for number in range(25):
        dead_job(f"job-{number}")
        dead_notice(f"key-{number}", template="received" if number % 2 else "to-read")
    Notice.objects.filter(template="received").update(
        ended_at=NOON + timedelta(minutes=1)
    )  # so both are shown
    with CaptureQueriesContext(connection) as many:
        page = page_of(cast.client)
    assert page.count("<h3>") == rules.PAGE
    assert len(many) == len(few) <= QUERIES, [one["sql"] for one in many.captured_queries]


# Kinds, pages


def test_one_kind_alone_and_the_way_back(cast: Cast) -> None:
    dead_job()
    dead_notice()
    dead_notice("k2", template="received")
    page = page_of(cast.client, f"{PATH}?laji=ilmoitus:received")
    assert page.count("<h3>") == 1
    assert "Poista rajaus" in page
    assert page_of(cast.client, f"{PATH}?laji=tyo:{KNOCK}").count("<h3>") == 1
    assert page_of(cast.client, f"{PATH}?laji=tyo:muu").count("<h3>") == 3, "an unknown kind narrows nothing"


def test_pages(cast: Cast, clock: time_machine.Traveller) -> None:
    for number in range(rules.PAGE + 2):
        clock.shift(60)
        dead_job(f"job-{number}")
    sign_in(cast.client, cast.urho)  # the session locked meanwhile
    first, second = page_of(cast.client), page_of(cast.client, f"{PATH}?sivu=2")
    assert (first.count("<h3>"), second.count("<h3>")) == (rules.PAGE, 2)
    latest = Job.objects.order_by("-finished_at").values_list("pk", flat=True)
    assert latest[0] in first
    assert latest[rules.PAGE + 1] in second
    assert page_of(cast.client, f"{PATH}?sivu=999").count("<h3>") == 2, "the last page"


# The traffic light


def test_the_pulse_tells_of_the_queue_and_the_worker(cast: Cast, clock: time_machine.Traveller) -> None:
    assert (pulse().due, pulse().oldest_due, pulse().seen_at) == (0, None, None)
    tasks.WORLD["broken"] = False
    tasks.knock.enqueue("a")
    drain()
    ended = pulse().seen_at
    assert "Kaikki kulkee" in text_of(page_of(cast.client))
    clock.shift(rules.WORKER_SILENT + timedelta(seconds=1))
    assert pulse().seen_at == ended
    tasks.knock.enqueue("b")
    clock.shift(60)
    assert pulse().due == 1
    assert "Taustatyöt eivät kulje" in text_of(page_of(cast.client))
    leases.claim("w1")
    assert (pulse().due, pulse().oldest_due) == (0, None)
    assert "Kaikki kulkee" in text_of(page_of(cast.client)), "one works on a job just now"
    clock.shift(rules.WORKER_SILENT + timedelta(seconds=1))
    assert "Taustatyöt eivät kulje" in text_of(page_of(cast.client)), "and has not been heard of since"


def test_a_queue_that_stands(cast: Cast, clock: time_machine.Traveller) -> None:
    tasks.WORLD["broken"] = False
    tasks.knock.using(priority=-5).enqueue("waits")
    clock.shift(rules.QUEUE_LATE + timedelta(seconds=1))
    tasks.knock.enqueue("b")
    leases.claim("w1")
    sign_in(cast.client, cast.urho)
    text = text_of(page_of(cast.client))
    assert "Töiden jono seisoo" in text
    assert "yli 15 minuuttia" in text
    assert "1 · vanhin maanantaina 23.11. klo 12" in text
    assert "&lt;" not in text


# Once more


def test_a_job_runs_again_and_succeeds_when_its_cause_is_gone(cast: Cast) -> None:
    job = dead_job()
    assert "Pantiin uudelleen jonoon." in press(cast, "uudelleen", **sent(job))
    drain(expect_failures=True)
    assert Job.objects.get(pk=job.pk).state == "dead", "the cause is still there"
    tasks.WORLD["broken"] = False
    press(cast, "uudelleen", **sent(job))
    assert [outcome.what for outcome in drain()] == ["done"]
    assert tasks.DONE == ["a"]
    assert "Tämä oli jo hoidettu." in press(cast, "uudelleen", **sent(job))
    assert drain() == []
    assert kinds() == ["upkeep.run_again", "upkeep.run_again"]
    entry = LogEntry.objects.filter(kind="upkeep.run_again").first()
    assert (entry.subject_kind, entry.subject_id, entry.actor) == ("core.job", job.pk, cast.urho.public_id)


def test_the_same_button_pressed_twice_runs_a_job_once(cast: Cast) -> None:
    job = dead_job()
    tasks.WORLD["broken"] = False
    press(cast, "uudelleen", **sent(job))
    assert "Tämä oli jo hoidettu." in press(cast, "uudelleen", **sent(job))
    drain()
    assert tasks.DONE == ["a"]


def test_a_letter_is_sent_again(cast: Cast) -> None:
    notice = dead_notice()
    press(cast, "uudelleen", **sent(notice))
    assert "Tämä oli jo hoidettu." in press(cast, "uudelleen", **sent(notice))
    drain()
    (letter,) = mail.outbox
    assert letter.to == [AINO]
    notice.refresh_from_db()
    assert notice.state == "sent"


def test_all_of_a_kind_again(cast: Cast) -> None:
    jobs = [dead_job(name) for name in "abc"]
    dead_notice("k1")
    dead_notice("k2")
    dead_notice("k3", template="received")
    tasks.WORLD["broken"] = False
    assert "Pantu uudelleen jonoon: 3." in press(cast, "kaikki-uudelleen", mika=f"tyo:{KNOCK}")
    assert "Pantu uudelleen jonoon: 2." in press(cast, "kaikki-uudelleen", mika="ilmoitus:to-read")
    assert "Tämä oli jo hoidettu." in press(cast, "kaikki-uudelleen", mika=f"tyo:{KNOCK}")
    assert "Tämä oli jo hoidettu." in press(cast, "kaikki-uudelleen", mika="tyo:muu")
    drain()
    assert sorted(tasks.DONE) == ["a", "b", "c"]
    assert len(mail.outbox) == 2
    assert [str(one.kind) for one in queries.kinds()] == ["ilmoitus:received"]
    assert [kind for kind in kinds() if kind.endswith(("again", "retry_kind"))] == [
        "upkeep.run_kind_again",
        "notices.retry_kind",
    ]
    entry = LogEntry.objects.get(kind="upkeep.run_kind_again")
    assert entry.payload == {"task": "portals.upkeep.tests.tasks.knock", "number": len(jobs)}


def test_one_press_sends_no_more_letters_again_than_it_may(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turvaverkko.notices.rules.RETRIED_AT_ONCE", 2)
    for key in ("k1", "k2", "k3"):
        dead_notice(key)
    assert "Pantu uudelleen jonoon: 2." in press(cast, "kaikki-uudelleen", mika="ilmoitus:to-read")
    assert "Pantu uudelleen jonoon: 1." in press(cast, "kaikki-uudelleen", mika="ilmoitus:to-read")


# Put aside


def test_put_aside_with_a_reason_that_the_log_keeps(cast: Cast) -> None:
    job, notice = dead_job(), dead_notice()
    assert "Siirrettiin sivuun." in press(cast, "sivuun", **sent(job), syy="outdated")
    assert "Siirrettiin sivuun." in press(cast, "sivuun", **sent(notice), syy="cannot-succeed")
    assert "Tämä oli jo hoidettu." in press(cast, "sivuun", **sent(job), syy="outdated")
    assert "Tämä oli jo hoidettu." in press(cast, "sivuun", **sent(notice), syy="outdated")
    assert not Job.objects.filter(pk=job.pk).exists()
    notice.refresh_from_db()
    assert (notice.state, notice.address) == ("stopped", "")
    told = {entry.kind: entry for entry in LogEntry.objects.all()}
    assert told["upkeep.put_aside"].reason == "outdated"
    assert told["upkeep.put_aside"].subject_id == job.pk
    assert told["upkeep.put_aside"].payload == {"task": "portals.upkeep.tests.tasks.knock"}
    assert told["notices.drop"].reason == "cannot-succeed"
    assert kinds().count("upkeep.put_aside") == 1
    assert not queries.kinds()


@pytest.mark.parametrize("reason", ["", "Aino ei halua", "muu"])
def test_nothing_is_put_aside_without_a_reason(cast: Cast, reason: str) -> None:
    job = dead_job()
    text = press(cast, "sivuun", status=400, **sent(job), syy=reason)
    assert "Valitse syy" in text
    assert "Aino" not in text
    assert Job.objects.get(pk=job.pk).state == "dead"
    assert kinds() == []
    with pytest.raises(ValueError, match="reason"):
        services.put_aside(cast.urho, job, reason=reason)


# Who may


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_other_roles_find_no_page_and_may_do_nothing(cast: Cast, role: Role) -> None:
    other = staff("other@example.invalid", **{role.value.replace("-", "_"): cast.unit})
    client, job, notice = client_of(other), dead_job(), dead_notice()
    page_of(client, status=404)
    for act, more in (
        ("uudelleen", sent(job)),
        ("uudelleen", sent(notice)),
        ("kaikki-uudelleen", {"mika": f"tyo:{KNOCK}"}),
        ("kaikki-uudelleen", {"mika": "ilmoitus:to-read"}),
        ("sivuun", {**sent(job), "syy": "outdated"}),
        ("sivuun", {**sent(notice), "syy": "outdated"}),
    ):
        assert client.post(f"{PATH}{act}/", more).status_code == 404
    for do in (
        lambda: services.run_again(other, job),
        lambda: services.run_kind_again(other, KNOCK),
        lambda: services.put_aside(other, job, reason="outdated"),
        lambda: notices.retry_kind(other, "to-read"),
    ):
        with pytest.raises(PermissionDenied):
            do()
    notice.refresh_from_db()
    assert (Job.objects.get(pk=job.pk).state, notice.state) == ("dead", "dead")
    assert kinds() == []
    assert PATH not in page_of(client, "/tyo/oma-tili/")


def test_a_visitor_is_led_to_sign_in_and_may_do_nothing(cast: Cast) -> None:
    job = dead_job()
    assert Client().get(PATH)["Location"].startswith("/kirjaudu/")
    assert Client().post(f"{PATH}uudelleen/", sent(job)).status_code == 303
    with pytest.raises(PermissionDenied):
        services.run_again(ANONYMOUS, job)
    assert Job.objects.get(pk=job.pk).state == "dead"


def test_an_administrator_whose_role_has_ended_finds_no_page(cast: Cast) -> None:
    staff("another@example.invalid", technical_administrator=cast.unit)
    cast.urho.roles.update(role="auditor")
    page_of(cast.client, status=404)


def test_the_page_is_found_from_the_own_account_and_not_kept(cast: Cast) -> None:
    assert f'href="{PATH}"' in page_of(cast.client, "/tyo/oma-tili/")
    response = cast.client.get(PATH)
    assert response["Cache-Control"] == "no-store"
    assert f'<a href="{PATH}" aria-current="page">' in response.content.decode()


def test_acts_are_sent_and_not_opened(cast: Cast) -> None:
    for act in ("uudelleen", "kaikki-uudelleen", "sivuun"):
        page_of(cast.client, f"{PATH}{act}/", status=405)
    assert cast.client.post(f"{PATH}uudelleen/", {"laatu": "muu", "tunnus": "x"}).status_code == 404


def test_a_job_that_goes_on_cannot_be_put_aside_or_run_again(cast: Cast) -> None:
    waiting = Job.objects.get(pk=tasks.knock.enqueue("a").id)
    for do in (
        lambda: services.run_again(cast.urho, waiting),
        lambda: services.put_aside(cast.urho, waiting, reason="outdated"),
    ):
        with pytest.raises(IllegalMove):
            do()
    assert Job.objects.get().state == "waiting"
    assert kinds() == []


# Words


def test_every_task_and_every_template_has_words() -> None:
    for found in pkgutil.walk_packages(turvaverkko.__path__, "turvaverkko."):
        if ".tests" not in found.name and ".migrations" not in found.name and "settings" not in found.name:
            importlib.import_module(found.name)
    modules = [
        one for name, one in sys.modules.items() if name.startswith("turvaverkko.") and ".tests" not in name
    ]
    names = {
        task.module_path.removeprefix("turvaverkko.")
        for module in modules
        for task in vars(module).values()
        if isinstance(task, JobTask) and ".tests" not in task.module_path
    }
    assert "trail.jobs.seal_access_log" in names
    assert not names - set(words.JOBS), "say in portals/upkeep/words.py what each job does"
    for name in names:
        assert rules.code_of(name) == name
    for template in TEMPLATES:
        assert "ei tunne" not in words.kind_words(Kind(Source.NOTICE, template))
    assert set(words.REASONS) == set(rules.REASONS)
