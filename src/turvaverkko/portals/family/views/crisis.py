"""Emergency help: one light page that opens when nothing else does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from turvaverkko.directory import page_api as pages


@require_safe
@pages.conditional
def crisis(request: HttpRequest) -> HttpResponse:
    """GET kiireellinen-apu/ : every number that helps at once, those that answer now first."""
    language = get_language() or "fi"
    lines = pages.crisis_lines(language)
    context = {
        "numbers": pages.crisis_numbers(language),
        "chats": [line for line in lines if line.url],
        "checked": min((line.checked_on for line in lines), default=None),
    }
    return render(request, "family/crisis.html", context)
