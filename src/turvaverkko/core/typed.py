"""What a person typed is not lost when it cannot be stored: the page that says so sends it again.

Only forms that ask for it are repeated, so a password never is.
"""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

_MARK: Final = "typed_is_repeated"
# Unit: signs. What is longer, or has lines, is shown; what is shorter goes along unseen.
_SHOWN_FROM: Final = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a form as it was sent."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether somebody wrote it with care: then it is shown, so that it can also be copied."""
        return len(self.value) > _SHOWN_FROM or "\n" in self.value


def repeat_typed(request: HttpRequest) -> None:
    """Say that what this request sends may stand on the page that tells of a failure. It is no secret."""
    setattr(request, _MARK, True)


def typed_of(request: HttpRequest) -> list[Typed] | None:
    """Return what was sent, in the order of the form; None when nothing was, or its form did not ask."""
    if request.method != "POST" or not getattr(request, _MARK, False):
        return None
    return [Typed(name, str(value)) for name, values in request.POST.lists() for value in values]
