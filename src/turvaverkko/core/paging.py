"""Which page of a list is asked for."""

from django.http import HttpRequest


def page_of(request: HttpRequest, total: int, on_page: int) -> tuple[int, int]:
    """Return the page that `sivu` asks for, from 1, and the last one there is; one too far is the last."""
    said = request.GET.get("sivu", "")
    wanted = max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1
    last = max(1, -(-total // on_page))
    return min(wanted, last), last
