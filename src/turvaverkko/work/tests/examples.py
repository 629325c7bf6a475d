"""A row of this app's kind, for the walk through the permission matrix."""

from turvaverkko.access.testing import example
from turvaverkko.work.api import About, open_item

example("work.item", lambda matter: open_item(matter, kind="request", state="new", about=About()))
