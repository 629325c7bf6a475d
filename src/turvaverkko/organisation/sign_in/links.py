"""The one-time link of an account, as an administrator hands it on."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode


def enrolment_link(token: str) -> str:
    """The address at which an account is taken into use. Good once, for three days."""
    path = f"{reverse('sign_in:enrol')}?{urlencode({'avain': token})}"
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
