"""Tasks that fail while their cause lasts."""

from datetime import timedelta

from django_tasks import task

WORLD = {"broken": True}
DONE: list[str] = []


class Broken(RuntimeError):
    pass


@task(patience=timedelta(0))
def knock(name: str) -> None:
    """Fail with what nobody may read, or do it."""
    if WORLD["broken"]:
        message = "Aino Esimerkki, aino.esimerkki@perhe.example"
        raise Broken(message)
    DONE.append(name)


@task
def other() -> None:
    """Fail for a while."""
    raise Broken
