"""Addresses of many things of one kind are those that `reverse` gives."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import translation

from turvaverkko.core.addresses import addresses_of
from turvaverkko.core.ids import new_public_id

NAME = "guidance:desk-request"


@pytest.mark.parametrize("language", ["fi", "sv", "ar"])
def test_an_address_is_that_of_reverse(language: str) -> None:
    one, other = new_public_id(), new_public_id()
    with translation.override(language):
        address = addresses_of(NAME)
        assert [address(one), address(other)] == [reverse(NAME, args=[one]), reverse(NAME, args=[other])]


def test_a_site_below_a_folder_has_its_own() -> None:
    addresses_of(NAME)
    set_script_prefix("/perhe/")
    try:
        assert addresses_of(NAME)("abc") == reverse(NAME, args=["abc"])
        assert addresses_of(NAME)("abc").startswith("/perhe/")
    finally:
        set_script_prefix("/")


def test_a_name_that_is_no_address_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        addresses_of("guidance:nowhere")
