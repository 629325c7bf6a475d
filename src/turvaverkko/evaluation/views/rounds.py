"""Rounds: their list, one of them with every goal, two side by side, and what is done to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from turvaverkko.access.api import StaffActor, actor_of
from turvaverkko.core import time_source
from turvaverkko.core.safe_text import strip_controls
from turvaverkko.evaluation import policies, presenting, queries, services, words
from turvaverkko.evaluation.models import Goal, Round
from turvaverkko.evaluation.rules import Verdict
from turvaverkko.indicators.page_api import draw, for_readers
from turvaverkko.looks.api import Option
from turvaverkko.organisation.api import host_county, names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only

# Their place in the header: under the goals.
LIST: Final = "evaluation:goals"
REFUSED: Final = 400
CHANGED: Final = 409
SEE_OTHER: Final = 303
# Unit: characters. A longer text is not read to its end in a round of a dozen goals.
LONGEST: Final = 5000


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form held, and what to do about it."""

    form: str = ""
    goal: str = ""
    text: str = ""
    choice: str = ""
    problem: str = ""


NOTHING: Final = Typed()


@for_readers
def listing(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/kierrokset/ : every round, newest first."""
    return _listing(request)


@for_readers
def show(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/kierrokset/<code>/ : what is said of every goal; an open round is written here."""
    return _show(request, _round(code))


@for_readers
def compare(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/kierrokset/vertaa/ : two rounds side by side; `a` and `b` choose them."""
    every = queries.rounds(host_county())
    by_code = {one.code: one for one in every}
    last = every[-2:] if len(every) > 1 else []
    chosen = [by_code.get(request.GET.get(key, "")) for key in ("a", "b")]
    pair = [one or standing for one, standing in zip(chosen, last, strict=False)]
    context: dict[str, Any] = {"choices": [_options(every, one) for one in pair], "pair": pair, "rows": []}
    if pair:
        a, b = (queries.lines_of(one) for one in pair)
        labels = (pair[0].name, pair[1].name)
        names = names_of_staff(presenting.staff_of([*a, *b]))
        context["rows"] = [
            (
                goal,
                presenting.shown(left, names) if left else None,
                presenting.shown(right, names) if right else None,
                presenting.compared_table(goal, left, right, labels),
            )
            for goal, left, right in presenting.compared(a, b)
        ]
    return draw(request, "evaluation/compare.html", LIST, context)


@staff_only
@require_POST
def begin(request: StaffRequest) -> HttpResponseBase:
    """POST koordinaatio/kierrokset/avaa/ : open the round of a month."""
    actor, code = _actor(request), _said(request, "kuukausi", 7)
    try:
        services.open_round(actor, code)
    except services.RoundExists:
        return _listing(request, code, gettext("Kuukaudella on jo kierros. Avaa se luettelosta."))
    except ValueError:
        return _listing(request, code, gettext("Kirjoita kuukausi muodossa 2026-11, enintään tämä kuukausi."))
    return _go(code, "avattu")


@staff_only
@require_POST
def write(request: StaffRequest, code: str) -> HttpResponseBase:
    """POST …/teksti/ : write what is said of a goal."""
    actor = _actor(request)
    one, goal = _round(code), _goal(request)
    text = _said(request, "teksti", LONGEST + 1)
    typed = Typed("teksti", goal.code, text)
    if len(text) > LONGEST:
        return _refuse(request, one, typed, gettext("Teksti on liian pitkä. Lyhennä se 5 000 merkkiin."))

    def act() -> None:
        services.write(actor, one, goal=goal, text=text, seen=request.POST.get("nahty", "")[:40])

    return _do(request, one, typed, act, "kirjoitettu")


@staff_only
@require_POST
def judge(request: StaffRequest, code: str) -> HttpResponseBase:
    """POST …/arvio/ : what a person judges of a goal, and why."""
    actor = _actor(request)
    one, goal = _round(code), _goal(request)
    choice, reason = _said(request, "tilanne", 20), _said(request, "syy", LONGEST)
    typed = Typed("arvio", goal.code, reason, choice)
    if choice and choice not in set(Verdict):
        return _refuse(request, one, typed, gettext("Valitse arvio luettelosta."))

    def act() -> None:
        services.judge(actor, one, goal=goal, verdict=Verdict(choice) if choice else None, reason=reason)

    return _do(request, one, typed, act, "arvioitu")


@staff_only
@require_POST
def freeze(request: StaffRequest, code: str) -> HttpResponseBase:
    """POST …/jaadyta/ : from now on the round stays as it is."""
    actor = _actor(request)
    one = _round(code)
    return _do(request, one, Typed("jaadyta"), lambda: services.freeze_round(actor, one), "jaadytetty")


@staff_only
@require_POST
def reopen(request: StaffRequest, code: str) -> HttpResponseBase:
    """POST …/avaa/ : write a frozen round again, and say why."""
    actor = _actor(request)
    one, reason = _round(code), _said(request, "syy", LONGEST)
    typed = Typed("avaa", text=reason)
    return _do(request, one, typed, lambda: services.reopen_round(actor, one, reason=reason), "avattu")


def _do(
    request: StaffRequest, one: Round, typed: Typed, act: Callable[[], object], done: str
) -> HttpResponseBase:
    """Do it, or draw the page again with what was typed and what to do."""
    try:
        act()
    except services.ReasonMissing:
        return _refuse(request, one, typed, gettext("Kirjoita perustelu."))
    except services.NotFollowed as error:
        raise Http404 from error
    except services.WrittenMeanwhile:
        problem = gettext("Toinen kirjoitti tekstin tällä välin. Lue se ja tallenna sitten omasi uudelleen.")
        return _refuse(request, one, typed, problem, CHANGED)
    except services.RoundFrozen:
        problem = gettext("Kierros on jo jäädytetty. Sitä muutetaan vasta, kun se avataan uudelleen.")
        return _refuse(request, one, typed, problem, CHANGED)
    except services.RoundOpen:
        return _refuse(request, one, typed, gettext("Kierros on jo auki."), CHANGED)
    return _go(one.code, done, typed.goal)


def _go(code: str, done: str, goal: str = "") -> HttpResponse:
    address = reverse("evaluation:round", args=[code])
    response = HttpResponseRedirect(f"{address}?{urlencode({'tehty': done})}{f'#{goal}' if goal else ''}")
    response.status_code = SEE_OTHER
    return response


def _refuse(
    request: StaffRequest, one: Round, typed: Typed, problem: str, status: int = REFUSED
) -> HttpResponse:
    fresh = _round(one.code)
    held = Typed(typed.form, typed.goal, typed.text, typed.choice, problem)
    return _show(request, fresh, held, status)


def _show(request: StaffRequest, one: Round, typed: Typed = NOTHING, status: int = 200) -> HttpResponse:
    lines, changes, actor = queries.lines_of(one), queries.changes_of(one), actor_of(request)
    names = names_of_staff({*presenting.staff_of(lines), *(change.by for change in changes)})
    context = {
        "round": one,
        "state": presenting.state_words(one),
        "lines": [
            presenting.shown(
                line, names, typed.choice if (typed.form, typed.goal) == ("arvio", line.goal.code) else None
            )
            for line in lines
        ],
        "notes": [presenting.note_line(note) for note in queries.notes_of_round(one)],
        "changes": [
            (change.at, change.state, presenting.author(change.by, names), change.reason)
            for change in changes
        ],
        "writes": one.is_open and policies.may_write(actor, one),
        "judges": policies.may_judge(actor, one),
        "typed": typed,
        "done": str(words.DONE.get(request.GET.get("tehty", ""), "")),
    }
    return draw(request, "evaluation/round.html", LIST, context, status)


def _listing(request: StaffRequest, typed: str = "", problem: str = "") -> HttpResponse:
    every = queries.rounds(host_county())
    context = {
        "rounds": [(one, presenting.state_words(one)) for one in reversed(every)],
        "judges": policies.may_judge(actor_of(request), None),
        "month": typed or f"{time_source.today():%Y-%m}",
        "problem": problem,
    }
    return draw(request, "evaluation/rounds.html", LIST, context, REFUSED if problem else 200)


def _round(code: str) -> Round:
    found = queries.round_by_code(host_county(), code)
    if found is None:
        raise Http404
    return found


def _goal(request: StaffRequest) -> Goal:
    found = queries.goal_by_code(host_county(), _said(request, "tavoite", 80))
    if found is None:
        raise Http404
    return found


def _said(request: StaffRequest, name: str, longest: int) -> str:
    return strip_controls(request.POST.get(name, "")[:longest]).strip()


def _options(every: list[Round], chosen: Round) -> list[Option]:
    return [Option(one.code, one.name, checked=one.pk == chosen.pk) for one in reversed(every)]


def _actor(request: StaffRequest) -> StaffActor:
    """Return who acts. Beyond this first door it is for the commands to say what they may do.

    Raises:
        PermissionDenied: none of their roles does anything to rounds.
    """
    actor = actor_of(request)
    if not (isinstance(actor, StaffActor) and policies.may_judge(actor, None)):
        raise PermissionDenied
    return actor
