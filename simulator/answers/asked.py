"""What was asked, in words: the scenario, the frameworks, the years, the providers and the inspectors."""

from datetime import timedelta

from simulator.answers.kept_run import KeptRun, titled
from simulator.measures.names import ALL_SERVICES
from simulator.render.document import BESIDE_RECORDS, OF_A_REGISTER, SYNTHETIC, Block, Facts, Points, Warned
from simulator.words.pools import inspectors_of, posts_told
from simulator.words.wording import capital, counted, day_words, joined, named


def nature(run: KeptRun) -> str:
    """Return the sentence on whether the data are synthetic."""
    if "records" in run.manifest:
        return BESIDE_RECORDS
    return OF_A_REGISTER if run.own_register else SYNTHETIC


def setting_told(run: KeptRun) -> Facts:
    """Report the conditions that all frameworks share."""
    scenario = run.scenario
    window = scenario.run
    everyone = run.providers[titled(ALL_SERVICES)]
    whose = "of the register provided" if run.own_register else "synthetic"
    types = len(run.providers) - 1
    pairs = [
        ("Scenario", " ".join(f"{scenario.title}. {scenario.description}".split())),
        ("Frameworks", joined(list(run.titles.values()))),
        ("Years measured", f"{day_words(window.start)} to {day_words(window.ends - timedelta(days=1))}"),
        ("Before that", _before(run)),
        ("Providers", f"{everyone:,} {whose}, of {counted(types, 'kind')}"),
        *((capital(inspectors_of(name)), posts_told(pool, window)) for name, pool in scenario.capacity.pools.items()),
        ("Replications", replications(run)),
        ("Random seed", str(window.seed)),
    ]
    return Facts(tuple(pairs))


def _before(run: KeptRun) -> str:
    years = run.scenario.run.warm_up_years
    if not years:
        return "nothing: the run starts at once"
    name = str(run.manifest["warm_up"])
    under = run.every_framework[name].title if name in run.every_framework else name
    return f"{counted(years, 'year')} of warm-up under {named(under)}, not measured"


def from_told(run: KeptRun) -> list[str]:
    """Report what to type so that numbers of inspectors hold from the same day again; nothing if none was named."""
    day = run.manifest.get("inspectors_from")
    return ["--inspectors-from", str(day)] if day else []


def replications(run: KeptRun) -> str:
    """Report the number of runs of each case."""
    if "replication" in run.manifest:
        return f"one: number {run.manifest['replication']}"
    made = run.manifest["replications"]
    if isinstance(made, int):
        return f"{made:,} of each fit, each with different random numbers"
    if "in_each_world" in made:
        at_ends = f", {made['at_each_end']:,} at each end of a range" if "at_each_end" in made else ""
        return f"{made['in_each_world']:,} in each world{at_ends}"
    if "finished" in made:
        return f"{made['finished']:,}, each with different random numbers"
    return f"{made['first']:,} at each number of inspectors, up to {made['most']:,} where the result is unclear"


def course_told(run: KeptRun) -> list[Block]:
    """Report the timeline, where there is one."""
    return [Points(tuple(capital(line) for line in run.answer.course))] if run.answer.course else []


def warnings_of(run: KeptRun) -> list[Block]:
    """Report what a reader must know first: that runs are missing."""
    told = []
    if run.manifest.get("interrupted"):
        of = "worlds" if "worlds" in run.manifest else "replications"
        made = run.manifest[of]
        told.append(f"The run was interrupted: these are the results of {made['finished']} of {made['asked']} {of}.")
    failures = int(run.manifest.get("failures", 0))
    if failures:
        told.append(f"{capital(counted(failures, 'run'))} failed and left out of the results: see failures.csv.")
    return [Warned(warning) for warning in told]
