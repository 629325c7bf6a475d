"""Whether a telephone number can be one. Pure; the tables are those of the library `phonenumbers`."""

from enum import StrEnum
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, shortnumberinfo

REGION: Final = "FI"
# Numbers of example data: no number of a network begins like this. Source: the demo pack.
EXAMPLE: Final = "000"


class PhoneFault(StrEnum):
    """What is wrong with a number."""

    NO_NUMBER = "no-number"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    UNKNOWN_AREA = "unknown-area"  # right length, but no such area or operator


def fault_of(written: str) -> PhoneFault | None:
    """Return what is wrong with a number as it is written; None when it can be called, or is an example.

    Examples:
        >>> fault_of("112"), fault_of("116 117"), fault_of("040 123 4567"), fault_of("000 555 010")
        (None, None, None, None)
        >>> fault_of("08 12"), fault_of("kysy keskuksesta")
        (<PhoneFault.TOO_SHORT: 'too-short'>, <PhoneFault.NO_NUMBER: 'no-number'>)
    """
    digits = "".join(sign for sign in written if sign.isdigit())
    if digits.startswith(EXAMPLE) and not written.lstrip().startswith("+"):
        return None
    try:
        number = phonenumbers.parse(written, REGION)
    except NumberParseException as fault:
        return (
            PhoneFault.TOO_LONG if fault.error_type == NumberParseException.TOO_LONG else PhoneFault.NO_NUMBER
        )
    if phonenumbers.is_valid_number(number) or shortnumberinfo.is_valid_short_number(number):
        return None
    return _fault(number)


def _fault(number: PhoneNumber) -> PhoneFault:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return PhoneFault.TOO_LONG
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE:
        return PhoneFault.UNKNOWN_AREA
    return PhoneFault.TOO_SHORT
