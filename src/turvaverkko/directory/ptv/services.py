"""Commands of the import: beginning a run, each step of it, approving, and settling what differs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor, id_of
from turvaverkko.core.commands import Subject, command, note, subject_of
from turvaverkko.core.ids import new_public_id
from turvaverkko.directory.ptv import policies, queries
from turvaverkko.directory.ptv.fetched import Batch, Fetched, read_again
from turvaverkko.directory.ptv.models import Run, SourceRecord
from turvaverkko.directory.ptv.rules import LEASE, OVERLAP, must_ask
from turvaverkko.directory.ptv.shapes import CHANNEL, DESCRIPTION, ORGANISATION, SERVICE, fingerprint
from turvaverkko.directory.ptv.states import ASKS, RUN, RUNNING
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import channels
from turvaverkko.directory.ptv.writing.bulk import insert
from turvaverkko.directory.ptv.writing.settling import put_away_services, rewrite
from turvaverkko.directory.ptv.writing.taking import Taking

SYSTEM: Final = SystemActor("ptv")
State = SourceRecord.State
# What a run of a kind does, in this order.
PHASES: Final = {
    Run.Kind.INCREMENTAL: ("ids", "services", "changed", "channels", "index"),
    Run.Kind.RECONCILE: ("ids", "services", "channels", "gone", "archive", "index"),
    Run.Kind.FULL: (
        "ids",
        "services",
        "channels",
        "organisations",
        "descriptions",
        "gone",
        "archive",
        "index",
    ),
}
# Phases before which everything we have of a kind is wanted anew, unless the run brings changes only.
_ALL_OF: Final = {"channels": CHANNEL, "organisations": ORGANISATION, "descriptions": DESCRIPTION}


class Busy(Exception):
    """A run is going on, or one waits for a person: there is one at a time."""


class LostRun(RuntimeError):
    """Another process has taken the run up, or it has ended: what this one did last is not written."""


class NothingToSettle(Exception):
    """Somebody was faster: the two do not differ any more."""


@command("ptv.begin", allow=policies.may_start, sentence=_("Palvelutietovarannon tuonti aloitettiin"))
def begin(actor: object, kind: str) -> Run:
    """Begin a run, or take up one whose process has been silent for too long.

    Raises:
        Busy: another is going on or waits.
    """
    now = time_source.now()
    going = Run.objects.select_for_update().filter(state__in=[RUNNING, ASKS]).first()
    if going is not None:
        if going.state == ASKS or going.lease_until > now:
            raise Busy
        return _taken_up(going)
    try:
        with transaction.atomic():
            return Run.objects.create(
                kind=kind,
                started_by=id_of(actor),
                started_at=now,
                since=_since(kind),
                phase=PHASES[Run.Kind(kind)][0],
                lease_until=now + LEASE,
            )
    except IntegrityError as fault:
        raise Busy from fault


@command("ptv.resume", allow=policies.may_start, sentence=_("Palvelutietovarannon tuontia jatkettiin"))
def resume(_actor: object, run: Run) -> Run:
    """Take up a run that failed, from where it was.

    Raises:
        IllegalMove: it did not fail.
        Busy: another is going on or waits.
    """
    run.state = RUN.after(run.state, "resume")
    run.reason, run.finished_at = "", None
    try:
        with transaction.atomic():
            return _taken_up(run)
    except IntegrityError as fault:
        raise Busy from fault


@command("ptv.mark_services", allow=policies.is_system, sentence=_("Palvelutietovarannon tunnukset luettiin"))
def mark_services(
    _actor: SystemActor, run: Run, token: str, ids: Sequence[str], checkpoint: Sequence[int]
) -> Run:
    """Note which services are there, and which of them have to be brought."""
    _hold(run, token)
    known = dict(
        SourceRecord.objects.filter(kind=SERVICE, external_id__in=ids).values_list("external_id", "state")
    )
    new = [one for one in dict.fromkeys(ids) if one not in known]
    insert(SourceRecord, ("kind", "external_id", "state"), [(SERVICE, one, State.WANTED) for one in new])
    there = SourceRecord.objects.filter(kind=SERVICE, external_id__in=ids)
    there.update(seen_in=run, last_seen_at=time_source.now())
    if run.kind == Run.Kind.RECONCILE:
        there = there.filter(state__in=[State.WANTED, State.ARCHIVED, State.REFUSED])
    there.update(wanted_by=run)
    run.checkpoint = list(checkpoint)
    return _kept(run, {"ids": len(ids), "new": len(new)})


@command("ptv.want", allow=policies.is_system, sentence=_("Palvelutietovarannon muutokset luettiin"))
def want(_actor: SystemActor, run: Run, token: str, kind: str, ids: Sequence[str]) -> Run:
    """Note which documents that we have are to be brought anew."""
    _hold(run, token)
    number = SourceRecord.objects.filter(kind=kind, external_id__in=ids).update(wanted_by=run)
    return _kept(run, {"changed": number})


@command("ptv.take", allow=policies.is_system, sentence=_("Palvelutietovarannosta tuotiin tietoja"))
def take(_actor: SystemActor, run: Run, token: str, world: World, batch: Batch) -> Run:
    """Write a batch of documents: all of it with its records and how far the run is, or nothing."""
    _hold(run, token)
    taking = Taking(run, world)
    taking.take(batch)
    note(subject=subject_of(run), documents=len(batch.items), told=len(taking.told))
    return _kept(run, taking.counters)


@command("ptv.next_phase", allow=policies.is_system, sentence=_("Palvelutietovarannon tuonti eteni"))
def next_phase(_actor: SystemActor, run: Run, token: str) -> Run:
    """Go on to the next phase, or come to the end."""
    _hold(run, token)
    phases = PHASES[Run.Kind(run.kind)]
    place = phases.index(run.phase) + 1
    if place == len(phases):
        run.state = RUN.after(run.state, "finish")
        run.finished_at = time_source.now()
        return _kept(run, {})
    run.phase = phases[place]
    if run.phase in _ALL_OF and run.kind != Run.Kind.INCREMENTAL:
        have = SourceRecord.objects.filter(kind=_ALL_OF[run.phase]).exclude(seen_in=run)
        have.exclude(state=State.ARCHIVED).update(wanted_by=run)
    return _kept(run, {})


@command("ptv.weigh", allow=policies.is_system, sentence=_("Palvelutietovarannosta poistuneet laskettiin"))
def weigh(_actor: SystemActor, run: Run, token: str) -> Run:
    """Count what would be put away. More than a twentieth of what stands waits for a person."""
    _hold(run, token)
    run.going, run.standing = queries.going_and_standing(run)
    if must_ask(run.going, run.standing) and not run.approved_by:
        run.state = RUN.after(run.state, "ask")
        return _kept(run, {})
    run.phase = "archive"
    return _kept(run, {})


@command(
    "ptv.approve", allow=policies.may_approve, sentence=_("Palvelutietovarannosta poistuneet hyväksyttiin")
)
def approve(actor: object, run: Run) -> Run:
    """Let a run that asked put away what is gone.

    Raises:
        IllegalMove: it does not ask.
    """
    run.state = RUN.after(run.state, "approve")
    run.approved_by = id_of(actor)
    run.phase = "archive"
    note(going=run.going, standing=run.standing)
    return _taken_up(run)


@command(
    "ptv.refuse", allow=policies.may_approve, sentence=_("Palvelutietovarannosta poistuneita ei hyväksytty")
)
def refuse(_actor: object, run: Run) -> Run:
    """End a run that asked: nothing is put away.

    Raises:
        IllegalMove: it does not ask.
    """
    run.state = RUN.after(run.state, "refuse")
    run.finished_at = time_source.now()
    note(going=run.going, standing=run.standing)
    run.save()
    return run


@command(
    "ptv.put_away", allow=policies.is_system, sentence=_("Palvelutietovarannosta poistuneet arkistoitiin")
)
def put_away(
    _actor: SystemActor, run: Run, token: str, kind: str, *, gone: Sequence[str], there: Sequence[str]
) -> Run:
    """Archive what is surely gone; what is there, or of which nothing is sure, stays as it is."""
    _hold(run, token)
    records = SourceRecord.objects.filter(kind=kind, external_id__in=gone)
    if kind == SERVICE:
        put_away_services([pk for pk in records.values_list("service_id", flat=True) if pk is not None])
    else:
        channels.put_away(gone)
    records.update(state=State.ARCHIVED, raw_hash="", wanted_by=None)
    stays = SourceRecord.objects.filter(kind=kind, external_id__in=there)
    stays.update(seen_in=run, last_seen_at=time_source.now())
    note(subject=subject_of(run), archived=len(gone), stayed=len(there))
    return _kept(run, {f"{kind}:archived": len(gone), f"{kind}:stayed": len(there)})


@command("ptv.fail", allow=policies.is_system, sentence=_("Palvelutietovarannon tuonti keskeytyi"))
def fail(_actor: SystemActor, run: Run, token: str, reason: str) -> Run:
    """End a run whose source does not answer; what was committed stands, and it can be taken up."""
    _hold(run, token)
    run.state = RUN.after(run.state, "fail")
    run.reason, run.finished_at = reason, time_source.now()
    return _kept(run, {})


@command(
    "ptv.adopt", allow=policies.may_settle, sentence=_("Palvelun tiedot otettiin Palvelutietovarannosta")
)
def adopt(_actor: object, record: SourceRecord) -> SourceRecord:
    """Write what the source says of a service over what an editor said.

    Raises:
        NothingToSettle: the two do not differ any more.
    """
    one = _drifted(record)
    pk, item = rewrite(one, World.read())
    record.state, record.reason, record.written_hash, record.service_id = (
        State.SHOWN,
        "",
        fingerprint(item),
        pk,
    )
    record.save()
    note(subject=Subject("ptv.sourcerecord", record.external_id))
    return record


@command("ptv.keep_ours", allow=policies.may_settle, sentence=_("Palvelun omat tiedot pidettiin"))
def keep_ours(_actor: object, record: SourceRecord) -> SourceRecord:
    """Let an editor's words stand until the source changes again.

    Raises:
        NothingToSettle: the two do not differ any more.
    """
    _drifted(record)
    record.state = State.OURS
    record.save(update_fields=["state"])
    note(subject=Subject("ptv.sourcerecord", record.external_id))
    return record


def _drifted(record: SourceRecord) -> Fetched:
    if record.state != State.DRIFTED or record.service_id is None:
        raise NothingToSettle
    return read_again(record)


def _hold(run: Run, token: str) -> None:
    """Keep the run for this process.

    Raises:
        LostRun: it is another's, or has ended.
    """
    if run.token != token or run.state != RUNNING:
        raise LostRun
    run.lease_until = time_source.now() + LEASE


def _taken_up(run: Run) -> Run:
    run.token = new_public_id()
    run.lease_until = time_source.now() + LEASE
    run.save()
    return run


def _kept(run: Run, counters: Mapping[str, int]) -> Run:
    run.counters = {
        key: run.counters.get(key, 0) + counters.get(key, 0) for key in {*run.counters, *counters}
    }
    run.save()
    return run


def _since(kind: str) -> datetime | None:
    """From when on changes are asked for; without an earlier run, everything is."""
    last = queries.last_done()
    return last.started_at - OVERLAP if kind == Run.Kind.INCREMENTAL and last is not None else None
