"""The fixture of the walk: two families, two units, a foreign organisation; made by the real commands."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import time_machine
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from tests.walk.canaries import Cage, phone
from tests.walk.cast import OTHERS, STAFF, Part
from turvaverkko.access.api import (
    Confidentiality,
    FamilyActor,
    StaffActor,
    Verb,
    break_glass,
    end_access,
    give_access,
    grant,
    keep_closer,
    staff_actor,
)
from turvaverkko.access.models import Grant
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS, SystemActor
from turvaverkko.core.ids import new_public_id
from turvaverkko.core.models import Job
from turvaverkko.directory.baskets import api as baskets
from turvaverkko.directory.tests import pages_world
from turvaverkko.guidance import api as guidance
from turvaverkko.guidance.models import Draft
from turvaverkko.guidance.rules import DEVICE_COOKIE
from turvaverkko.notices.api import Notice
from turvaverkko.organisation.api import Area, County, Organisation, Staff, Unit
from turvaverkko.organisation.models import KeptRequest, RoleAssignment
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.work.api import Route, WorkItem
from turvaverkko.work.jobs import write_down_misses

NOW: Final = pages_world.MONDAY_MORNING
SYSTEM: Final = SystemActor("walk")
# Unit: seconds. An answer this old can still be taken back, and the family does not see it yet.
JUST: Final = timedelta(seconds=2)


@dataclass(frozen=True)
class Walker:
    """Somebody with a browser. `actor`: as the access log knows them."""

    part: Part
    actor: str = "anonymous"
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.part.name

    def browser(self) -> Client:
        """A fresh browser with the walker's cookies."""
        client = Client(raise_request_exception=False)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client


@dataclass
class World:
    """Everything the walk needs to know."""

    cage: Cage = field(default_factory=Cage)
    requests: dict[str, guidance.ContactRequest] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    people: dict[str, Staff] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    walkers: list[Walker] = field(default_factory=list)
    kept: str = ""
    dead_notice: str = ""
    dead_job: str = ""
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def actor(self, name: str) -> StaffActor:
        return staff_actor(self.people[name])

    def tag_of(self, matter: str) -> str:
        return next(tag for tag, one in self.requests.items() if one.matter.public_id == matter)


@contextmanager
def before(**ago: float) -> Iterator[None]:
    """Do something earlier."""
    with time_machine.travel(NOW - timedelta(**ago), tick=False):
        yield


def build() -> World:
    """Make the world and stand at `NOW`."""
    world = World()
    with before(days=14):
        pages_world.build()
        pages_world.index()
        _organisations(world)
        _people(world)
        _asked(world)
    with before(days=13):
        _handled(world)
    with before(days=7):
        _access(world)
    with time_machine.travel(NOW, tick=False):
        write_down_misses.call()
        _just_now(world)
        _stopped(world)
        _walkers(world)
        _left(world)
        world.rows = rows_by_tag(world)
    return world


def rows_by_tag(world: World) -> dict[str, list[Any]]:
    """Return every row behind the gate by the request it belongs to, to see whether anything changed."""
    tags = {one.matter_id: tag for tag, one in world.requests.items()}
    found: dict[str, list[Any]] = {tag: [] for tag in tags.values()}
    for model, matter in _guarded():
        names = [f.attname for f in model._meta.concrete_fields]
        for key, *values in model._base_manager.order_by("pk").values_list(matter, *names):
            if key in tags:
                found[tags[key]].append((model._meta.label, dict(zip(names, values, strict=True))))
    return found


def _guarded() -> list[tuple[type[models.Model], str]]:
    gated = [(model, model.GATE.matter) for model in apps.get_models() if hasattr(model, "GATE")]
    return [*gated, (Grant, "matter_id"), (Draft, "sent__matter_id")]


def _organisations(world: World) -> None:
    county, area = County.objects.get(code="19"), Area.objects.get(slug="lakeus")
    home = Organisation.objects.get(slug="pohde")
    away = Organisation.objects.create(slug="vieras", kind="municipality", county=county, name_fi="Vieras")
    for slug, organisation in (("yksi", home), ("kaksi", home), ("vieras", away)):
        unit = Unit.objects.create(slug=slug, name_fi=f"Yksikkö {slug}", organisation=organisation, area=area)
        world.units[slug] = unit
    Route.objects.create(kind="guidance.request", county=county, unit=world.units["yksi"])
    Route.objects.create(kind="guidance.request", area=area, unit=world.units["kaksi"])


def _people(world: World) -> None:
    scopes = {"area": Area.objects.get(slug="lakeus"), "organisation": Organisation.objects.get(slug="pohde")}
    for part in STAFF:
        email = world.cage.email(f"staff-{part.name}")
        person = Staff.objects.create_user(email, display_name=f"Työ {part.name.title()}")
        unit = world.units.get(part.scope)
        where = {"unit": unit} if unit else {part.scope: scopes[part.scope]}
        RoleAssignment.objects.create(staff=person, role=part.role, **where)
        world.people[part.name] = person
        # Everybody has something that could be sent; nothing of it is told to anybody.
        item = baskets.Item(baskets.Kind.PLACE, "tupa")
        baskets.change(baskets.basket_for(person.pk), lambda _content, item=item: baskets.Content((item,)))


