import pytest

from crawler.guard import find_own_addresses, is_public, refuse_literal
from crawler.politeness import RefusedRequest


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "100.64.0.1", "::1",
     "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "224.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known_for_it(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8"])
def test_a_public_address_is_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "127.1", "[::1]", "localhost", "a.localhost", "169.254.169.254"]
)
def test_a_private_address_is_refused_behind_a_proxy_in_every_spelling(host: str) -> None:
    with pytest.raises(RefusedRequest) as refused:
        refuse_literal(host)
    assert refused.value.reason == "private_address"


@pytest.mark.parametrize("host", ["a.example", "8.8.8.8", "xn--bcher-kva.example", "10.example"])
def test_a_name_is_not_taken_for_an_address(host: str) -> None:
    refuse_literal(host)


def test_a_source_may_name_a_private_address_itself_but_only_with_its_port() -> None:
    own = find_own_addresses(("http://127.0.0.1:8000/feed.xml", "http://a.example/", "http://localhost/"))
    assert own == {("127.0.0.1", 8000), ("127.0.0.1", 80), ("::1", 80)}
