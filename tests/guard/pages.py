"""Every form of the page, what it says of mistakes, and the page of one finished run of each kind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from starlette.testclient import TestClient

from simulator.page import compare_asked, follow_asked, own_asked, size_asked
from simulator.page.app import app_of
from simulator.page.kinds import KINDS
from simulator.page.limits import Limits
from simulator.page.run_store import SECRET, RunStore

Form = dict[str, str | list[str]]

SAME: Final = {"Sec-Fetch-Site": "same-origin"}
SHOWN: Final = ("/", "/compare", "/size", "/follow", "/own", "/own?begin=option-a", "/method", "/accessibility", "/no")
QUICK: Final[Form] = {"frameworks": ["2006-regime", "option-b"], "years": "1", "replications": "2"}


def pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the pages by name, and what runs of the page leave in their folders.

    Parameters
    ----------
    folder
        For the runs.
    """
    (folder / SECRET).write_bytes(bytes(32))  # so that the addresses of runs are the same
    store = RunStore(folder)
    client = TestClient(app_of(store, Limits(threads=1), "program"), follow_redirects=False)
    for address in SHOWN:
        yield f"page/{_name(address)}.html", client.get(address).content
    forms: dict[str, Form] = {
        "compare": {**compare_asked.fields_by_default(), **QUICK},
        "size": {**size_asked.fields_by_default(), **QUICK, "frameworks": ["2006-regime"], "most": "2", "step": "50"},
        "follow": {**follow_asked.fields_by_default(), "years": "2"},
    }
    for kind, form in forms.items():
        wrong: Form = {**form, "years": "many", "seed": "-1", "frameworks": ["option-c"], "inspectors": "x"}
        yield f"page/{kind}-wrong.html", client.post(f"/{kind}", data=wrong, headers=SAME).content
        address = client.post(f"/{kind}", data=form, headers=SAME).headers["location"]
        yield f"page/{kind}-waiting.html", client.get(address).content
        run = store.find(address.rpartition("/")[2])
        assert run is not None
        KINDS[kind].carry_out(run.inputs, store.results(run.id), lambda _done, _of: None, 1)
        store.save(replace(run, state="finished"))
        yield f"page/{kind}-finished.html", client.get(address).content
        yield f"page/{kind}-answer.json", (store.results(run.id).parent / "answer.json").read_bytes()
    own: Form = {**own_asked.fields_by_default("option-a"), "title": "Mine", "months_childrens_home_poor": "2"}
    yield "page/own-told.html", client.post("/own", data=own, headers=SAME).content
    wrong = {**own, "title": "", "months_childrens_home_poor": "0"}
    yield "page/own-wrong.html", client.post("/own", data=wrong, headers=SAME).content


def _name(address: str) -> str:
    return address.strip("/").replace("?", "-").replace("=", "-") or "introduction"
