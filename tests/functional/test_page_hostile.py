"""Hostile input to every route of the page: never a mistake of the server, never what belongs to somebody else.

The routes are those that the application has, so a new page is fuzzed from the day on which it is listed. The server
of these tests carries out nothing: runs that are asked for stay in line.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from simulator.page.app import app_of
from simulator.page.kinds import KINDS
from simulator.page.limits import Limits
from simulator.page.own_base import beginnings
from simulator.page.run_store import Run, RunStore
from simulator.page.safety import HEADERS
from simulator.page.whom_choice import FIELD_NAMES

SAME = {"Sec-Fetch-Site": "same-origin"}
SECRET = "BELONGS-TO-SOMEBODY-ELSE"
"""Stands in the run of somebody else, and in files beside the folder of runs."""
LIMITS = Limits(threads=1, waiting=60, waiting_each=50, acts_a_minute=500, body_bytes=20_000)
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
"""Requests of each of the three tests that draw them; `make hostile` asks for more."""
COOKIE = r"(asker=[\w-]{22}; HttpOnly; Path=/; SameSite=lax)?"
"""The one that an asker gets."""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X")
SCRIPT = "<script>alert(1)</script>"
TRICKS = (
    "..",
    "../secret",
    "../../outside.txt",
    "....//....//outside.txt",
    "..\\..\\outside.txt",
    "/etc/passwd",
    "file:///etc/passwd",
    "C:\\secret",
    ".",
    "~",
    "",
    "\x00",
    "report.html\x00.svg",
    "a" * 5000,
    "A" * 32,
    "a" * 32,
    "results",
    "request.json",
    "status.json",
    "answer.json",
    "%2e%2e%2fsecret",
    "compare.svg",
    "CON",
    SCRIPT,
    "{{7*7}}",
    "\u202e",
    "\U0001f600",
    "٣",
    "\r\nSet-Cookie: a=b",
)
NUMBERS = (
    *("", "NaN", "nan", "inf", "-inf", "-0", "-1", "0", "1", "1e308", "1e999", "1e-400", "0x10", "1_000", "1,0,0", "%"),
    *(
        "9" * 400,
        "0." + "0" * 400 + "1",
        "1.0000000",
        "None",
        "null",
        "true",
        "[]",
        "١٢",
        "½",
        "\u2212" + "1",
        "+1",
        "1;",
    ),
)
OPTIONS = (
    'title = "Mine"\nsummary = "s"\nextends = "option-a"\n',
    'title = "Mine"\nsummary = "s"\nextends = "../../outside"\n',
    'extends = "/etc/passwd"',
    f'title = "{SCRIPT}"\nsummary = "{SCRIPT}"\nextends = "option-b"\n',
    'title = "=cmd()"\nsummary = "s"\nextends = "option-b"\n',
    "a = [" * 500,
    "\x00",
    "title = 'x'\n[rules.x]\nmonths = nan\n",
)


@dataclass(frozen=True, repr=False)
class Fuzzed:
    """A server to be fuzzed."""

    client: TestClient
    routes: list[Route]
    fields: list[str]
    """Names of every field of every form."""
    store: RunStore
    around: Path
    """Folder in which the store is, with other things beside it."""
    run: str
    """Id of somebody else's run."""


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Fuzzed:
    around = tmp_path_factory.mktemp("around")
    for name in ("outside.txt", "secret", "outside.toml"):
        (around / name).write_text(SECRET, encoding="utf-8")
    store = RunStore(around / "store")
    app = app_of(store, LIMITS, "program")
    kind = KINDS["compare"]
    run = store.keyed("of somebody else")
    client = TestClient(app, follow_redirects=False)
    begun = client.post("/compare", data=_defaults(client, "/compare"), headers=SAME).headers["location"]
    inputs = store.find(begun.rpartition("/")[2]).inputs | {"own": ""}  # type: ignore[union-attr]
    inputs["numbers"] = inputs["numbers"] | {"seed": 424242.0}
    assert kind.asked(inputs)
    store.save(Run(run, "compare", inputs, "program", "finished", time.time(), reason=SECRET))
    results = store.results(run)
    (results / "charts").mkdir(parents=True)
    for name in ("summary.csv", "report.html", "manifest.json", "charts/compare.svg"):
        (results / name).write_text(SECRET, encoding="utf-8")
    told: dict[str, Any] = {"title": SECRET, "sentences": [SECRET], "charts": [], "costs": [], "figures": []}
    told |= {"caveats": [], "version": "1", "replications": 2}
    (results.parent / "answer.json").write_text(json.dumps(told), encoding="utf-8")
    assert SECRET in client.get(f"/runs/{run}").text
    routes = [route for route in app.routes if isinstance(route, Route)]
    pages = [route.path for route in routes if "GET" in (route.methods or ()) and not route.param_convertors]
    pages += [f"/own?begin={name}" for name in beginnings()[:2]]
    fields = sorted(
        {name for path in pages for name in _defaults(client, path)} | {"own", "own_file", "file", "own_dropped"}
    )
    return Fuzzed(client, routes, fields, store, around, run)


