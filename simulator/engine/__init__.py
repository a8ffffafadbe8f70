"""How time passes: the state of a run, what happens at each event, and the engines that keep the clock."""
