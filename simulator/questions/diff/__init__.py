"""Two runs, two scenarios or two frameworks side by side: inputs that differ first, then results."""
