"""Whatever is sent to the page, it answers in words and never with a mistake of its own."""

import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from simulator.present.web import compare_asked
from simulator.present.web.app import PAGES, app_of
from simulator.present.web.limits import Limits
from simulator.present.web.run_store import RunStore

SAME = {"Sec-Fetch-Site": "same-origin"}
ADDRESSES = sorted({route.path for page in PAGES for route in page.ROUTES})
HARM = ["NaN", "1e999", "-0", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "%00", "' OR 1=1"]
ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["NaN", "1e999", "-0", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "%00", "' OR 1=1"]
    ),
    st.integers().map(str),
    st.floats().map(str),
)
FIELDS = st.sampled_from([*compare_asked.fields_by_default(), "own_name", "own_file", "from", "x"]) | st.text(
    max_size=20
)
KINDS = [
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Ask a server that carries nothing out."""
    folder: Path = tmp_path_factory.mktemp("runs")
    limits = Limits(waiting=10**6, waiting_each=10**6)
    app = app_of(RunStore(folder), limits, "program")
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


def filled(address: str, odd: str) -> str:
    from urllib.parse import quote

    for part in ("{run_id}", "{name}", "{name:path}"):
        address = address.replace(part, quote(odd, safe="") or "x")
    return address


@QUICK
@given(address=st.sampled_from(ADDRESSES), odd=ODD, query=st.dictionaries(FIELDS, ODD, max_size=4))
def test_no_address_and_no_query_leads_to_a_mistake(
    client: TestClient, address: str, odd: str, query: dict[str, str]
) -> None:
    odd, query = _sendable(odd), {_sendable(name): _sendable(value) for name, value in query.items()}
    answer = client.get(filled(address, odd), params=query)
    assert answer.status_code in (200, 303, 307, 404, 405)
    assert "<script>alert" not in answer.text


@QUICK
@given(
    address=st.sampled_from(ADDRESSES),
    odd=ODD,
    typed=st.dictionaries(FIELDS, st.lists(ODD, min_size=1, max_size=3), max_size=8),
    default=st.booleans(),
)
def test_no_form_leads_to_a_mistake(
    client: TestClient, address: str, odd: str, typed: dict[str, list[str]], default: bool
) -> None:
    form = {_sendable(name): [_sendable(value) for value in values] for name, values in typed.items()}
    if default:
        form = compare_asked.fields_by_default() | form
    answer = client.post(filled(address, _sendable(odd)), data=form, headers=SAME)
    assert answer.status_code != 500
    assert answer.status_code < 600
    assert "<script>alert" not in answer.text


@QUICK
@given(
    content=st.binary(max_size=300),
    kind=st.sampled_from(KINDS),
)
def test_no_bytes_lead_to_a_mistake(client: TestClient, content: bytes, kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = client.post("/compare", content=content, headers=SAME | {"Content-Type": kind})
    assert 400 <= answer.status_code < 500


@QUICK
@given(text=st.text(max_size=200))
def test_no_file_leads_to_a_mistake(client: TestClient, text: str) -> None:
    files = {"own_file": ("mine.toml", text.encode(errors="replace"), "text/plain")}
    for address in ("/compare", "/own"):
        answer = client.post(address, data=compare_asked.fields_by_default(), files=files, headers=SAME)
        assert answer.status_code != 500


def _sendable(text: str) -> str:
    """Leave out half characters: a client cannot send them."""
    return text.encode(errors="replace").decode()
