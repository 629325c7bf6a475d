"""Which adapter of the port the installation uses: `settings.STAFF_SIGN_IN` names it."""

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from turvaverkko.organisation.sign_in.port import SignInPort


@cache
def the_port() -> SignInPort:
    """The adapter of this installation."""
    return cast("SignInPort", import_string(settings.STAFF_SIGN_IN)())
