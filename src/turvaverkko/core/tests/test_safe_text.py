import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from turvaverkko.core import safe_html, safe_text

HIDDEN = [
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00\x1b\x7f\x9b"
]
NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from([*HIDDEN, *"<>&\"'*[]()#-\n\r\t \u2028"]),
    ),
    max_size=300,
)
SPELLS = st.lists(
    st.one_of(
        NASTY,
        st.sampled_from(
            [
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](data:text/html;base64,PHNj)",
                "[a](//evil.example)",
                "<svg/onload=alert(1)>",
                "**b**",
                "*e*",
                "# h",
                "- item",
                "1. item",
                "[ok](https://example.org/?a=1&b=2)",
                "\n\n",
                '" onclick="x',
                "<a href='x'",
            ]
        ),
    ),
    max_size=12,
).map("".join)


class Reader(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def is_harmless(html: str) -> bool:
    reader = Reader()
    reader.feed(html)
    reader.close()
    for tag, attributes in reader.found:
        if tag not in safe_html.TAGS or not set(attributes) <= {"href", "rel"}:
            return False
        if not re.match(r"https?://|mailto:|tel:|/(?!/)", attributes.get("href") or "/", re.IGNORECASE):
            return False
    return not set(html) & set(HIDDEN)


@given(text=SPELLS)
def test_no_text_becomes_a_script_or_turns_its_neighbours(text: str) -> None:
    assert is_harmless(safe_html.markdown_to_html(text))
    assert is_harmless(safe_html.text_to_html(text))


@given(text=SPELLS)
@example(text="\ud800")
@example(text="&#x202e;")
def test_plain_text_holds_no_hidden_sign_and_is_one_line(text: str) -> None:
    flat = safe_html.plain(text)
    assert not set(flat) & {*HIDDEN, "\n", "\t"}


@given(text=NASTY, length=st.integers(1, 60))
def test_a_query_is_short_one_line_and_cleaning_it_again_changes_nothing(text: str, length: int) -> None:
    once = safe_text.clean_query(text, length)
    assert len(once) <= length
    assert once == once.strip()
    assert not set(once) & {*HIDDEN, "\n", "\t", "\u200d"}
    assert safe_text.clean_query(once, length) == once


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("Hei\nsinä", "<p>Hei<br>sinä</p>", id="line end"),
        pytest.param("yksi\n\nkaksi", "<p>yksi</p><p>kaksi</p>", id="paragraphs"),
        pytest.param("# Kenelle\nLapsille", "<h3>Kenelle</h3><p>Lapsille</p>", id="heading"),
        pytest.param("## Kenelle", "<h4>Kenelle</h4>", id="heading below"),
        pytest.param("* ma\n* ti", "<ul><li>ma</li><li>ti</li></ul>", id="list"),
        pytest.param("1. soita\n2. tule", "<ol><li>soita</li><li>tule</li></ol>", id="numbered list"),
        pytest.param(
            "Tuo:\n- kortti\nTervetuloa", "<p>Tuo:</p><ul><li>kortti</li></ul><p>Tervetuloa</p>", id="mixed"
        ),
        pytest.param("*heti* ja **nyt**", "<p><em>heti</em> ja <strong>nyt</strong></p>", id="stress"),
        pytest.param("2 * 3 * 4", "<p>2 * 3 * 4</p>", id="stars that are no stress"),
        pytest.param("a < b & c", "<p>a &lt; b &amp; c</p>", id="signs of HTML"),
        pytest.param("x <b>y</b>", "<p>x &lt;b&gt;y&lt;/b&gt;</p>", id="HTML stays text"),
        pytest.param(
            "[soita](tel:000555010)",
            '<p><a href="tel:000555010" rel="noopener">soita</a></p>',
            id="telephone",
        ),
        pytest.param(
            "[koti](/palvelut/)", '<p><a href="/palvelut/" rel="noopener">koti</a></p>', id="own page"
        ),
        pytest.param("[a](//evil.example)", "<p>[a](//evil.example)</p>", id="another's page in disguise"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_small_markdown(markdown: str, html: str) -> None:
    assert safe_html.markdown_to_html(markdown) == html


def test_headings_begin_where_the_page_says() -> None:
    assert safe_html.markdown_to_html("# A\n#### B", first_heading=2) == "<h2>A</h2><h5>B</h5>"
    assert safe_html.markdown_to_html("#### B", first_heading=5) == "<h6>B</h6>"


def test_what_was_disarmed_is_counted_but_not_repeated() -> None:
    cleaned = safe_html.cleaned_html("a\u202eb\x00 <script>x</script> [p](javascript:q)")
    assert cleaned.removed == {"bidi": 1, "control": 1, "markup": 2, "address": 1}
    assert cleaned.is_changed
    assert not safe_html.cleaned_html("Tule mukaan").is_changed


def test_a_query_of_ten_thousand_characters_is_cut_and_told() -> None:
    cleaned = safe_text.cleaned_query("vauva ei nuku " * 715)
    assert len(cleaned.text) <= safe_text.QUERY_LENGTH
    assert cleaned.text.endswith(("vauva", "ei", "nuku"))
    assert cleaned.removed["cut"] > 9_000


@pytest.mark.parametrize("piece", ["**", "*a", "[", "[a](", "<", "# ", "- ", "\u202e", "<a ", "a*"])
def test_ten_thousand_signs_of_malice_take_no_long_time(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()
    assert is_harmless(safe_html.markdown_to_html(text))
    safe_html.plain(text)
    safe_text.clean_query(text)
    assert time.perf_counter() - began < 5  # seconds; a backtracking pattern needs minutes


@pytest.mark.parametrize(
    ("written", "href"),
    [
        pytest.param("000 555 010", "tel:000555010", id="groups"),
        pytest.param("116 117", "tel:116117", id="short number"),
        pytest.param("+358 (0)8 000 555", "tel:+3588000555", id="zero in brackets"),
        pytest.param("puh. 08–000 5550 (arkisin 8–16)", "tel:080005550", id="with words and hours"),
        pytest.param("(08) 000 5550", "tel:080005550", id="area code in brackets"),
        pytest.param("000 555 010 (8-16)", "tel:000555010", id="hours in brackets"),
        pytest.param("000 555 010 / 000 555 011", "tel:000555010", id="two numbers: the first"),
        pytest.param("\u202e112", "tel:112", id="a turned number is turned back"),
        pytest.param("ei numeroa", "", id="no number"),
    ],
)
def test_the_address_of_a_telephone(written: str, href: str) -> None:
    assert safe_text.phone_href(written) == href


@pytest.mark.parametrize("sign", HIDDEN, ids=[f"U+{ord(sign):04X}" for sign in HIDDEN])
def test_each_hidden_sign_is_taken_out_everywhere(sign: str) -> None:
    text = f"neuvo{sign}la"
    assert safe_text.strip_controls(text) == "neuvola"
    assert safe_text.clean_query(text) == "neuvola"
    assert safe_html.plain(text) == "neuvola"
    assert safe_html.markdown_to_html(text) == safe_html.text_to_html(text) == "<p>neuvola</p>"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<a href="javascript:x">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="data:text/html,x" onclick="x">a</a>', '<a rel="noopener">a</a>'),
        ("<script>x</script><p>a</p>", "<p>a</p>"),
        ('<p style="x" class="x">a</p>', "<p>a</p>"),
    ],
)
def test_the_second_lock_holds_when_the_first_has_a_hole(html: str, left: str) -> None:
    assert safe_html._checked(html) == left