def _defaults(client: TestClient, path: str) -> dict[str, list[str]]:
    """Read the form of a page as a browser would: names of its fields with what stands in them."""
    filled: dict[str, list[str]] = {}
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", client.get(path).text):
        given = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        ticked = given.get("type") not in ("checkbox", "radio") or " checked" in tag
        if "name" in given and given.get("type") != "file":
            filled.setdefault(given["name"], []).extend([given.get("value", "")] if ticked else [])
    return filled


HEADERS_SENT = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Encoding", "Content-Type", "Cookie"),
    *("Expect", "Forwarded", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range"),
    *("Referer", "Sec-Fetch-Site", "TE", "Upgrade", "User-Agent", "X-Forwarded-For", "X-Forwarded-Proto"),
    *("X-Http-Method-Override", "X-Original-Url", "X-Requested-With"),
)
CONTENTS = (
    *("http://[", "[", "[::1", "]", "a]b", "testserver:99999", "testserver:x", "@", "a@b", "evil.example", ".", ":"),
    *("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-0," * 2000, "bytes=0-" + "9" * 400, "items=x", "bytes=,"),
    *("asker=" + "A" * 22, 'asker="' + "\\\\" * 9000, "asker=;" * 3000, "=", ";=;", "a" * 30_000),
    *("multipart/form-data; charset=undefined", "multipart/form-data", "null", "http://[::1]:x", "\u2100"),
    *("Wed, 99 Foo 0000 99:99:99 GMT", "W/", '"', "*", "100-continue", "gzip", "0", "-1", "1e9", "\xff\xfe", SCRIPT),
)


Sent = list[tuple[bytes, bytes]]
FROM_HERE: Sent = [(b"Sec-Fetch-Site", b"same-origin")]


def headers_sent() -> st.SearchStrategy[Sent]:
    """Draw headers, most of them wrong."""
    contents = st.one_of(st.sampled_from(CONTENTS), st.sampled_from(TRICKS), st.text(max_size=20))
    encoded = contents.map(lambda text: text.encode("utf-8", "replace").translate(None, b"\r\n\x00"))
    names = st.sampled_from(HEADERS_SENT).map(str.encode)
    return st.lists(st.tuples(names, encoded), max_size=3, unique_by=lambda header: header[0])


def texts() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(NUMBERS), st.sampled_from(TRICKS), st.sampled_from(OPTIONS), st.text(max_size=40))


def addresses(fuzzed: Fuzzed, data: st.DataObject) -> str:
    """Draw a route, and what stands in the place of its parameters."""
    path = data.draw(st.sampled_from(fuzzed.routes)).path
    for parameter in re.findall(r"\{[^}]*\}", path):
        text = data.draw(texts(), label=parameter)
        path = path.replace(
            parameter, quote(text.encode("utf-8", "replace"), safe=data.draw(st.sampled_from(["", "/"]))), 1
        )
    if data.draw(st.booleans()):
        name = data.draw(st.sampled_from(["from", "begin", "x", *FIELD_NAMES]))
        path += f"?{name}={quote(data.draw(texts()).encode('utf-8', 'replace'))}"
    return path


def well_kept(fuzzed: Fuzzed, answer: Any) -> None:
    """See that an answer is none of a mistake, has the headers, and tells nothing of anybody else."""
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    for name, value in HEADERS.items():
        if name not in ("Content-Security-Policy", "Cache-Control"):
            assert answer.headers[name] == value
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.fullmatch(COOKIE if answer.status_code == 303 else "", answer.headers.get("set-cookie", ""))
    assert SECRET.encode() not in answer.content
    assert SECRET not in str(answer.headers)
    assert b"root:x:" not in answer.content
    assert fuzzed.run not in answer.headers.get("location", "")
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert SCRIPT not in answer.text
        assert "{{" not in answer.text.replace("{{7*7}}", "")


