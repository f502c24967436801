"""A curator names an address: its page is fetched, and nothing that only this machine or its network can reach."""

import datetime as dt
import gzip
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from debate.interchange.fetching import fetching
from debate.interchange.fetching.addresses import NotFetched, is_public, target_of
from debate.interchange.fetching.fetching import Way, fetch
from tests.bringing.servers import PRIVATE, answer, moved, serving, way_to


def refused(address, way=None):
    with pytest.raises(NotFetched) as problem:
        fetch(address, way or Way(resolve=lambda *_: pytest.fail("was looked up")))
    return str(problem.value)


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    for number in range(1_000):
        connection.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.05)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"<p>more</p>" * 10_000)


def test_a_page_is_fetched_with_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving({"/one?a=1": answer("<p>café</p>".encode("latin-1"), kind="text/html; charset=ISO-8859-1")}) as server:
        way, asked = way_to(server)
        found = fetch(f"http://essay.example:{server.port}/one?a=1#part", way)
    assert (found.kind, found.charset, found.body) == ("text/html", "iso-8859-1", b"<p>caf\xe9</p>")
    assert asked == ["essay.example"]
    head = server.heads[0].splitlines()
    assert head[:2] == ["GET /one?a=1 HTTP/1.1", f"Host: essay.example:{server.port}"]
    assert "Accept-Encoding: identity" in head
    assert not [line for line in head if line.lower().startswith(("cookie", "authorization", "referer"))]


def test_a_page_that_has_moved_is_followed_and_told_by_its_last_address():
    with serving({"/old": moved("/new"), "/new": answer()}) as server:
        way, asked = way_to(server)
        found = fetch(f"http://essay.example:{server.port}/old", way)
    assert found.address == f"http://essay.example:{server.port}/new"
    assert len(asked) == 2


def test_pages_that_lead_on_for_ever_are_given_up():
    with serving({"/": moved("/")}) as server:
        said = refused(f"http://essay.example:{server.port}/", way_to(server)[0])
    assert said == "The address leads on to another more than 4 times."
    assert len(server.heads) == 5


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0x7f000001:{port}/",
        "//127.0.0.1:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "http://user@essay.example:{port}/",
    ],
)
def test_no_redirect_leads_where_only_this_machine_can_go(to):
    with serving({"/": answer(b"secret")}, PRIVATE) as trap, serving({"/": moved(to.format(port=trap.port))}) as server:
        way, _asked = way_to(server)
        refused(f"http://essay.example:{server.port}/", Way(**vars(way) | {"ports": (*way.ports, trap.port)}))
    assert len(server.heads) == 1
    assert trap.heads == []


def test_a_name_that_becomes_private_after_it_was_checked_changes_nothing():
    """DNS rebinding: the second answer would be private, and is not asked for."""
    with serving({"/": answer(b"public")}) as server:
        way, asked = way_to(server, "127.0.0.2", PRIVATE)
        assert fetch(f"http://essay.example:{server.port}/", way).body == b"public"
    assert len(asked) == 1


def test_a_name_that_is_private_at_the_second_look_up_is_not_followed():
    with serving({"/": moved("/again"), "/again": answer()}) as server:
        way, asked = way_to(server, "127.0.0.2", PRIVATE)
        assert "private network" in refused(f"http://essay.example:{server.port}/", way)
    assert len(asked) == 2
    assert len(server.heads) == 1


def test_a_name_of_which_one_number_is_private_is_not_asked():
    way = Way(resolve=lambda *_: ["93.184.215.14", "10.0.0.1"])
    assert refused("http://essay.example/", way) == (
        "The address leads to a private network; only what everybody can reach is fetched."
    )


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [(drip, "It took longer than 1 seconds."), (endless, "The page has more than 5 MB.")],
    ids=["a header that drips", "a body without end"],
)
def test_a_server_cannot_keep_us(behaviour, told):
    began = time.monotonic()
    with serving({"/": behaviour}) as server:
        seconds = 1.0 if behaviour is drip else 5.0
        assert refused(f"http://essay.example:{server.port}/", way_to(server, seconds=seconds)[0]) == told
    assert time.monotonic() - began < seconds + 1


