"""For the tests of other apps: signing in through the real session, without the pages."""

from django.conf import settings
from django.test import Client

from turvaverkko.organisation.models import Staff
from turvaverkko.organisation.sign_in import services


def sign_in(client: Client, staff: Staff) -> str:
    """Give the client a session of this account, as the sign-in page would; return its token."""
    token = services.sign_in(staff, staff, adapter="test", means="code", browser="")
    client.cookies[settings.STAFF_COOKIE] = token
    return token
