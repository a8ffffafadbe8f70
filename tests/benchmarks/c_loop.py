"""The plain C loop of the trial (`trial.c`): compiled on the spot, and handed the rules as numbers.

It keeps no account of what the trial has switched off: its tables have the columns of the engines' that say
something under these rules.
"""

import ctypes
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.addressed import records
from simulator.engine.agenda import DUE, EFFECT_END, END, GRADE_CHANGE, LAPSE, MONTH, OCCURRENCE, PLAN, START
from simulator.engine.setting import Setting
from simulator.engine.work_records import RULE
from simulator.inspectorate.rules_policy import INTERVAL
from simulator.inspectorate.triggers import ADD
from simulator.ticks import NEVER, TICKS_PER_DAY
from simulator.world.signals import COMPLAINT, SERIOUS_CONCERN
from simulator.world.streams import root

SOURCE: Final = Path(__file__).with_name("trial.c")
SERIOUS: Final = SERIOUS_CONCERN - COMPLAINT
"""Position of a serious concern among the signals."""

USUAL: Final = ("-O2",)
TUNED: Final = ("-O3", "-march=native")
ALWAYS: Final = ("-std=c11", "-ffp-contract=off", "-shared", "-fPIC", f"-DNEVER=INT64_C({NEVER})")
"""Without contraction, since numbers must be those of the engines to the last bit."""

INSPECTION: Final = records(
    [
        *((name, "i8") for name in ("provider", "kind", "reason", "status", "raised", "deadline", "started", "ended")),
        ("inspector_days", "f8"),
        *((name, "i8") for name in ("true_grade", "judged", "rating_before", "since_last_visit")),
    ]
)
EPISODE: Final = records([(name, "i8") for name in ("provider", "began", "detected", "ended")])
BACKLOG: Final = records(
    [*((name, "i8") for name in ("month", "waiting", "overdue", "running")), ("inspector_days_worked", "f8")]
)
EVENTS: Final = (MONTH, LAPSE, END, GRADE_CHANGE, OCCURRENCE, EFFECT_END, PLAN, DUE, START)
"""The kinds of event that happen in the trial, in the order of `trial.c`."""
KINDS: Final = ("key", "responsive")

Five = ctypes.c_double * 5
Two = ctypes.c_double * 2
INT = ctypes.c_int64


class Rules(ctypes.Structure):
    """``struct rules``."""

    _fields_ = (
        ("run", ctypes.c_uint64),
        ("providers", INT),
        ("begins", INT),
        ("horizon", INT),
        ("start_share", Five),
        ("rate", Five * 3),
        ("found_out", Five),
        ("found_out_ticks", INT * 5),
        ("damping", ctypes.c_double),
        ("concern", Five),
        ("probability", ctypes.c_double),
        ("delay", INT),
        ("within", INT),
        ("interval", INT * 5),
        ("available_share", ctypes.c_double),
        ("days_free", INT),
        ("catch_up", INT),
        ("lapse", INT),
        ("effort", Two),
        ("spread", Two),
        ("sigma", Two),
        ("priority", INT * 2),
        ("looks", INT),
        ("month_starts", ctypes.c_void_p),
        ("capacity", ctypes.c_void_p),
        ("look_at", ctypes.c_void_p),
    )


class Tables(ctypes.Structure):
    """``struct tables``."""

    _fields_ = (
        ("inspections", ctypes.c_void_p),
        ("episodes", ctypes.c_void_p),
        ("backlog", ctypes.c_void_p),
        ("room", INT),
        ("inspections_used", INT),
        ("episodes_used", INT),
        ("months_used", INT),
        ("events", INT * len(EVENTS)),
    )


class Left(NamedTuple):
    """What a run of the loop leaves behind."""

    inspections: npt.NDArray[np.void]
    episodes: npt.NDArray[np.void]
    backlog: npt.NDArray[np.void]
    events: dict[int, int]
    """How often each kind of event has happened."""


def compiler() -> list[str] | None:
    """Give the command of the system's C compiler, None where there is none."""
    named = shlex.split(sysconfig.get_config_var("CC") or "")
    names = [*named[:1], "cc", "gcc", "clang"]
    return next(([name] for name in names if shutil.which(name)), None)


def compiler_version() -> str:
    """Give the first line that the compiler says of itself."""
    command = compiler()
    if command is None:
        return "none"
    said = subprocess.run([*command, "--version"], check=True, capture_output=True, text=True).stdout
    return said.splitlines()[0]


