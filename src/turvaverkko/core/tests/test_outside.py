"""Looking at the web: what a status is, and into which networks nobody looks."""

import datetime
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from turvaverkko.core import outside
from turvaverkko.core.outside import NoLook, Outside, is_public
from turvaverkko.core.tests.web_server import Site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.shutdown()
    found.server_close()


def web(**changes: float) -> Outside:
    """May ask this machine: the guard itself is tested below."""
    return Outside("test", may_ask=lambda address: address == "127.0.0.1", **changes)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/200", 200),
        ("/404", 404),
        ("/500", 500),
        ("/403", 403),
        ("/429", 429),
        ("/to/to/200", 200),
        ("/to/404", 404),
        ("/headless/200", 200),
        ("/huge", 200),
        ("/200?haku=äiti", 404),
    ],
)
def test_statuses(site: Site, path: str, status: int) -> None:
    assert web().status_of(site.url(path)) == status


def test_head_is_asked_first_and_get_only_when_it_fails(site: Site) -> None:
    web().status_of(site.url("/204"))
    assert (site.asked["HEAD /204"], site.asked["GET /204"]) == (1, 0)
    web().status_of(site.url("/410"))
    assert (site.asked["HEAD /410"], site.asked["GET /410"]) == (1, 1)


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/circle", "circles"),
        ("/garbage", "unreachable"),
        ("/cut", "unreachable"),
        ("/to/ftp://a.example/", "forbidden"),
    ],
)
def test_no_answer(site: Site, path: str, trouble: str) -> None:
    with pytest.raises(NoLook) as found:
        web().status_of(site.url(path))
    assert found.value.trouble == trouble


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_silence_and_a_sign_at_a_time_are_given_up(site: Site, path: str) -> None:
    with pytest.raises(NoLook) as found:
        web(silence=0.5, whole_look=1.0).status_of(site.url(path))
    assert found.value.trouble == "slow"


def test_a_certificate_that_does_not_hold(tmp_path: Path) -> None:
    site = Site(certificate(tmp_path / "site.pem"))
    try:
        with pytest.raises(NoLook) as found:
            web().status_of(site.url("/200"))
        assert found.value.trouble == "insecure"
    finally:
        site.shutdown()
        site.server_close()


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoLook) as found:
        web().status_of(f"http://127.0.0.1:{port}/")
    assert found.value.trouble == "unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
        "ftp://palvelu.example/",
        "file:///etc/passwd",
        "http://nimi:sana@palvelu.example/",
        "http://palvelu.example:99999/",
        "http://",
        "javascript:alert(1)",
    ],
)
def test_nothing_is_asked_inside_or_otherwise(url: str) -> None:
    with pytest.raises(NoLook) as found:
        Outside("test").status_of(url)
    assert found.value.trouble == "forbidden"


def test_a_redirect_inwards_is_not_followed(site: Site) -> None:
    def may_ask(address: str) -> bool:
        return address == "127.0.0.1"

    with pytest.raises(NoLook) as found:
        Outside("test", may_ask=may_ask).status_of(site.url("/to/http://127.0.0.2/"))
    assert found.value.trouble == "forbidden"


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", (one, 80)) for one in ("193.166.3.2", "10.0.0.7")]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_a, **_k: answers)
    with pytest.raises(NoLook) as found:
        Outside("test").status_of("http://palvelu.example/")
    assert found.value.trouble == "forbidden"


@pytest.mark.parametrize("address", ["224.0.0.1", "2002:7f00:1::", "fe80::1", "fd00::1", "192.168.1.1"])
def test_more_networks_of_our_own(address: str) -> None:
    assert not is_public(address)


def certificate(path: Path) -> Path:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "palvelu.example")])
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
