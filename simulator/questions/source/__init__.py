"""From a number to its origin: its formula, the events it counts, and the clauses and assumptions that move it."""