class Loop:
    """The compiled loop, for the trial at any size."""

    def __init__(self, folder: Path, optimised: tuple[str, ...] = USUAL) -> None:
        """Compile it into a folder; a machine without a C compiler is told by `compiler`."""
        library = folder / f"trial{''.join(optimised)}.so"
        command = [*(compiler() or ["cc"]), *ALWAYS, *optimised, "-o", str(library), str(SOURCE), "-lm"]
        subprocess.run(command, check=True)
        self._simulate = ctypes.CDLL(str(library)).simulate
        self._simulate.argtypes = [ctypes.POINTER(Rules), ctypes.c_void_p, ctypes.POINTER(Tables)]
        self._simulate.restype = None

    def run(self, setting: Setting, replication: int, *, looks: int = 1) -> Left:
        """Run one replication, as `on` has it."""
        return self.on(setting, looks=looks)(replication)

    def on(self, setting: Setting, *, looks: int = 1) -> Callable[[int], Left]:
        """Read off a setting of the trial what the loop needs, and give what runs a replication of it.

        Parameters
        ----------
        setting : Setting
        looks : int
            How often each provider's plans are looked at by the calendar: once, when the run begins, is all that these
            rules ask for; `yearly_looks` is what the engines do.
        """
        month = int(np.searchsorted(setting.month_starts, setting.begins, side="right"))
        arrays = {
            "month_starts": np.ascontiguousarray(setting.month_starts[month:]),
            "capacity": np.ascontiguousarray(setting.capacity[0, month - 1 :]),
            "look_at": np.concatenate([[setting.begins], setting.month_starts[month + 11 :: 12]]),
        }
        identities = np.ascontiguousarray(setting.providers["origin"])
        rules = rules_of(setting)
        rules.looks = looks
        for name, array in arrays.items():
            setattr(rules, name, array.ctypes.data)
        room = 2 * len(identities) * ((setting.horizon - setting.begins) // (365 * TICKS_PER_DAY) + 1) + 1024

        def run(replication: int) -> Left:
            rules.run = int(root(setting.seed, replication))
            inspections, episodes = np.empty(room, dtype=INSPECTION), np.empty(room, dtype=EPISODE)
            backlog = np.empty(len(arrays["month_starts"]) + 1, dtype=BACKLOG)
            tables = Tables(*(each.ctypes.data for each in (inspections, episodes, backlog)), room)
            self._simulate(ctypes.byref(rules), identities.ctypes.data, ctypes.byref(tables))
            return Left(
                inspections[: tables.inspections_used],
                episodes[: tables.episodes_used],
                backlog[: tables.months_used],
                dict(zip(EVENTS, tables.events, strict=True)),
            )

        return run


def yearly_looks(setting: Setting) -> int:
    """Give how often the engines look at each provider's plans: when the run begins, and on every 1 April in it."""
    return (
        int(np.sum((setting.month_starts[::12] > setting.begins) & (setting.month_starts[::12] < setting.horizon))) + 1
    )


def rules_of(setting: Setting) -> Rules:
    """Read off a setting the rules of the trial, in numbers; only of such a one can it be done."""
    service_type = int(setting.providers["service_type"][0])
    service, policy = setting.services[service_type], setting.policies[0]
    assert policy["form"][service_type, 0] == INTERVAL
    assert policy["response"][service_type, SERIOUS] == ADD
    assert max(policy["interval"][service_type, 0]) < NEVER
    assert policy["statutory"][service_type, 0] == 1
    assert RULE == 3
    key, responsive = int(policy["kind"][service_type, 0]), int(policy["response_kind"][service_type, SERIOUS])
    kinds = [key, responsive]
    per_grade: dict[str, Any] = {
        "start_share": Five(*service["start_share"]),
        "rate": (Five * 3)(*(Five(*service[name]) for name in ("decline", "improve", "fall"))),
        "found_out": Five(*service["found_out"]),
        "found_out_ticks": (INT * 5)(*service["found_out_ticks"].tolist()),
        "concern": Five(*service["serious"]),
        "interval": (INT * 5)(*policy["interval"][service_type, 0].tolist()),
    }
    return Rules(
        providers=len(setting.providers),
        begins=setting.begins,
        horizon=setting.horizon,
        damping=service["excellence_damping"],
        probability=policy["response_probability"][service_type, SERIOUS],
        delay=int(policy["response_delay"][service_type, SERIOUS]),
        within=int(policy["response_within"][service_type, SERIOUS]),
        available_share=policy["available_share"][service_type, 0],
        days_free=int(policy["days_free"][service_type, 0]),
        catch_up=int(policy["catch_up"][service_type, 0]),
        lapse=int(policy["lapse"][responsive]),
        effort=Two(*policy["effort"][kinds, service_type]),
        spread=Two(*policy["effort_spread"][kinds]),
        sigma=Two(*policy["sigma"][kinds]),
        priority=(INT * 2)(*policy["priority"][kinds].tolist()),
        **per_grade,
    )