def _asked(world: World) -> None:
    """Requests of two families and a foreign one: anonymous and identified, by telephone, mail and code."""
    units = {"a": "yksi", "b": "kaksi", "c": "vieras"}
    ways = {"a-new": guidance.Way.CODE, "b-new": guidance.Way.MAIL}
    tags = (
        "a-new",
        "a-taken",
        "a-waiting",
        "a-closed",
        "a-restricted",
        "a-hidden",
        "b-new",
        "b-taken",
        "c-taken",
    )
    for number, tag in enumerate(tags, start=1):
        Route.objects.filter(county__isnull=False).update(unit=world.units[units[tag[0]]])
        draft, _key = guidance.begin_draft()
        asking = guidance.Asking(
            asker=guidance.Asker.PARENT,
            words=world.cage.text(tag, "words"),
            urgency=guidance.Urgency.CAN_WAIT,
            contact=_contact(world, tag, ways.get(tag, guidance.Way.CALL), number),
            language="fi",
        )
        world.codes[tag] = draft.code
        _know(world, tag, guidance.ask.once(draft.public_id, ANONYMOUS, draft, asking), draft.code)
    Route.objects.filter(county__isnull=False).update(unit=world.units["yksi"])


def _contact(world: World, tag: str, way: guidance.Way, number: int) -> guidance.Contact:
    if way is guidance.Way.CODE:
        return guidance.Contact(way=way)
    name = world.cage.text(tag, "name")
    if way is guidance.Way.MAIL:
        return guidance.Contact(way=way, name=name, email=world.cage.email(tag))
    told = world.cage.put(phone(number), tag, "phone")
    return guidance.Contact(way=way, name=name, phone=told, call_hours=("11-13",))


def _know(world: World, tag: str, request: guidance.ContactRequest, code: str) -> None:
    world.requests[tag] = request
    for name, string in (
        ("request", request.public_id),
        ("item", request.item.public_id),
        ("matter", request.matter.public_id),
        ("code", code),
        ("code", code.replace("-", "")),
    ):
        world.cage.put(string, tag, name)


def _handled(world: World) -> None:
    """What guides did: took, called, wrote, noted, waited, closed; and what the families wrote back."""
    for tag, guide in (("a-taken", "guide-1"), ("a-waiting", "guide-1"), ("a-closed", "guide-1"),
                       ("b-taken", "guide-2"), ("c-taken", "foreign-guide")):  # fmt: skip
        actor, request = world.actor(guide), world.requests[tag]
        guidance.take(actor, request)
        guidance.record_contact(actor, request, means=guidance.ContactAttempt.Means.CALL, reached=False)
        guidance.check_urgency(actor, request, found=guidance.Danger.NONE)
        guidance.add_note(actor, request, text=world.cage.text(tag, "note"))
        guidance.answer(actor, request, text=world.cage.text(tag, "staff"), basket=_basket(world, tag))
    family = _family(world, "a-taken")
    told = guidance.Contact(
        way=guidance.Way.CALL,
        name=world.cage.text("a-taken", "name"),
        phone=world.cage.put(phone(2), "a-taken", "phone"),
    )
    guidance.identify(family, world.requests["a-taken"], told)
    guidance.wait_for_family(world.actor("guide-1"), world.requests["a-waiting"])
    outcome = guidance.Outcome.GOT_HELP
    closing = {"resolution": guidance.Resolution.ADVISED, "outcome": outcome}
    guidance.resolve(world.actor("guide-1"), world.requests["a-closed"], **closing)
    for tag in ("a-taken", "b-taken", "c-taken"):
        text = world.cage.text(tag, "family")
        guidance.write.once(new_public_id(), _family(world, tag), world.requests[tag], text=text)


def _basket(world: World, tag: str) -> str:
    """What a guide collected for a family, with a note to it."""
    item = baskets.Item(baskets.Kind.SERVICE, "perheohjaus-kotiin", world.cage.text(tag, "basket"))
    return baskets.written(baskets.Content((item,)))


def _family(world: World, tag: str) -> FamilyActor:
    return FamilyActor(world.requests[tag].matter.public_id)


