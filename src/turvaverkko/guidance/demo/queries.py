"""Reads of the demo."""

from turvaverkko.guidance.models import ContactRequest


def is_empty() -> bool:
    """Tell whether nobody has asked for help here yet."""
    return not ContactRequest.objects.exists()
