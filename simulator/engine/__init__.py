"""How time passes: the state of a run, what happens at each event, and the engines that keep the clock."""

from simulator.engine import compiled_state  # noqa: F401  (tells the compiler what a state is)
