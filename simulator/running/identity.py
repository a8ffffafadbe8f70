"""What tells one question from another, so that a run that was stopped goes on with the same one or not at all."""

import hashlib
import json
from typing import Any, Final

from simulator.running.event_tables import Events
from simulator.running.program import program
from simulator.running.question import Question, resolved

_FORM: Final = 2
"""Of the files of finished batches; another number when what is in them changes."""


def identity(question: Question, events: Events) -> dict[str, Any]:
    """Describe a question by all that could move a value of a replication, and by nothing else.

    The number of replications is not in it, since a replication does not depend on how many there are; nor are the
    engine, the workers and the size of batches.

    Parameters
    ----------
    question
        What is asked.
    events
        Of which replications tables of events are kept.
    """
    scenario = resolved(question).settings()
    del scenario["run"]["replications"]
    told: dict[str, Any] = {
        "form": _FORM,
        "program": program(),
        "events": events,
        "frameworks": {
            framework.name: _digest(framework.model_dump_json(by_alias=True).encode())
            for framework in [*question.frameworks, *question.common]
        },
        "providers": _digest(question.register.to_csv(index=False).encode()),
        "scenario": scenario,
    }
    plain: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return plain


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()
