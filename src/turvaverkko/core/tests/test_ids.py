import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core import ids

BODIES = st.text(alphabet=ids.ALPHABET, min_size=ids.CODE_LENGTH, max_size=ids.CODE_LENGTH)


def test_twenty_thousand_public_ids_are_all_different_and_fit_for_an_address() -> None:
    made = {ids.new_public_id() for _ in range(20_000)}
    assert len(made) == 20_000
    assert all(len(one) == ids.PUBLIC_ID_LENGTH for one in made)
    assert set("".join(made)) == set(ids.ALPHABET.lower())
    assert all(one[0].isalpha() for one in made)


def test_public_ids_tell_nothing_of_their_order() -> None:
    made = [ids.new_public_id() for _ in range(200)]
    assert made not in (sorted(made), sorted(made, reverse=True))


def test_no_vowel_makes_a_word_and_no_sign_looks_like_another() -> None:
    assert not set("AEIOUYL") & set(ids.ALPHABET)
    assert len(ids.ALPHABET) == 29


def test_a_code_is_read_back_however_a_person_writes_it() -> None:
    for _ in range(200):
        code = ids.new_code()
        assert ids.read_code(code) == code
        assert ids.read_code(f"  {code.lower().replace('-', ' ')} ") == code
        assert ids.read_code(code.replace("0", "o").replace("1", "l")) == code


@given(body=BODIES, at=st.integers(0, ids.CODE_LENGTH), sign=st.sampled_from(ids.ALPHABET))
def test_one_wrong_sign_is_always_noticed(body: str, at: int, sign: str) -> None:
    code = body + ids.check_sign(body)
    wrong = code[:at] + sign + code[at + 1 :]
    if wrong != code:
        with pytest.raises(ids.BadCode):
            ids.read_code(wrong)


@given(body=BODIES, at=st.integers(0, ids.CODE_LENGTH - 1))
def test_two_swapped_neighbours_are_always_noticed(body: str, at: int) -> None:
    code = body + ids.check_sign(body)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        with pytest.raises(ids.BadCode):
            ids.read_code(swapped)


@pytest.mark.parametrize("written", ["", "7K3M9", "7K3M9-QTR2A", "7K3M9-QTR2X-7", "äöå", "x" * 10_000])
def test_what_is_no_code_is_refused(written: str) -> None:
    with pytest.raises(ids.BadCode):
        ids.read_code(written)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        pytest.param("Äitiysneuvola", "aitiysneuvola", id="a with dots"),
        pytest.param("Öljymäki & Åvik", "oljymaki-avik", id="o with dots, a with a ring"),
        pytest.param("Mánáidgárdi Ŋ", "manaidgardi-n", id="Northern Sámi"),
        pytest.param("Œuvre naïve", "uvre-naive", id="French"),
        pytest.param("Семья", "", id="another script leaves nothing"),
        pytest.param("  --  ", "", id="nothing at all"),
    ],
)
def test_slugs_are_readable_in_finnish(text: str, slug: str) -> None:
    assert ids.slugify_fi(text) == slug


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert ids.slugify_fi("perhe " * 40, max_length=20) == "perhe-perhe-perhe"
    assert len(ids.slugify_fi("a" * 500)) == 80


@given(text=st.text(max_size=300), length=st.integers(5, 80))
def test_a_slug_never_holds_anything_but_small_letters_digits_and_hyphens(text: str, length: int) -> None:
    slug = ids.slugify_fi(text, max_length=length)
    assert set(slug) <= set(string.ascii_lowercase + string.digits + "-")
    assert len(slug) <= length
    assert ids.slugify_fi(slug, max_length=length) == slug
