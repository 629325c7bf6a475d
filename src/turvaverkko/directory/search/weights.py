"""Every number of the ranking, with what it weighs. Measured choices: ../evidence/finnish_search.md.

All weights are without unit. The benchmark behind them is run by `search-eval`.
"""

from typing import Final

# Where a word stands in an entry.
FIELD: Final = {
    "name": 8.0,
    "keywords": 5.0,
    "summary": 3.0,
    "organisation": 1.5,
    "description": 1.0,
    "inherited": 0.6,
}
# Saturation: how fast a repeated word stops helping. Length: how much a long field dilutes.
SATURATION: Final = 1.2
LENGTH: Final = {
    "name": 0.35,
    "keywords": 0.2,
    "summary": 0.4,
    "organisation": 0.2,
    "description": 0.6,
    "inherited": 0.6,
}

# How a variant of a query word counts against the word itself.
LEMMA: Final = 1.0
IN_COMPOUND: Final = 0.65
OWN_COMPOUND: Final = 0.6
OWN_PART: Final = 0.4
CONCEPT: Final = 0.75
OTHER_LANGUAGE: Final = 0.9
FUZZY: Final = 0.85
SUBSTRING: Final = 0.5
# A word that says whom, not what ("lapsi", "perhe", "palvelu"), against one that says what.
GENERIC: Final = 0.3
# Of the variants that also matched besides the best one.
OTHER_VARIANTS: Final = 0.15
# A neighbouring concept (day care at night for day care) against the concept itself.
RELATED: Final = 0.3

# Coverage instead of AND: an entry that answers one word of two keeps 0.4 + 0.6 x share.
COVERAGE_FLOOR: Final = 0.4

# The place is a boost, never a filter.
SAME_PLACE: Final = 3.0
WHOLE_COUNTY: Final = 0.7
OTHER_PLACE: Final = 0.15
# Entries meant for others than families stand behind equally good ones.
NOT_FOR_FAMILIES: Final = 0.6
# An age typed in the query.
AGE_FITS: Final = 1.3
AGE_MISSES: Final = 0.5

# Unit: share of letters. Below this two words are not the same word mistyped.
FUZZY_FLOOR: Final = 0.74
# Unit: share of the query's meaning that must be found for results without "perhaps". Own queries
# about things outside the catalogue stay under it, families' questions above.
CONFIDENT: Final = 0.55
# Unit: share of the best score. Results far behind the best one are shown with "perhaps".
NEAR_THE_BEST: Final = 0.12
