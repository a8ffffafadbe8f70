"""The simulator in Python: questions are asked by functions, and answers show themselves.

``import simulator`` is all it takes; everything here is found there. Each question is a function: `compare`, `size`,
`intake`, `frontier`, `workforce`, `explain`, `sensitivity`, `worth`, `trace`, `validate`, `forecast`, `score`. It takes
a scenario and frameworks, by name, by path or as loaded. Its answer reports the result in sentences, holds tidy tables
as data frames, draws charts (``.chart()``, ``.figure()``) and can be saved as the folder that the command of the same
name would write (``.save(folder)``). Nothing is written unless asked for. `over_fits` asks a question in each world of
a calibration.

Options that change a scenario (years, replications, inspectors, seed) are given to `load_scenario`. What cannot be used
ends with an `InputError`, which names what was given and what is allowed.

All numbers are simulated, of synthetic providers unless a register is given, and rest on assumptions
(``docs/assumptions.md``). The first question after installation takes about a minute longer: the simulator is compiled.
"""

from simulator.answers.answer import Answer
from simulator.api.asked import load_framework, load_scenario
from simulator.api.comparing import compare
from simulator.api.differing import diff
from simulator.api.explaining import explain
from simulator.api.frameworks import Check, check_framework, new_framework
from simulator.api.frontiers import frontier
from simulator.api.intakes import intake
from simulator.api.knowing import worth
from simulator.api.lives import trace
from simulator.api.origins import source
from simulator.api.over_fits import over_fits, over_worlds
from simulator.api.sizes import size
from simulator.api.staffing import workforce
from simulator.api.validating import forecast, score, validate
from simulator.api.worlds import sensitivity
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, shipped_frameworks
from simulator.questions.compare.answer import Compared
from simulator.questions.compare.for_whom import for_whom
from simulator.questions.diff.differences import Differences
from simulator.questions.explain.answer import Why
from simulator.questions.frontier.answer import Curves
from simulator.questions.intake.answer import Intakes
from simulator.questions.over_fits.answer import OverFits
from simulator.questions.sensitivity.answer import Worlds
from simulator.questions.size.answer import Sized
from simulator.questions.source.origin import Origin
from simulator.questions.trace.answer import Lives
from simulator.questions.validate.answer import Validated
from simulator.questions.validate.forecast_answer import Forecast
from simulator.questions.workforce.answer import Staffed
from simulator.questions.worth.answer import WorthKnowing
from simulator.running.crews import Crewing
from simulator.scenario.scenario import Scenario, shipped_scenarios

__all__ = [
    "Answer",
    "Check",
    "Compared",
    "Crewing",
    "Curves",
    "Differences",
    "Forecast",
    "Framework",
    "InputError",
    "Intakes",
    "Lives",
    "Origin",
    "OverFits",
    "Scenario",
    "Sized",
    "Staffed",
    "Validated",
    "Why",
    "Worlds",
    "WorthKnowing",
    "check_framework",
    "compare",
    "diff",
    "explain",
    "for_whom",
    "forecast",
    "frontier",
    "intake",
    "load_framework",
    "load_scenario",
    "new_framework",
    "over_fits",
    "over_worlds",
    "score",
    "sensitivity",
    "shipped_frameworks",
    "shipped_scenarios",
    "size",
    "source",
    "trace",
    "validate",
    "workforce",
    "worth",
]
