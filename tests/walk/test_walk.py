"""Every URL as every role: nobody meets a row outside their scope, and everybody meets what is theirs."""

from collections.abc import Iterator
from typing import Final

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.walk.canaries import Canary
from tests.walk.cast import PARTS, STAFF, Part
from tests.walk.entries import ENTRIES, IN_OTHER_LANGUAGES, Entry, Visit
from tests.walk.walking import Walked, changed, made, unlogged, walk
from tests.walk.world import Walker, World
from turvaverkko.access.api import Role

REFUSALS: Final = frozenset({403, 404, 405})
# Unit: visits of one entry by methods and prefixes that no page of ours uses.
MOST: Final = 3
WALKED_OTHERWISE: Final = ("guidance:queue", "guidance:desk-request", "guidance:take", "guidance:status")
MOVED: Final = frozenset({301, 302, 303})


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every URL of the project by its full name; one without a name by its route."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"
        else:
            inner = pattern.namespace or pattern.app_name
            yield from names_of(pattern, f"{space}{inner}:" if inner else space)


def test_every_url_has_an_entry() -> None:
    known = list(names_of(get_resolver()))
    assert "guidance:queue" in known
    assert not [name for name in known if name not in ENTRIES], "enter it in tests/walk/entries.py"
    assert not [name for name in ENTRIES if name not in known], (
        "tests/walk/entries.py knows a URL that is gone"
    )


def test_every_role_walks() -> None:
    assert {part.role for part in STAFF} | {Role.FAMILY_MEMBER, Role.ANONYMOUS} == set(Role)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_walk(world: World, name: str) -> None:
    entry = ENTRIES[name]
    faults, worked = [], False
    for walker in world.walkers:
        acts, others = _parted(world, walker, entry)
        for visit in acts:
            walked = walk(world, walker, visit, entry, name)
            faults += _told(world, walker, visit, entry, walked)
            worked = worked or visit.about in walked.changed
        # What changes nothing is made in one go, and the rows are looked at once.
        with transaction.atomic():
            for visit in others:
                faults += _told(world, walker, visit, entry, made(world, walker, visit, entry, name))
            everything = Walked(changed=changed(world, walker.part.sees))
            faults += [f"{walker.name}: {one}" for one in changes_of(walker, entry, everything)]
            transaction.set_rollback(True)
    if entry.works and not worked:
        faults.append("it works for nobody: nothing was tested")
    assert not faults, "\n".join(faults)


def _parted(world: World, walker: Walker, entry: Entry) -> tuple[list[Visit], list[Visit]]:
    """The acts that a walker may do, and everything else."""
    visits = list(entry.visits(world, walker))
    acts = [visit for visit in visits if visit.about and visit.about in writable(walker, entry)]
    return acts, [visit for visit in visits if visit not in acts]


def _told(world: World, walker: Walker, visit: Visit, entry: Entry, walked: Walked) -> list[str]:
    found = faults_of(world, walker, visit, walked) + refusals_of(walker, visit, entry, walked)
    return [f"{walker.name} {visit.method} {visit.path} {walked.status}: {one}" for one in found]


def changes_of(walker: Walker, entry: Entry, walked: Walked) -> list[str]:
    """The rows outside their reach that a walker changed."""
    return [f"changes {tag}" for tag in sorted(walked.changed - writable(walker, entry))]


def faults_of(world: World, walker: Walker, visit: Visit, walked: Walked) -> list[str]:
    """What was shown that may not be, what was not that must be, and what the access log lacks."""
    part = walker.part
    own = {Canary(f"staff-{part.name}", "email")} | (
        {Canary("kept", "note")} if part.name == "guide-1" else set()
    )
    too_much = {one for one in walked.shown if not (one.tag in part.sees and one.field in part.fields)} - own
    faults = [f"shows {one}" for one in sorted(too_much)]
    faults += [f"does not show {one}" for one in sorted(visit.must - walked.shown)]
    if walked.status >= 500:
        faults.append("breaks")
    return faults + unlogged(world, walker, walked)


