"""Verification against the anchor: what was cut off together with its seals shows here."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from turvaverkko.core import time_source
from turvaverkko.trail.access_log import anchor, rules
from turvaverkko.trail.access_log.findings import Fault, Remark, Report
from turvaverkko.trail.access_log.models import AccessSeal

# Unit: lines compared with one query.
_AT_ONCE: Final = 500

Numbered = tuple[int, anchor.Line]


def compare_anchor(report: Report, certificate: AccessSeal | None) -> None:
    """Compare every line of the anchor with its seal, and the end of the chain with the last line."""
    resumptions = _resumptions(report)
    expected = 1
    lines = (pair for pair in enumerate(anchor.lines()) if pair[1] is not None)
    while batch := list(islice(lines, _AT_ONCE)):
        known: list[Numbered] = [(position, line) for position, line in batch if line]
        expected = _check_order(report, known, expected)
        standing = [line for position, line in known if not _was_given_up(position, line, resumptions)]
        _check_heads(report, standing, certificate)
    _check_end(report, expected)


def _resumptions(report: Report) -> list[tuple[int, int]]:
    """Return position and seal of each declaration that the chain goes on from another end."""
    found, torn = [], 0
    for position, line in enumerate(anchor.lines()):
        if line is None:
            torn += 1
        elif line.resumed:
            found.append((position, line.seal))
            report.remark(Remark.RESUMED, f"{line.seal} ({line.at})")
    if torn:
        report.remark(Remark.TORN_LINES, torn)
    return found


def _was_given_up(position: int, line: anchor.Line, resumptions: Iterable[tuple[int, int]]) -> bool:
    return any(position < where and line.seal > seal for where, seal in resumptions)


def _check_order(report: Report, lines: Iterable[Numbered], expected: int) -> int:
    for _, line in lines:
        if not line.resumed and line.seal > expected:
            report.found(Fault.ANCHOR_LACKS, expected, line.seal - 1)
        expected = line.seal + 1 if line.resumed else max(expected, line.seal + 1)
    return expected


def _check_heads(report: Report, lines: list[anchor.Line], certificate: AccessSeal | None) -> None:
    erased = certificate.erased_through or 0 if certificate else 0
    numbers = {line.seal for line in lines if line.seal > erased}
    stored = dict(AccessSeal.objects.filter(number__in=numbers).values_list("number", "head"))
    cut = [line.seal for line in lines if line.seal > erased and line.seal not in stored]
    for first, last in _stretches(cut):
        report.found(Fault.TAIL_CUT, first, last)
    for line in lines:
        if line.seal in stored and stored[line.seal] != line.head:
            report.found(Fault.ANCHOR_DIFFERS, line.seal)
        if certificate and line.seal == erased and not line.resumed:
            _check_erased_end(report, line, certificate)


def _check_erased_end(report: Report, line: anchor.Line, certificate: AccessSeal) -> None:
    """The last erased seal is gone: its line tells whether the certificate means it, and how old it was."""
    if line.head != certificate.erased_head:
        report.found(Fault.ANCHOR_DIFFERS, line.seal)
    if certificate.erased_before and datetime.fromisoformat(line.at) >= certificate.erased_before:
        report.found(Fault.ERASED_TOO_EARLY, certificate.number)


def _check_end(report: Report, expected: int) -> None:
    waiting = AccessSeal.objects.filter(number__gte=expected).order_by("number").defer("marks")
    first, last = waiting.first(), waiting.last()
    if first is None or last is None:
        return
    # A killed round leaves one seal at most, and the next round anchors it.
    if last.number > first.number or rules.is_overdue(first.sealed_at, time_source.now()):
        report.found(Fault.ANCHOR_LACKS, first.number, last.number)
    else:
        report.remark(Remark.NOT_YET_ANCHORED, first.number)


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in sorted(set(numbers)):
        if first is not None and last is not None and number > last + 1:
            yield first, last
            first = number
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last
