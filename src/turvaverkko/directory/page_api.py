"""The door of the directory for the pages of portals: what several pages show, and how a page answers.

`api.py` gives values; what is here has already chosen a municipality, a moment and a component.
"""

from turvaverkko.directory.choice import Choice, chosen, known_municipality, municipalities
from turvaverkko.directory.device import COOKIE as DIRECTORY_COOKIE
from turvaverkko.directory.device import remember_basket, remember_municipality
from turvaverkko.directory.freshness import conditional, forget, forget_pages, leave_no_trace
from turvaverkko.directory.happening_shapes import Visits
from turvaverkko.directory.happening_words import SPECIALTIES, kind_words
from turvaverkko.directory.help_card import HelpCard, help_card
from turvaverkko.directory.near_today import NearToday, near_today
from turvaverkko.directory.presenting import address, pack_sign
from turvaverkko.directory.queries import public_addresses
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.shared import age_knots, crisis_lines, crisis_numbers, place_rows, topic_rows

__all__ = [
    "DIRECTORY_COOKIE",
    "SPECIALTIES",
    "Choice",
    "HelpCard",
    "NearToday",
    "Visits",
    "address",
    "age_knots",
    "chosen",
    "conditional",
    "crisis_lines",
    "crisis_numbers",
    "forget",
    "forget_pages",
    "help_card",
    "kind_words",
    "known_municipality",
    "leave_no_trace",
    "municipalities",
    "near_today",
    "pack_sign",
    "place_rows",
    "public_addresses",
    "remember_basket",
    "remember_municipality",
    "remembered",
    "topic_rows",
]