@pytest.fixture(autouse=True)
def nothing_beside_the_runs(fuzzed: Fuzzed) -> Iterator[None]:
    """See that no file comes to be but those of runs, in folders that are theirs."""
    here = sorted(Path.cwd().iterdir())
    beside = {path: path.read_bytes() for path in fuzzed.around.iterdir() if path.is_file()}
    yield
    assert {path: path.read_bytes() for path in fuzzed.around.iterdir() if path.is_file()} == beside
    assert [path.name for path in fuzzed.around.iterdir() if path.is_dir()] == ["store"]
    assert {path.name for path in fuzzed.store.folder.iterdir()} <= {"runs", "secret", "lock"}
    for run in (fuzzed.store.folder / "runs").iterdir():
        assert re.fullmatch(r"[a-z2-7]{32}", run.name)
        if run.name != fuzzed.run:
            assert {path.name for path in run.iterdir()} == {"request.json", "status.json"}
    assert sorted(Path.cwd().iterdir()) == here


QUICK = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_module_of_pages_is_fuzzed(fuzzed: Fuzzed) -> None:
    paths = {route.path for route in fuzzed.routes}
    assert {"/", "/compare", "/size", "/own", "/runs/{run_id}/files/{name}", "/static/{name}"} <= paths
    assert {"years", "frameworks", "seed", "title", "targets", "often_childrens_home_poor"} <= set(fuzzed.fields)


@QUICK
@given(data=st.data())
def test_no_address_and_no_method_leads_astray(fuzzed: Fuzzed, data: st.DataObject) -> None:
    path = addresses(fuzzed, data)
    method = data.draw(st.sampled_from(METHODS))
    headers = [*data.draw(st.sampled_from([[], FROM_HERE])), *data.draw(headers_sent())]
    answer = fuzzed.client.request(method, f"http://testserver{path}", headers=headers)
    well_kept(fuzzed, answer)
    if method not in ("GET", "HEAD", "POST"):
        assert answer.status_code in (404, 405, *([400] if b"Host" in dict(headers) else []))


@QUICK
@given(data=st.data())
def test_no_form_leads_astray(fuzzed: Fuzzed, data: st.DataObject) -> None:
    """Fields of all forms are sent to each, some of them right, so that what is wrong comes far."""
    route = data.draw(st.sampled_from([route for route in fuzzed.routes if "POST" in (route.methods or ())]))
    path = route.path.replace("{run_id}", data.draw(st.sampled_from(["a" * 32, "..", "%2e%2e"])))
    form: dict[str, list[str]] = _defaults(
        fuzzed.client, data.draw(st.sampled_from(["/compare", "/size", "/workforce", "/own?begin=option-a"]))
    )
    wrong = st.dictionaries(st.sampled_from(fuzzed.fields), st.lists(texts(), max_size=3), max_size=4)
    form |= data.draw(wrong)
    if data.draw(st.booleans()):
        form["title"] = ["Mine"]
    form = {name: [text.encode("utf-8", "replace").decode() for text in values] for name, values in form.items()}
    files = {}
    if data.draw(st.booleans()):
        content = data.draw(st.one_of(st.binary(max_size=200), st.sampled_from(OPTIONS).map(str.encode)))
        name = data.draw(st.sampled_from(TRICKS)).encode("utf-8", "replace").decode()
        files[data.draw(st.sampled_from(["own_file", "file", "years"]))] = (name, content, "text/plain")
    headers = FROM_HERE + [header for header in data.draw(headers_sent()) if header[0] != b"Content-Type"]
    well_kept(fuzzed, fuzzed.client.post(path, data=form, files=files, headers=headers))


