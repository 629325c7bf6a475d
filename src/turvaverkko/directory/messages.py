"""What the directory announces to the floors above it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListingChanged:
    """Something public became otherwise, or is public no longer.

    Attributes:
        key: kind and slug, such as "happening/perhekahvila", as the search knows it.
    """

    key: str
