"""The command `inspectsim natural-shares`."""

from simulator.commands.answering import answering
from simulator.questions.natural_shares.ask import NaturalShares


def natural_shares(asked: NaturalShares) -> None:
    """Solve for the grades without any inspection.

    Inspection improves providers that it finds poor, so published ratings are not what quality would be without it.
    This command finds the natural shares for which the ratings at the start date match the scenario's start shares,
    and prints them as the table [quality.natural_shares]. Use it when you change a scenario's start shares, speed,
    falls, closures or concerns, or the framework in force at the start.
    """
    with answering() as (answers, remarks):
        from simulator.questions.natural_shares import solving as solver
        from simulator.questions.natural_shares.file import check_writable, write_table
        from simulator.render.terminal import announce_compiling
        from simulator.scenario.scenario import load_scenario, scenario_file

        scenario, file = load_scenario(asked.scenario), scenario_file(asked.scenario)
        types = list(scenario.population.types)
        regime = solver.regime_of_the_day(scenario, asked.framework)
        if asked.write:
            check_writable(file, solver.as_toml(types, solver.current(scenario)))
        announce_compiling(remarks)
        passes, made = asked.passes or solver.PASSES, []
        for number, solved in enumerate(solver.solve(scenario, regime, passes, asked.providers or solver.ENOUGH), 1):
            made.append(solved)
            remarks.print(f"Pass {number} of {passes}: the largest miss of a rating is {100 * solved.miss:.2f} points")
        table = solver.as_toml(types, min(made, key=lambda solved: solved.miss).natural)
        answers.print(table, end="", soft_wrap=True)
        if asked.write:
            write_table(file, table)
            remarks.print(f"Written to {file}.", soft_wrap=True)
