"""Rows that carry a copy of their matter's unit and confidentiality follow it, open or closed.

A list reads one indexed table because of the copy, so a stale one would show a moved matter to the unit it
left. Which models have one is told by their `GATE`: nobody on the floors above can forget to listen.
"""

from django.apps import apps

from turvaverkko.access.models import Matter


def renew(matter: Matter) -> int:
    """Write the matter's unit and confidentiality into every row that carries them; return how many."""
    changed = 0
    for model in apps.get_models():
        gate = getattr(model, "GATE", None)
        if gate is not None and gate.has_copies:
            rows = model._base_manager.filter(matter_id=matter.pk)  # noqa: SLF001 - documented
            changed += rows.update(unit_id=matter.unit_id, confidentiality=matter.confidentiality)
    return changed