def _access(world: World) -> None:
    """Levels and grants, given and ended."""
    matters = {tag: request.matter for tag, request in world.requests.items()}
    keep_closer(SYSTEM, matters["a-restricted"], Confidentiality.RESTRICTED)
    keep_closer(SYSTEM, matters["a-hidden"], Confidentiality.HIDDEN)
    own, seeing = Grant.Basis.OWN_WORKER, {"verb": Verb.SEE, "basis": Grant.Basis.ASSIGNED}
    grant(SYSTEM, matters["a-hidden"], to=world.people["worker-1"], verb=Verb.CONTRIBUTE, basis=own)
    grant(SYSTEM, matters["a-taken"], to=world.people["former"], verb=Verb.DECIDE, basis=own)
    give_access(world.actor("lead-2"), matters["b-taken"], to=world.people["granted-specialist"], **seeing)
    give_access(world.actor("lead-1"), matters["a-new"], to=world.people["ended-specialist"], **seeing)
    end_access(world.actor("lead-1"), matters["a-new"], holder=world.people["ended-specialist"])
    consent = seeing | {"basis": Grant.Basis.CONSENT}
    give_access(world.actor("lead-2"), matters["b-new"], to=world.people["granted-partner"], **consent)


def _just_now(world: World) -> None:
    """An answer that can still be taken back, and an emergency opening."""
    with before(seconds=JUST.total_seconds()):
        for tag, guide in (("a-taken", "guide-1"), ("b-taken", "guide-2")):
            request = guidance.ContactRequest._base_manager.get(pk=world.requests[tag].pk)
            guidance.answer(world.actor(guide), request, text=world.cage.text(tag, "held"))
    reason = world.cage.text("a-waiting", "glass")
    break_glass(world.actor("worker-2"), world.requests["a-waiting"].matter, reason=reason)


def _stopped(world: World) -> None:
    """A letter to a family that the server refused, and a job whose error tells more than it may."""
    letter = Notice.objects.get(matter=world.requests["b-new"].matter.public_id, template="received")
    assert letter.address == world.cage.email("b-new")
    Notice.objects.filter(pk=letter.pk).update(state="dead", because="smtp-550", ended_at=NOW)
    error = f"builtins.ValueError: {letter.address} {world.cage.text('b-new', 'name')}"
    job = Job.objects.create(name="turvaverkko.x", state="dead", last_error=error, finished_at=NOW)
    world.dead_notice, world.dead_job = letter.public_id, job.pk


def _walkers(world: World) -> None:
    for part in STAFF:
        client = Client()
        sign_in(client, world.people[part.name])
        actor = world.people[part.name].public_id
        world.walkers.append(Walker(part, actor, _cookies(client)))
    browsers = {
        "locked": _locked(world),
        "family-a": _opened(world, "a-taken"),
        "family-b": _opened(world, "b-taken"),
        "sender": _typed(world, "a-web", is_sent=True),
        "drafter": _typed(world, "draft", is_sent=False),
        "visitor": Client(),
    }
    for part in OTHERS:
        walker = Walker(part, cookies=_cookies(browsers[part.name]))
        if part.name.startswith("family"):
            (tag,) = part.sees
            walker = replace(walker, actor=_family(world, tag).public_id)
        world.walkers.append(walker)


def _cookies(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _opened(world: World, tag: str) -> Client:
    client = Client()
    assert client.post("/pyyda-apua/tila/", {"code": world.codes[tag]}).status_code == 302
    return client


def _typed(world: World, tag: str, *, is_sent: bool) -> Client:
    """A family types its request into the real form."""
    client = Client()
    number = world.cage.put(phone(90 + is_sent), tag, "phone")
    steps = (
        ("/pyyda-apua/", {"asker": "parent"}),
        ("/pyyda-apua/tilanne/", {"words": world.cage.text(tag, "words"), "urgency": "can-wait"}),
        ("/pyyda-apua/yhteys/", {"way": "call", "phone": number, "name": world.cage.text(tag, "name")}),
    )
    for path, data in steps:
        assert client.post(path, data).status_code == 302, path
    if is_sent:
        assert client.post("/pyyda-apua/tarkista/").status_code == 302
        draft = Draft.objects.filter(sent__isnull=False).latest("sent_at")
        request = guidance.ContactRequest._base_manager.get(pk=draft.sent_id)
        assert request.words == world.cage.text(tag, "words")
        _know(world, tag, request, draft.code)
    assert DEVICE_COOKIE in client.cookies
    return client


def _locked(world: World) -> Client:
    """A guide left the desk while typing a note: what was typed is kept for them alone."""
    client = Client()
    sign_in(client, world.people["guide-1"])
    assert client.post("/kirjaudu/lukitse/").status_code == 303
    path = f"/tyo/pyynnot/{world.requests['a-taken'].public_id}/muistiinpano/"
    assert client.post(path, {"muistiinpano": world.cage.text("kept", "note")}).status_code == 303
    world.kept = KeptRequest.objects.latest("kept_at").key
    assert settings.STAFF_COOKIE in client.cookies
    return client


def _left(world: World) -> None:
    """Whose role ended, whose account was closed, while their session is open."""
    world.people["former"].roles.update(valid_to=time_source.today() - timedelta(days=1))
    gone = world.people["inactive"]
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    assert WorkItem._base_manager.filter(closed_at__isnull=False).count() == 1
