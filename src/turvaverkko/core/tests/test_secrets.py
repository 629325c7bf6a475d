"""Personal texts under keys: what the database sees, what a wrong key sees, how keys change."""

import pytest
from django.test import override_settings

from turvaverkko.core import secrets
from turvaverkko.core.encrypted import EncryptedTextField

OLD = "an-old-key-0123456789-0123456789-ab"
NEW = "a-new-key-0123456789-0123456789-abc"


def test_a_text_comes_back_and_is_never_stored_twice_alike() -> None:
    first, second = secrets.encrypt("Äiti ei jaksa 🙂"), secrets.encrypt("Äiti ei jaksa 🙂")
    assert first != second
    assert "jaksa" not in first
    assert secrets.decrypt(first) == secrets.decrypt(second) == "Äiti ei jaksa 🙂"


def test_a_changed_token_and_a_foreign_key_are_refused_without_telling_the_content() -> None:
    token = secrets.encrypt("salaisuus")
    for bad in (token[:-4] + "AAAA", "", "ei-salattu"):
        with pytest.raises(secrets.Undecipherable) as refused:
            secrets.decrypt(bad)
        assert "salaisuus" not in str(refused.value)
    with override_settings(DATA_KEYS=[NEW]), pytest.raises(secrets.Undecipherable):
        secrets.decrypt(token)


def test_a_new_key_is_put_first_and_old_texts_are_written_anew() -> None:
    with override_settings(DATA_KEYS=[OLD]):
        token = secrets.encrypt("teksti")
    with override_settings(DATA_KEYS=[NEW, OLD]):
        assert secrets.decrypt(token) == "teksti"
        moved = secrets.rotated(token)
        assert moved is not None
        assert secrets.rotated(moved) is None
    with override_settings(DATA_KEYS=[NEW]):
        assert secrets.decrypt(moved) == "teksti"
        with pytest.raises(secrets.Undecipherable):
            secrets.rotated(token)


def test_the_keyed_hash_depends_on_purpose_and_key() -> None:
    found = secrets.keyed_hash("code", "ABC")
    assert found == secrets.keyed_hash("code", "ABC")
    assert found != secrets.keyed_hash("phone", "ABC")
    with override_settings(LOOKUP_KEY=NEW):
        assert found != secrets.keyed_hash("code", "ABC")


def test_a_short_key_is_no_key() -> None:
    with override_settings(DATA_KEYS=["lyhyt"]), pytest.raises(ValueError, match="32"):
        secrets.encrypt("x")


def test_the_field_refuses_comparisons() -> None:
    field = EncryptedTextField()
    assert field.get_lookup("isnull") is not None
    for name in ("exact", "contains", "in", "gt"):
        with pytest.raises(TypeError, match="keyed hash"):
            field.get_lookup(name)
    assert field.get_prep_value("") == ""
    assert field.from_db_value(field.get_prep_value("soita illalla")) == "soita illalla"