def test_a_look_up_cannot_keep_us():
    way = Way(resolve=lambda *_: time.sleep(2) or [], seconds=0.3)
    assert "It took longer" in refused("http://essay.example/", way)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (answer(gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip"), "The server packs its pages although"),
        (answer(b"%PDF", kind="application/pdf"), "There is no page at this address, but application/pdf."),
        (answer(b"<svg/>", kind="image/svg+xml"), "There is no page at this address, but image/svg+xml."),
        (answer(status="404 Not Found"), "The server answered with 404 instead of a page."),
        (answer(Content_Length=100), "The page broke off before its end."),
        (b"220 mail ready\r\n", "No server answered there as one of the web does."),
        (b"", "No server answered there as one of the web does."),
    ],
    ids=["gzip bomb", "PDF", "SVG", "no page", "half a page", "no web", "nothing"],
)
def test_what_is_no_page_is_refused(said, told):
    with serving({"/": said}) as server:
        assert refused(f"http://essay.example:{server.port}/", way_to(server)[0]).startswith(told)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "file:///etc/passwd",
            "gopher://essay.example/",
            "ftp://essay.example/",
            "javascript:alert(1)",
            "essay.example",
        ),
        *("http://user@essay.example/", "http://user:secret@essay.example/", "http://@essay.example/"),
        *("http://essay.example:22/", "http://essay.example:6379/", "http://essay.example:99999/", "http://a:b/"),
        *("http://0177.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/"),
        *("http://127.0.0.1/", "http://127.0.0.1./", "http://１２７.０.０.１/", "http://0/", "http://0.0.0.0/"),
        *(
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://100.100.100.200/",
        ),
        *("http://169.254.169.254/", "http://168.63.129.16/", "http://192.0.0.192/", "http://198.18.0.1/"),
        *(
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://240.0.0.1/",
            "http://192.0.2.1/",
            "http://192.88.99.1/",
        ),
        *("http://[::1]/", "http://[::]/", "http://[::ffff:10.0.0.1]/", "http://[::127.0.0.1]/", "http://[fe80::1]/"),
        *("http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/"),
        *(
            "http://[2002:7f00:1::]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[64:ff9b:1::1]/",
        ),
        *("http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[fec0::1]/", "http://[::1", "http://[v1.x]/"),
        *("http://localhost/", "http:///path", "http://", "http://a b/", "http://essay.example\\@127.0.0.1/"),
        *(
            "http://essay.example/\r\nHost: x",
            "http://essay.example/\0",
            "http://-/",
            "http://a..b/",
            "http://x." + "a" * 3_000,
        ),
    ],
)
def test_an_address_that_leads_elsewhere_than_to_the_web_is_refused_before_anything_is_asked(address):
    said = refused(address)
    assert said.endswith(".")
    assert said.count(". ") == 0


@pytest.mark.parametrize(
    "number", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_what_everybody_can_reach_is_public(number):
    assert is_public(fetching.checked([number], lambda _number: True)[0])


def test_an_address_is_asked_for_as_it_was_meant():
    told = target_of("https://Bücher.example./a b".replace(" ", "%20") + "?q=ü&x=[1]#part")
    assert told == ("https", "xn--bcher-kva.example", 443, "/a%20b?q=%C3%BC&x=%5B1%5D")
    assert target_of("http://[2606:2800::1]/").host_header == "[2606:2800::1]"


def own_certificate(folder, name):
    """A certificate for a name that only tests trust; the path of it with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_a_server_proves_to_be_the_one_that_was_named(tmp_path):
    path = own_certificate(tmp_path, "essay.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with serving({"/": answer()}, context=context) as server:
        trusting = way_to(server, context=ssl.create_default_context(cafile=path))[0]
        assert fetch(f"https://essay.example:{server.port}/", trusting).body == b"<p>A page.</p>"
        assert "cannot prove who it is" in refused(f"https://other.example:{server.port}/", trusting)
        assert "cannot prove who it is" in refused(f"https://essay.example:{server.port}/", way_to(server)[0])
