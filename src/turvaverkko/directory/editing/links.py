"""Links in letters: the public id of a row and a keyed mark that only we can make.

The outbox keeps the id, never the mark: whoever reads the database cannot open anything by a link.
"""

import hmac
from typing import Final

from turvaverkko.core.secrets import keyed_hash

JOIN: Final = "editing-join"
ENTERING: Final = "editing-entering"
# Unit: signs of the mark. 32 hexadecimal signs are 128 bits.
MARK: Final = 32
# Unit: signs of anything that may be a token.
LONGEST: Final = 80


def token_of(purpose: str, public_id: str) -> str:
    """Return the part of an address that opens a row for one purpose."""
    return f"{public_id}-{keyed_hash(purpose, public_id)[:MARK]}"


def read_token(purpose: str, token: str) -> str:
    """Return the public id of a token that we made for the purpose, or an empty text."""
    public_id, _, mark = token[:LONGEST].partition("-")
    expected = keyed_hash(purpose, public_id)[:MARK]
    return public_id if hmac.compare_digest(mark.encode(), expected.encode()) else ""