KINDS_OF_CONTENT = (
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=x; charset=utf-16",
    "multipart/form-data; boundary=x; charset=idna",
    "multipart/form-data; boundary=x; charset=undefined",
    "multipart/form-data; boundary=x; charset=punycode",
    "multipart/form-data; boundary=x; charset=hex",
    "multipart/form-data; boundary=x; charset=\x01",
    'multipart/form-data; boundary=""',
    "multipart/mixed; boundary=x",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=nonsense",
    "application/json",
    "text/xml",
    "",
    ";;;",
)
PIECES = (
    b"--x\r\n",
    b"--x--\r\n",
    b"\r\n\r\n",
    b'Content-Disposition: form-data; name="years"\r\n',
    b'Content-Disposition: form-data; name="own_file"; filename="../../x"\r\n',
    b"Content-Disposition: form-data; name=\"a\"; filename*=utf-8''..%2f\r\n",
    b"Content-Disposition: form-data\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: text/plain; charset=unicode_escape\r\n",
    b"years=1&",
    b"own=%00%ff%ud800&",
    b"\\ud800",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"&" * 500,
    b"x" * 21_000,
)


@QUICK
@given(data=st.data())
def test_no_body_leads_astray(fuzzed: Fuzzed, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([route.path for route in fuzzed.routes if "POST" in (route.methods or ())]))
    kind = data.draw(st.sampled_from(KINDS_OF_CONTENT))
    pieces = data.draw(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=30)), max_size=8))
    body = b"".join(pieces)
    answer = fuzzed.client.post(path.replace("{run_id}", "a" * 32), content=body, headers=SAME | {"Content-Type": kind})
    well_kept(fuzzed, answer)


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://a]b"])
def test_an_origin_that_is_none_is_a_form_that_cannot_be_read(fuzzed: Fuzzed, origin: str) -> None:
    for path in ("/compare", "/own", f"/runs/{'a' * 32}/cancel"):
        answer = fuzzed.client.post(path, data={"years": "1"}, headers=[(b"Origin", origin.encode())])
        assert answer.status_code == 400
        well_kept(fuzzed, answer)


@pytest.mark.parametrize("host", ["[", "a]b", "[::1", "x:99999", "x:y"])
def test_a_host_that_is_none_is_no_mistake_of_the_server(fuzzed: Fuzzed, host: str) -> None:
    answer = fuzzed.client.get("/compare", headers={"Host": host})
    assert answer.status_code in (200, 400)
    well_kept(fuzzed, answer)


def test_an_address_that_cannot_be_read_is_refused_before_any_page(fuzzed: Fuzzed) -> None:
    """As a server may hand it on that looks less closely than uvicorn does."""
    told: list[Any] = []
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "raw_path": b"/", "headers": []}

    async def take(message: Any) -> None:
        told.append(message)

    async def nothing() -> Any:
        return {"type": "http.request", "body": b""}

    anyio.run(fuzzed.client.app, scope | {"query_string": b"x=\xff"}, nothing, take)
    assert told[0]["status"] == 400
    assert dict(told[0]["headers"])[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "hex", "nonsense", "\x01"])
@pytest.mark.parametrize("content", [b"\xff", b"a" * 70, b"xn--a", b"a-\xff", b"-9999999999999a", b".."])
def test_a_form_in_an_odd_encoding_is_no_mistake_of_the_server(fuzzed: Fuzzed, charset: str, content: bytes) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="years"\r\n\r\n' + content + b"\r\n--x--\r\n"
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
    answer = fuzzed.client.post("/compare", content=body, headers=SAME | kind)
    assert answer.status_code == 400 if charset == "undefined" else answer.status_code in (400, 422)
    well_kept(fuzzed, answer)


@pytest.mark.parametrize("method", ["cancel", "again"])
def test_nobody_changes_a_run_whose_address_is_not_known(fuzzed: Fuzzed, method: str) -> None:
    """Addresses near one that exists are none."""
    for near in (fuzzed.run[:-1], fuzzed.run + "a", fuzzed.run.upper(), f"{fuzzed.run}%00", f"x%2f..%2f{fuzzed.run}"):
        answer = fuzzed.client.post(f"/runs/{near}/{method}", headers=SAME)
        assert answer.status_code == 404
        well_kept(fuzzed, answer)


def test_of_a_run_nothing_is_given_but_what_is_offered(fuzzed: Fuzzed) -> None:
    others = ("manifest.json", "../answer.json", "../../secret", "../../../outside.txt", "charts/compare.svg")
    for name in (*TRICKS, *others):
        for folder in ("files", "charts"):
            called = quote(name.encode("utf-8", "replace"), safe="").replace(
                ".", "%2e"
            )  # else dots are done by the client
            path = f"/runs/{fuzzed.run}/{folder}/{called}"
            for address in (path, f"{path}.svg"):
                assert SECRET not in fuzzed.client.get(address).text, address
