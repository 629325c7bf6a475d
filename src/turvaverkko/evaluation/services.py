"""What is done to rounds and to what is said of goals in them. A frozen round is not written."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.evaluation import freezing, policies
from turvaverkko.evaluation.models import Assessment, Goal, Round, RoundChange
from turvaverkko.evaluation.models.base import LANGUAGES
from turvaverkko.evaluation.rules import GoalKind, RoundState, Verdict, month_of, name_of
from turvaverkko.organisation.api import host_county


class RoundFrozen(ValueError):
    """The round is frozen: it is opened again first, with a reason."""


class RoundOpen(ValueError):
    """The round is open already."""


class RoundExists(ValueError):
    """There is a round of that month."""


class WrittenMeanwhile(ValueError):
    """Somebody else wrote since the page was opened."""


class ReasonMissing(ValueError):
    """A judgement and a reopening need a reason in words."""


class NotFollowed(ValueError):
    """Texts and judgements are of process goals that are in the tree now."""


@command("evaluation.write", allow=policies.may_write, sentence=_("Arvioinnin teksti kirjoitettiin"))
def write(actor: StaffActor, one: Round, *, goal: Goal, text: str, seen: str | None = None) -> Assessment:
    """Write what is said of a goal in an open round, in the writer's language. Empty takes the text away.

    Args:
        actor: a coordinator.
        one: the round.
        goal: a process goal.
        text: plain text.
        seen: when the text that the writer saw was written (ISO), "" for none; None does not ask.

    Raises:
        RoundFrozen: the round is not open.
        WrittenMeanwhile: another text stands there by now.
        NotFollowed: the goal is of another kind or left the tree.
    """
    row = _row(one, goal)
    if seen is not None and seen != stamp(row):
        raise WrittenMeanwhile
    language = get_language() or "fi"
    for each in LANGUAGES:
        setattr(row, f"text_{each}", "")
    # Arabic has no column: what is written in another language than the three stands as Finnish.
    setattr(row, f"text_{language if language in LANGUAGES else 'fi'}", text)
    row.written_by, row.written_at = actor.public_id, time_source.now()
    row.save()
    note(round=one.code, goal=goal.code)
    return row


@command("evaluation.judge", allow=policies.may_judge, sentence=_("Tavoitteen tilanne arvioitiin"))
def judge(
    actor: StaffActor, one: Round, *, goal: Goal, verdict: Verdict | None, reason: str = ""
) -> Assessment:
    """Say what a person judges of a goal, and why; it stands beside what the rule says. None takes it away.

    Raises:
        RoundFrozen: the round is not open.
        ReasonMissing: a judgement has no reason.
        NotFollowed: the goal is of another kind or left the tree.
    """
    row = _row(one, goal)
    if verdict is not None and not reason.strip():
        raise ReasonMissing
    row.judgement = verdict or ""
    row.judgement_reason = reason.strip() if verdict else ""
    row.judged_by, row.judged_at = actor.public_id, time_source.now()
    row.save()
    note(round=one.code, goal=goal.code, verdict=row.judgement or None)
    return row


@command("evaluation.open_round", allow=policies.may_judge, sentence=_("Arviointikierros avattiin"))
def open_round(actor: StaffActor, code: str) -> Round:
    """Open the round of a month ("2026-11").

    Raises:
        ValueError: the code is no month.
        RoundExists: there is one.
    """
    first = month_of(code).start
    if first is None or first > _this_month():
        raise ValueError(code)
    county = host_county()
    if Round.objects.filter(county=county, code=code).exists():
        raise RoundExists
    one = Round.objects.create(county=county, code=code, name=name_of(code), month=first)
    RoundChange.objects.create(round=one, state=RoundState.OPEN, by=actor.public_id)
    note(round=code)
    return one


@command("evaluation.freeze_round", allow=policies.may_judge, sentence=_("Arviointikierros jäädytettiin"))
def freeze_round(actor: StaffActor, one: Round) -> Round:
    """Freeze a round: figures, texts and statuses stay as they are now.

    Raises:
        RoundFrozen: it is frozen.
    """
    _open(one)
    figures = freezing.freeze(one, actor.public_id)
    note(round=one.code, figures=figures, edition=one.edition)
    return one


@command(
    "evaluation.reopen_round", allow=policies.may_judge, sentence=_("Arviointikierros avattiin uudelleen")
)
def reopen_round(actor: StaffActor, one: Round, *, reason: str) -> Round:
    """Open a frozen round again. Its figures of then stay in the database under their edition.

    Raises:
        RoundOpen: it is open.
        ReasonMissing: no reason was given.
    """
    if one.is_open:
        raise RoundOpen
    if not reason.strip():
        raise ReasonMissing
    one.state, one.frozen_at, one.frozen_by = RoundState.OPEN, None, ""
    one.save(update_fields=["state", "frozen_at", "frozen_by"])
    RoundChange.objects.create(round=one, state=RoundState.OPEN, by=actor.public_id, reason=reason.strip())
    note(round=one.code, edition=one.edition)
    return one


def stamp(row: Assessment | None) -> str:
    """Return when a text was written, as the form of it carries it; "" for none."""
    return row.written_at.isoformat() if row is not None and row.written_at else ""


def _row(one: Round, goal: Goal) -> Assessment:
    _open(one)
    if goal.kind != GoalKind.PROCESS or goal.is_archived or goal.county_id != one.county_id:
        raise NotFollowed
    return Assessment.objects.filter(round=one, goal=goal).first() or Assessment(round=one, goal=goal)


def _open(one: Round) -> None:
    if not one.is_open:
        raise RoundFrozen


def _this_month() -> date:
    return time_source.today().replace(day=1)
