"""Who counts as one client: by the address of the connection, or by what a trusted proxy says, and no other."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from simulator.inputs.messages import InputError
from simulator.page import compare_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import RunStore
from simulator.page.safety import HEADERS, client_of
from simulator.page.serving import Address, configured, serve

PROXY = "127.0.0.1"
ONE, TWO = "198.51.100.1", "203.0.113.2"
"""Addresses of visitors."""


def page(runs: Path, trusted: str) -> ASGIApp:
    """The page as it is served, of which each client may have one run in the line; nothing is carried out."""
    limits = Limits(waiting_each=1)
    config = configured(app_of(RunStore(runs), limits, "program"), limits, trusted)
    config.load()
    loaded: ASGIApp = config.loaded_app
    return loaded


def asked(page: ASGIApp, host: str, said: str | None, seed: int) -> int:
    """Ask a question from an address; give the status of the answer.

    Parameters
    ----------
    page
        Which is asked.
    host
        That the connection comes from.
    said
        What the request says that it comes from, None if nothing.
    seed
        By which questions differ.
    """
    headers = {"Sec-Fetch-Site": "same-origin"} | ({} if said is None else {"X-Forwarded-For": said})
    form = compare_asked.fields_by_default() | {"seed": [str(seed)]}
    client = TestClient(page, client=(host, 50_000), follow_redirects=False)
    return client.post("/compare", data=form, headers=headers).status_code


def test_visitors_of_a_trusted_proxy_are_clients_of_their_own(tmp_path: Path) -> None:
    served = page(tmp_path, PROXY)
    assert asked(served, PROXY, ONE, 1) == 303
    assert asked(served, PROXY, TWO, 2) == 303
    assert asked(served, PROXY, ONE, 3) == 429


def test_visitors_of_a_proxy_that_is_not_trusted_are_one_client(tmp_path: Path) -> None:
    served = page(tmp_path, "")
    assert asked(served, PROXY, ONE, 1) == 303
    assert asked(served, PROXY, TWO, 2) == 429


def test_nobody_but_the_proxy_can_claim_an_address(tmp_path: Path) -> None:
    served = page(tmp_path, PROXY)
    assert asked(served, ONE, None, 1) == 303
    assert asked(served, ONE, TWO, 2) == 429
    assert asked(served, TWO, ONE, 3) == 303


def test_of_addresses_in_a_row_the_one_that_the_proxy_added_counts(tmp_path: Path) -> None:
    """What stands before it came from the visitor."""
    served = page(tmp_path, PROXY)
    assert asked(served, PROXY, f"{TWO}, {ONE}", 1) == 303
    assert asked(served, PROXY, ONE, 2) == 429
    assert asked(served, PROXY, TWO, 3) == 303


def test_a_network_of_proxies_is_trusted(tmp_path: Path) -> None:
    served = page(tmp_path, "192.0.2.7, 10.88.0.0/16")
    assert asked(served, "10.88.0.1", ONE, 1) == 303
    assert asked(served, "10.88.0.2", TWO, 2) == 303


@pytest.mark.parametrize("proxies", ["localhost", "127.0.0.1,proxy", "*", "127.0.0.1 127.0.0.2", "127.0.0.1,"])
def test_a_proxy_that_no_request_can_come_from_is_refused(tmp_path: Path, proxies: str) -> None:
    with pytest.raises(InputError, match=r"--trust-proxy: given .*allowed: IP addresses or networks"):
        serve(Address(PROXY, 0), tmp_path, Limits(), proxies, lambda: None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.1", "198.51.100.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:0:ffff::1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:198.51.100.1", "198.51.100.1", True),
        ("::ffff:198.51.100.1", "::ffff:198.51.100.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unknown", "", False),
    ],
)
def test_a_household_is_one_client(one: str, other: str, same: bool) -> None:
    assert (client_of({"client": (one, 1)}) == client_of({"client": (other, 2)})) == same


def test_a_mistake_of_the_server_is_owned_up_to_with_the_headers_of_safety(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(RunStore, "find", broken)
    client = TestClient(page(tmp_path, ""), raise_server_exceptions=False)
    answer = client.get(f"/runs/{'a' * 32}")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
    assert "RuntimeError: broken" in capsys.readouterr().err
