import asyncio
import socket

import pytest

from crawler.network.guard import (
    PrivateAddress,
    find_own_addresses,
    guarded_connector,
    is_public,
    meant,
    parse_allowed,
    refuse_literal,
)
from crawler.network.politeness import RefusedRequest
from store.errors import UsageError


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "100.64.0.1", "::1",
     "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "224.0.0.1", "2002:7f00:1::",
     "64:ff9b::a00:1", "::10.0.0.1", "255.255.255.255", "240.0.0.1", "fec0::1", "3fff::1", "192.0.0.8", "192.88.99.1"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known_for_it(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8",
                                     "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_a_public_address_is_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "127.1", "[::1]", "localhost", "a.localhost", "169.254.169.254",
             "0177.0.0.1", "１２７.0.0.1", "127.0.0.1.", "127%2e0%2e0%2e1", "127。0。0。1", "ⓛocalhost",
             "%6cocalhost", "localhost%2e", "loc\u00adalhost"]
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


def test_what_the_owner_allows_is_read_as_networks_hosts_and_domains() -> None:
    allowed = parse_allowed("10.1.0.0/16, news.intranet .press.intranet fd00::/8")
    assert allowed.has_network_of("10.1.2.3") and allowed.has_network_of("fd00::1")
    assert not allowed.has_network_of("10.2.0.1")
    assert allowed.has_name("news.intranet") and allowed.has_name("a.press.intranet")
    assert not allowed.has_name("press.intranet") and not allowed.has_name("evilnews.intranet")


@pytest.mark.parametrize("word", ["10.1.0.0/99", "http://a/", "300.1.1.1", "a b/c"])
def test_a_word_that_allows_nothing_is_named(word: str) -> None:
    with pytest.raises(UsageError, match="AVVISI_ALLOW"):
        parse_allowed(word)


def test_no_socket_is_opened_to_a_private_address_unless_it_is_meant_for_this_request() -> None:
    async def scene() -> None:
        connector = guarded_connector(allowed=parse_allowed("10.1.0.0/16"))
        info = lambda address, port=80: (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))  # noqa: E731
        for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254"):
            with pytest.raises(PrivateAddress):
                connector._socket_factory(info(address))
        connector._socket_factory(info("10.1.0.1")).close()
        meant.set(lambda place: place == ("127.0.0.1", 8000))
        connector._socket_factory(info("127.0.0.1", 8000)).close()
        with pytest.raises(PrivateAddress):
            connector._socket_factory(info("127.0.0.1", 8001))
        await connector.close()

    asyncio.run(scene())