def refusals_of(walker: Walker, visit: Visit, entry: Entry, walked: Walked) -> list[str]:
    """Whether an act on a row that is not theirs was refused and changed nothing, of any row."""
    part, theirs = walker.part, writable(walker, entry)
    faults = changes_of(walker, entry, walked)
    if entry.desk and part.desk not in {200, walked.status}:
        faults.append(f"should be {part.desk}")
    faults += kept_from(part, entry, walked.status)
    if visit.about and visit.about not in theirs:
        to_sign_in = walked.status == 303 and part.desk == 303 and walked.location.startswith("/kirjaudu/")
        if walked.status not in REFUSALS and not to_sign_in:
            faults.append("is not refused")
    return faults


def kept_from(part: Part, entry: Entry, status: int) -> list[str]:
    """Whether an address of one role is a 404 to staff of the others, and open to that role."""
    if not entry.keeper or part.desk not in {200, 404}:
        return []
    if part.role == entry.keeper:
        return [] if status in {200, 303} else ["is not let in"]
    return [] if status == 404 else ["should be 404"]


def writable(walker: Walker, entry: Entry) -> frozenset[str]:
    """The rows that a visit of this walker may change."""
    part = walker.part
    if entry.verb == "leads":
        return part.decides if part.role == Role.UNIT_LEAD else frozenset()
    if entry.verb in {"contributes", "decides"}:
        allowed: frozenset[str] = getattr(part, entry.verb)
        return allowed
    return part.sees if entry.verb == "family" else frozenset()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("name", WALKED_OTHERWISE)
def test_other_methods_show_and_change_nothing(world: World, name: str, method: str) -> None:
    faults = []
    for walker in (one for one in world.walkers if one.name in {"guide-1", "foreign-guide", "visitor"}):
        for visit in list(ENTRIES[name].visits(world, walker))[:MOST]:
            walked = walk(world, walker, visit, ENTRIES[name], name, method=method)
            faults += [
                f"{walker.name} {visit.path} shows {one}" for one in walked.shown if not _mine(walker, one)
            ]
            faults += [
                f"{walker.name} {visit.path} changes {tag}" for tag in walked.changed - walker.part.sees
            ]
            if method not in {"HEAD", "OPTIONS"} and walked.status not in REFUSALS | MOVED:
                faults.append(f"{walker.name} {visit.path}: {walked.status}")
    assert not faults, "\n".join(faults)


def _mine(walker: Walker, one: Canary) -> bool:
    return one.tag in walker.part.sees and one.field in walker.part.fields


@pytest.mark.parametrize("prefix", ["/sv", "/ar", "/fi", "/ru", "//en", "/en/sv"])
@pytest.mark.parametrize("name", IN_OTHER_LANGUAGES)
def test_a_prefix_of_a_language_opens_nothing(world: World, name: str, prefix: str) -> None:
    faults = []
    for walker in (
        one for one in world.walkers if one.name in {"foreign-guide", "family-b", "visitor", "director"}
    ):
        for visit in list(ENTRIES[name].visits(world, walker))[:MOST]:
            walked = walk(world, walker, visit, ENTRIES[name], name, prefix=prefix)
            faults += [
                f"{walker.name} {visit.path} shows {one}" for one in walked.shown if not _mine(walker, one)
            ]
    assert not faults, "\n".join(faults)


def test_the_walk_would_see_a_hole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that lets everybody in is found in the page, and a page without a log too."""
    monkeypatch.setattr("turvaverkko.guidance.desk.queries.visible_to", lambda rows, *_rest: rows)
    monkeypatch.setattr("turvaverkko.guidance.desk.case_page.seen", lambda _actor, rows, *_rest: rows)
    walker = next(one for one in world.walkers if one.name == "foreign-guide")
    entry = ENTRIES["guidance:desk-request"]
    found = [
        fault
        for visit in entry.visits(world, walker)
        for fault in faults_of(
            world, walker, visit, walk(world, walker, visit, entry, "guidance:desk-request")
        )
    ]
    assert any("shows Canary(tag='a-taken', field='words')" in fault for fault in found)
    assert any("a-taken was shown" in fault for fault in found)


def test_a_changed_row_is_seen(world: World) -> None:
    request = world.requests["a-new"]
    type(request)._base_manager.filter(pk=request.pk).update(words="muutettu")
    assert changed(world) == {"a-new"}


def test_everybody_of_the_cast_walks(world: World) -> None:
    assert {walker.name for walker in world.walkers} == {part.name for part in PARTS}
