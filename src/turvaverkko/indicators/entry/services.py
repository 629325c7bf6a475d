"""Writes of entered figures. Each is a command: whole or not at all, with a log entry of ids and counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import actors, time_source
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.indicators.entry import policies, queries
from turvaverkko.indicators.entry.files import check_file, clean_name
from turvaverkko.indicators.entry.models import Proposal, ProposedFigure
from turvaverkko.indicators.entry.queries import BATCH, Change, Compared
from turvaverkko.indicators.entry.rules import Checked, Row, check
from turvaverkko.indicators.entry.states import PROPOSAL, TAKEN_BACK
from turvaverkko.indicators.entry.tables import rows_of
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, SourceFile
from turvaverkko.indicators.rules import SHOWN, NoteKind, Status

# Unit: characters.
LONGEST_REASON: Final = 1000
NOTE_CODE: Final = "entry-"


class Refused(ValueError):
    """A row is refused, so nothing of the file goes in.

    Attributes:
        checked: the rows and what is wrong with them.
    """

    def __init__(self, checked: Checked) -> None:
        super().__init__(f"{len(checked.faults)} faults")
        self.checked = checked


class NothingNew(ValueError):
    """Everything in the file holds already."""


class NotAcknowledged(ValueError):
    """A figure differs so much from the one before it that the person has to say that it is right."""


class ReasonMissing(ValueError):
    """It is returned or taken back without a reason."""


class ChangedMeanwhile(ValueError):
    """What the figures were compared with is another now."""


@command("entry.bring_file", allow=policies.may_propose, sentence=_("Lähdetiedosto tuotiin"))
def bring_file(actor: object, name: str, content: bytes) -> SourceFile:
    """Keep a file until figures are proposed from it. The earlier ones from which nothing was, go.

    Raises:
        BadFile: it is not of a kind that may be kept.
    """
    check_file(name, content)
    who = actors.id_of(actor)
    SourceFile.objects.filter(brought_by=who, proposal__isnull=True).delete()
    digest = sha256(content).hexdigest()
    note(size=len(content), sha256=digest)
    return SourceFile.objects.create(name=clean_name(name), content=content, sha256=digest, brought_by=who)


def read(file: SourceFile, rows: Sequence[Row] | None = None) -> tuple[Checked, list[Compared]]:
    """Return what a file, or rows typed by hand, would bring, beside what holds now. Writes nothing.

    Raises:
        BadFile: it cannot be read as a table.
    """
    checked = check(rows_of(file.name, bytes(file.content)) if rows is None else rows, queries.known())
    figures = queries.drafts(checked.lines, file.brought_by, file)
    found = [
        Compared(
            one.figure,
            one.change,
            one.before,
            one.last,
            row=line.row,
            sheet=line.sheet,
            break_note=line.break_note,
        )
        for one, line in zip(queries.compared(figures), checked.lines, strict=True)
    ]
    return checked, found


@command("entry.propose", allow=policies.may_propose_from, sentence=_("Lukuja lähetettiin hyväksyttäväksi"))
def propose(
    actor: object, file: SourceFile, *, rows: Sequence[Row] | None = None, is_sure: bool = False
) -> Proposal:
    """Send the figures of a file, or those typed by hand from it, to be approved by another person.

    Args:
        actor: who brought the file.
        file: the source.
        rows: typed by hand; None: the file is a table and holds them.
        is_sure: the person has seen which figures jump and says that they are right.

    Raises:
        BadFile: it cannot be read as a table.
        Refused: a row is refused: nothing goes in.
        NothingNew: everything in it holds already.
        NotAcknowledged: a figure jumps.
        IllegalMove: it was sent already.
    """
    if hasattr(file, "proposal"):
        raise IllegalMove(file.proposal.state, "propose")
    checked, found = read(file, rows)
    if checked.faults:
        raise Refused(checked)
    news = [one for one in found if one.change is not Change.SAME]
    if not news:
        raise NothingNew
    if not is_sure and any(one.is_jump for one in news):
        raise NotAcknowledged
    made = Proposal.objects.create(source_file=file, made_by=actors.id_of(actor))
    figures = Figure.objects.bulk_create([one.figure for one in news], batch_size=BATCH)
    ProposedFigure.objects.bulk_create(
        [
            ProposedFigure(proposal=made, figure=figure, break_fi=one.break_note)
            for figure, one in zip(figures, news, strict=True)
        ],
        batch_size=BATCH,
    )
    note(figures=len(news))
    return made


@command("entry.approve", allow=policies.may_decide, sentence=_("Luvut hyväksyttiin"))
def approve(actor: object, proposal: Proposal, *, seen: str) -> Proposal:
    """Let the figures hold. Entered ones of the same things are replaced, and stay.

    Args:
        actor: another person than who brought them.
        proposal: waits.
        seen: `queries.seen` of the comparison that the person looked at.

    Raises:
        IllegalMove: somebody has decided on it, or it was withdrawn.
        ChangedMeanwhile: what the figures replace is another now.
    """
    state = PROPOSAL.after(proposal.state, "approve")
    lines = queries.lines_of(proposal)
    _in_turn(lines)
    if queries.seen(queries.compared_lines(lines)) != seen:
        raise ChangedMeanwhile
    held = queries.holding(line.figure for line in lines)
    for line in lines:
        line.before = held.get(queries.thing_of(line.figure))
    who, now = actors.id_of(actor), time_source.now()
    _set(held.values(), Status.REPLACED)
    for status, is_revised in ((Status.FINAL, False), (Status.REVISED, True)):
        figures = [line.figure for line in lines if (line.before is not None) is is_revised]
        _set(figures, status, approved_by=who, written_at=now)
    ProposedFigure.objects.bulk_update(lines, ["before"], batch_size=BATCH)
    _note_breaks(proposal, lines)
    _decide(proposal, state, who)
    note(figures=len(lines), replaced=len(held))
    return proposal


@command("entry.send_back", allow=policies.may_decide, sentence=_("Luvut palautettiin korjattavaksi"))
def send_back(actor: object, proposal: Proposal, *, reason: str) -> Proposal:
    """Return it to who brought it, with a reason that they read.

    Raises:
        IllegalMove: somebody has decided on it, or it was withdrawn.
        ReasonMissing: no reason is told.
    """
    state = PROPOSAL.after(proposal.state, "send_back")
    proposal.reason = _reason(reason)
    _decide(proposal, state, actors.id_of(actor))
    return proposal


@command("entry.withdraw", allow=policies.may_withdraw, sentence=_("Ehdotus peruttiin"))
def withdraw(_actor: object, proposal: Proposal) -> Proposal:
    """Take one's own proposal away before anybody has decided on it.

    Raises:
        IllegalMove: somebody has decided on it.
    """
    proposal.state = PROPOSAL.after(proposal.state, "withdraw")
    proposal.save(update_fields=["state"])
    return proposal


@command("entry.take_back", allow=policies.may_take_back, sentence=_("Hyväksytyt luvut otettiin takaisin"))
def take_back(actor: object, proposal: Proposal, *, reason: str) -> Proposal:
    """Undo an approval: its figures are replaced, and those that held before them hold again.

    Where a later approval has replaced a figure, the later one stands. What was taken back never holds again,
    even when a later proposal that had replaced it is taken back too: then the one before it does.

    Raises:
        IllegalMove: it was not approved, or was taken back already.
        ReasonMissing: no reason is told.
    """
    state = PROPOSAL.after(proposal.state, "take_back")
    proposal.reason = _reason(reason)
    lines = queries.lines_of(proposal)
    _in_turn(lines)
    held = [line for line in lines if line.figure.status in SHOWN]
    _set([line.figure for line in held], Status.REPLACED)
    again = [one for one in (_last_sound(line) for line in held) if one is not None]
    for figure in again:
        _set([figure], Status.REVISED if _replaced_something(figure) else Status.FINAL)
    QualityNote.objects.filter(code__startswith=_note_code(proposal)).delete()
    proposal.state = state
    proposal.taken_back_by, proposal.taken_back_at = actors.id_of(actor), time_source.now()
    proposal.save(update_fields=["state", "reason", "taken_back_by", "taken_back_at"])
    note(figures=len(held), again=len(again))
    return proposal


def _reason(said: str) -> str:
    reason = said.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    return reason


def _decide(proposal: Proposal, state: str, who: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, who, time_source.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _in_turn(lines: Iterable[ProposedFigure]) -> None:
    """Wait for others who approve figures of the same indicators: always in one order, so nobody is stuck."""
    keys = {line.figure.indicator_id for line in lines}
    list(Indicator.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _set(figures: Iterable[Figure], status: Status, **more: object) -> None:
    keys = [one.pk for one in figures]
    for start in range(0, len(keys), BATCH):
        Figure.objects.filter(pk__in=keys[start : start + BATCH]).update(status=status, **more)


def _last_sound(line: ProposedFigure) -> Figure | None:
    """The figure that held before a line, past those that were taken back themselves."""
    before = line.before
    while before is not None:
        earlier = _line_of(before)
        if earlier is None or earlier.proposal.state != TAKEN_BACK:
            return before
        before = earlier.before
    return None


def _replaced_something(figure: Figure) -> bool:
    line = _line_of(figure)
    return line is not None and line.before_id is not None


def _line_of(figure: Figure) -> ProposedFigure | None:
    return ProposedFigure.objects.filter(figure=figure).select_related("proposal", "before").first()


def _note_code(proposal: Proposal) -> str:
    return f"{NOTE_CODE}{proposal.public_id}-"


def _note_breaks(proposal: Proposal, lines: Iterable[ProposedFigure]) -> None:
    """Write what was said of breaks: one note an indicator and day, whatever the number of areas."""
    told: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in lines:
        if line.break_fi:
            told[line.figure.indicator_id, str(line.figure.period_start)].append(line.break_fi)
    QualityNote.objects.bulk_create(
        [
            QualityNote(
                indicator_id=indicator,
                code=f"{_note_code(proposal)}{at}",
                kind=NoteKind.BREAK,
                at=at,
                text_fi=" ".join(dict.fromkeys(texts)),
            )
            for (indicator, at), texts in told.items()
        ]
    )
