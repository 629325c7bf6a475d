"""What every test of the project shares."""

from hypothesis import settings

# A property is about what is true, never about how long it took on a busy machine.
settings.register_profile("turvaverkko", deadline=None)
settings.load_profile("turvaverkko")
