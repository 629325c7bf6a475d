"""How a national description finds its situations, ages and relevance to families. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a description belongs.

    Attributes:
        for_families: whether lists and search put it before the rest.
        min_age: years, from the rules that fit; None without a limit.
    """

    situations: tuple[str, ...] = ()
    for_families: bool = False
    min_age: int | None = None
    max_age: int | None = None


def placed(description: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> Placed:
    """Return where a description belongs by all the rules that fit it.

    Ages of several rules are joined: the youngest lower end and the oldest upper end.
    """
    fitting = [rule for rule in rules if fits(rule, description)]
    situations = tuple(dict.fromkeys(slug for rule in fitting for slug in rule.get("situations", ())))
    for_families = any(rule.get("for_families") for rule in fitting)
    ages = [rule["ages"] for rule in fitting if "ages" in rule]
    if not ages:
        return Placed(situations, for_families)
    lows, highs = [low for low, _ in ages], [high for _, high in ages]
    return Placed(
        situations,
        for_families,
        None if None in lows else min(lows),
        None if None in highs else max(highs),
    )


def fits(rule: Mapping[str, Any], description: Mapping[str, Any]) -> bool:
    """Tell whether any condition of a rule holds for a description and none of its `not_words` does."""
    name = description["texts"]["name"]["fi"].casefold()
    if _has_word(name, rule.get("not_words", ())):
        return False
    return (
        _under(description["classes"], rule.get("classes", ()))
        or _under(description["groups"], rule.get("groups", ()))
        or _under(description["events"], rule.get("events", ()))
        or _has_word(name, rule.get("words", ()))
    )


def _under(codes: Iterable[str], wanted: Sequence[str]) -> bool:
    """Tell whether a code is one of the wanted ones or below one: P3.4 is below P3, P30 is not."""
    return any(code == top or code.startswith(f"{top}.") for code in codes for top in wanted)


def _has_word(name: str, beginnings: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(beginning.casefold())}", name) for beginning in beginnings)
