"""One request from the moment it is sent: which command comes when, and who gives it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from turvaverkko.access.api import FamilyActor, StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.time_source import to_local
from turvaverkko.guidance import api as guidance
from turvaverkko.guidance import rules
from turvaverkko.guidance.demo import parts
from turvaverkko.guidance.demo.arrivals import Office
from turvaverkko.guidance.demo.cast import Cast, Person, unit_of
from turvaverkko.guidance.demo.content import Content
from turvaverkko.guidance.demo.story import Fate, Story, chosen, happens
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import Kind, Outcome, Resolution, Way
from turvaverkko.work.api import BreachReason, deadlines_of, explain_breach, open_deadline

Moments = Iterator[datetime]

# Unit: days. A request this old has had time for its whole story; a younger one hurries through it.
GROWN: Final = 40
BEFORE_CLOSING: Final = timedelta(minutes=40)
WITHDRAWN: Final = "withdrawn"
DUTY: Final = "palveluohjaus"
TAKEN_NOW: Final = 40  # per cent of the requests whose promise runs that somebody has taken


class Life:
    """Lives one story."""

    def __init__(self, story: Story, office: Office, cast: Cast, content: Content) -> None:
        self.story, self.office, self.cast = story, office, cast
        self.shares, self.texts = content.shares, content.languages[story.language]
        self.dice = Random(f"{story.seed}:life")  # noqa: S311 - a story, not a secret
        age = (office.present - story.received).days
        self.pace = min(1.0, age / GROWN)
        self.request: ContactRequest
        self.person: Person

    @property
    def guide(self) -> StaffActor:
        """Whoever handles the request."""
        return self.person[1]

    @property
    def family(self) -> FamilyActor:
        """Whoever holds the code."""
        return FamilyActor(self.request.matter.public_id)

    def steps(self) -> Moments:
        """Live it; the first step is the sending."""
        self._send()
        if self.story.end == WITHDRAWN:
            yield self._soon(hours=self.dice.uniform(0.5, 20))
            guidance.withdraw(self.family, self.request)
            return
        yield from self._to_the_right_unit()
        if self.story.fate in {Fate.LATE, Fate.DUE}:
            yield from self._wait_in_the_queue()
        elif self.story.end == Resolution.UNREACHABLE:
            yield from self._not_reached()
        else:
            late = self.story.fate is Fate.CLOSED and happens(self.dice, self.shares["late"])
            yield from self._answered(late=late)
            yield from self._afterwards(late=late)

    def _send(self) -> None:
        draft, _key = guidance.begin_draft()
        actor: object = ANONYMOUS
        if self.story.channel == "phone":
            actor = self.cast.guide(self.dice, self.cast.units[DUTY].pk, self.story.language)[1]
        self.request = guidance.ask.once(draft.public_id, actor, draft, parts.asking(self.story, self.dice))

    def _to_the_right_unit(self) -> Moments:
        """What comes to the duty unit is handed over to the unit of its area, or stays there."""
        routes = self.shares["from_duty"]
        wanted = next((slug for slug, places in routes.items() if self.story.municipality in places), "")
        if wanted in self.cast.units and self.request.item.unit_id != self.cast.units[wanted].pk:
            yield self._at_work(timedelta(minutes=self.dice.randrange(10, 150)))
            guide = self._open()
            self.request = guidance.hand_over(guide, self.request, unit=self.cast.units[wanted])
        elif self.story.end and happens(self.dice, self.shares["wrong_unit"]):
            yield self._at_work(timedelta(hours=1))
            guide = self._open()
            self.request = guidance.hand_over(guide, self.request, unit=self.cast.units[DUTY])

    def _wait_in_the_queue(self) -> Moments:
        """Nobody has answered yet. Some are taken, some of those called in vain; danger is judged at once."""
        danger = bool(self.story.words.danger)
        if not danger and not happens(self.dice, TAKEN_NOW):
            return
        yield self._at_work(timedelta(hours=self.dice.uniform(0.2, 1 if danger else 8)))
        self._take()
        if danger:
            parts.judge(self.guide, self.request, self.story)
        if self.story.way is Way.CALL and happens(self.dice, 50):
            yield self._at_work(timedelta(minutes=25))
            self._try(reached=False)

    def _not_reached(self) -> Moments:
        """Three tries on two days, then it is closed as unreachable."""
        yield self._before_the_promise(self.dice.uniform(0.05, 0.3))
        self._take()
        self._try(reached=False)
        for hours in (self.dice.uniform(1, 3), 24, 2):
            yield self._at_work(timedelta(hours=hours))
            self._try(reached=False)
        yield self._at_work(timedelta(minutes=15))
        self._resolve(Resolution.UNREACHABLE)

    def _answered(self, *, late: bool) -> Moments:
        """Taken, perhaps tried in vain, judged where there is danger, reached."""
        share = self.dice.betavariate(1.6, 2.4)
        if late:
            yield self._after_the_promise()
        elif self.story.words.danger:
            yield self._at_work(timedelta(minutes=self.dice.randrange(5, 60)))
        else:
            yield self._before_the_promise(share)
        self._take()
        of_law = self.story.words.kind is not Kind.ADVICE
        if self.story.words.danger or of_law:
            parts.judge(self.guide, self.request, self.story)
        if of_law:
            guidance.mark_kind(self.guide, self.request, kind=self.story.words.kind)
        if self.story.way is Way.CALL and happens(self.dice, self.shares["tries_before"]):
            self._try(reached=False)
            yield self._at_work(timedelta(minutes=self.dice.randrange(20, 90)))
        self._reach()

    def _afterwards(self, *, late: bool) -> Moments:
        """What follows the first contact, and how it ends."""
        if (late or self._missed()) and happens(self.dice, self.shares["explained"]):
            yield self._later(days=1.5)
            self._explain()
        if happens(self.dice, self.shares["note"]):
            guidance.add_note(self.guide, self.request, text=self.dice.choice(self.texts.notes))
        fate = self.story.fate
        if fate in {Fate.WAITING, Fate.AGREED} or (
            fate is Fate.CLOSED and happens(self.dice, self.shares["waits"])
        ):
            yield from self._waiting(for_good=fate is not Fate.CLOSED)
        elif fate is Fate.WROTE or happens(self.dice, self.shares["follow_up"]):
            yield from self._family_writes()
        if fate is Fate.CLOSED:
            # What the law limits is not left lying.
            limited = self.story.words.kind is not Kind.ADVICE
            yield self._later(
                days=self.dice.uniform(0.5, 7) if limited else self.dice.expovariate(1 / 8) + 0.5
            )
            self._resolve(Resolution(self.story.end))
            if happens(self.dice, self.shares["reopened"]):
                yield from self._again()

    def _waiting(self, *, for_good: bool) -> Moments:
        """The family thinks it over, or a later day was agreed."""
        yield self._later(days=0.5)
        agreed = self.story.fate is Fate.AGREED
        until = self.office.present.date() + timedelta(days=self.dice.randrange(2, 12)) if agreed else None
        guidance.wait_for_family(self.guide, self.request, until=until)
        if not for_good:
            yield self._soon(hours=24 * self.dice.uniform(1, 6) * self.pace)
            yield from self._family_writes(now=True)

    def _family_writes(self, *, now: bool = False) -> Moments:
        if not now:
            wrote = self.story.fate is Fate.WROTE
            hours = self.dice.uniform(4, 40)
            late = self.office.present - timedelta(hours=hours)
            yield late if wrote else self._soon(hours=hours * self.pace)
        parts.read_by_family(self.family)
        if self.story.way is Way.CODE and happens(self.dice, self.shares["identifies"]):
            guidance.identify(self.family, self.request, parts.told_later(self.story))
        guidance.write(self.family, self.request, text=self.dice.choice(self.texts.follow_ups))
        if self.story.fate is not Fate.WROTE:
            yield self._at_work(timedelta(hours=self.dice.uniform(0.5, 12) * self.pace))
            self._look()
            guidance.answer(self.guide, self.request, text=self.dice.choice(self.texts.answers))

    def _again(self) -> Moments:
        """The same family comes back within the month; the thread goes on."""
        yield self._later(days=self.dice.uniform(3, 20))
        self._open()
        guidance.reopen(self.guide, self.request)
        self._take()
        guidance.answer(self.guide, self.request, text=self.dice.choice(self.texts.answers))
        yield self._later(days=3)
        self._resolve(Resolution(self.story.end))

    def _take(self) -> None:
        """The guide takes it, or now and then the lead gives it to somebody."""
        self._open()
        if happens(self.dice, 10):
            lead = self.cast.lead(unit_of(self.request))[1]
            self.request = guidance.assign_to(lead, self.request, staff=self.person[0])
        else:
            self.request = guidance.take(self.guide, self.request)

    def _open(self) -> StaffActor:
        """Somebody of the unit where it is now opens it; that leaves a row in the access log."""
        self.request.refresh_from_db()
        self.person = self.cast.guide(self.dice, unit_of(self.request), self.story.language)
        self._look()
        return self.guide

    def _look(self) -> None:
        self.request = parts.opened(self.guide, self.request)

    def _try(self, *, reached: bool) -> None:
        guidance.record_contact(self.guide, self.request, means=parts.means(self.story), reached=reached)

    def _reach(self) -> None:
        if self.story.way is Way.CALL:
            self._try(reached=True)
        else:
            guidance.answer(self.guide, self.request, text=self.dice.choice(self.texts.answers))

    def _resolve(self, resolution: Resolution) -> None:
        self._look()
        outcome = Outcome(self.story.outcome)
        guidance.resolve(self.guide, self.request, resolution=resolution, outcome=outcome)

    def _explain(self) -> None:
        lead = self.cast.lead(unit_of(self.request))[1]
        for policy in self._missed():
            reason = BreachReason(chosen(self.dice, self.shares["breach_reasons"]))
            explain_breach(lead, self.request.item, policy=policy, reason=reason)

    def _missed(self) -> list[str]:
        """Return what was missed and has no reason yet: the promise, a limit of the law."""
        found = deadlines_of([self.request.item])[self.request.item.pk]
        return [one.policy for one in found if one.breached_at and not one.breach_reason]

    def _soon(self, *, hours: float) -> datetime:
        return time_source.local_now() + timedelta(hours=hours)

    def _at_work(self, after: timedelta) -> datetime:
        return self.office.at_work(time_source.local_now() + after, self.dice)

    def _later(self, *, days: float) -> datetime:
        """Return an office moment some days on; in a young request the days are short."""
        return self._at_work(timedelta(days=days * self.pace))

    def _promised(self) -> datetime:
        deadline = open_deadline(self.request.item, rules.PROMISE)
        return to_local(deadline.due_at) if deadline else time_source.local_now()

    def _before_the_promise(self, share: float) -> datetime:
        """Return an office moment at a share of the time that is left, in time in any case."""
        now, due = time_source.local_now(), self._promised()
        if self.story.urgency is rules.Urgency.TODAY:
            share *= 0.3
        latest = due - BEFORE_CLOSING
        return max(now, min(self.office.at_work(now + (due - now) * share * self.pace, self.dice), latest))

    def _after_the_promise(self) -> datetime:
        overdue = timedelta(hours=self.dice.uniform(14, 80))
        return self.office.at_work(self._promised() + overdue, self.dice)
