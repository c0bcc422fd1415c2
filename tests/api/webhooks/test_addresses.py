"""Notices never go into the service's own network, however an address is written."""

import socket

import pytest

from movplan_api.webhooks.addresses import UnreachableError, check_url, resolve

PRIVATE = [
    "http://127.0.0.1/x",
    "http://127.1/x",
    "http://2130706433/x",
    "http://0x7f.0.0.1/x",
    "http://10.0.0.8:8080/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_as_written(url):
    with pytest.raises(UnreachableError, match="private"):
        check_url(url, may_reach_private=False)
    assert check_url(url, may_reach_private=True).hostname


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "http:///x", "http://u:p@example.org/", "http://a:99999/"],
)
def test_odd_addresses_are_refused(url):
    with pytest.raises(UnreachableError):
        check_url(url, may_reach_private=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://localhost/", "private"),
        ("https://LOCALHOST.:8443/", "private"),
        ("https://a.localhost/", "private"),
        ("http://example.org/", "https"),
    ],
)
def test_what_need_not_be_looked_up_to_be_refused(url, why):
    with pytest.raises(UnreachableError, match=why):
        check_url(url, may_reach_private=False)
    assert check_url(url, may_reach_private=True).hostname


def test_a_name_that_only_looks_like_this_machine():
    found = check_url("https://localhost.example.org/", may_reach_private=False)
    assert found.hostname == "localhost.example.org"


def resolving_to(monkeypatch, *addresses):
    def found(_host, port, **_more):
        kind = socket.AF_INET
        return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    """One private address among public ones is enough."""
    resolving_to(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(UnreachableError, match="private"):
        resolve("https://example.org/x", may_reach_private=False)
    resolving_to(monkeypatch, "93.184.216.34")
    address, parts = resolve("https://example.org/x", may_reach_private=False)
    assert (str(address), parts.hostname) == ("93.184.216.34", "example.org")


def test_a_name_that_is_nobodys(monkeypatch):
    def nobody(*_some, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(UnreachableError, match="resolve"):
        resolve("https://nobody.example/", may_reach_private=False)
