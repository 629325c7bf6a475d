"""The link of a letter: the public id of the letter, signed. Who was asked and until when is looked up."""

from typing import Final

from django.core.signing import BadSignature, Signer

_SIGNER: Final = Signer(salt="staying.ask", sep=".")


def token_of(public_id: str) -> str:
    """Return the token of a letter; the same every time."""
    return _SIGNER.sign(public_id)


def read(token: str) -> str | None:
    """Return the public id behind a token, or None when it is not one of ours."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return None
