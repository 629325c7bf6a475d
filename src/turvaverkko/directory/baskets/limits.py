"""What one address of the net may do how often: begin baskets, try codes in vain."""

from typing import Final

from turvaverkko.core.limits import Limit
from turvaverkko.directory.baskets.rules import BEGINNINGS, BEGINNINGS_WINDOW, GUESSES, GUESSES_WINDOW

BEGINNING: Final = Limit("baskets.begin", BEGINNINGS, BEGINNINGS_WINDOW)
GUESSING: Final = Limit("baskets.code", GUESSES, GUESSES_WINDOW)
