"""The command `inspectsim calibrate`."""

import os
from datetime import UTC, date, datetime

from simulator.commands.answering import answering
from simulator.questions.calibrate.ask import Calibrate


def calibrate(asked: Calibrate) -> None:
    """Fit the mechanisms of the model to inspection records.

    Inspections are targeted, so gaps between visits alone show little. The schedule is therefore simulated too, and
    runs are compared with the records figure by figure. The result is a set of fits that fit about equally well, for
    `inspectsim compare --fits DIR`.
    """
    for library in ("OPENBLAS", "OMP", "MKL"):  # its matrices are small, and its runs have threads of their own
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    with answering() as (answers, remarks):
        from simulator.answers.folder import times_of
        from simulator.questions.calibrate.chart import calibration_charts
        from simulator.questions.calibrate.effort import Effort
        from simulator.questions.calibrate.enough import check_enough
        from simulator.questions.calibrate.fit_tables import told_of, write_fits
        from simulator.questions.calibrate.fits import EXPECTED
        from simulator.questions.calibrate.fitting import fit
        from simulator.questions.calibrate.posing import of_years, posed_to
        from simulator.questions.calibrate.records import read_records
        from simulator.questions.calibrate.words import print_calibration
        from simulator.render.terminal import progress
        from simulator.running.crews import cores
        from simulator.running.store import run_folder
        from simulator.scenario.scenario import load_scenario

        began = datetime.now(UTC)
        given = of_years(
            read_records(asked.records, asked.service_type), _day("from", asked.first), _day("until", asked.last)
        )
        check_enough(given, str(asked.records))
        bench = posed_to(load_scenario(asked.scenario), asked.framework, given)
        effort = Effort().times(asked.effort)
        what = asked.source or asked.records.name
        with run_folder(asked.out, EXPECTED) as folder:
            with progress(remarks) as told:
                done = [0]

                def tell(runs: int) -> None:
                    done[0] += runs
                    told(done[0], effort.runs)

                def say(step: str) -> None:
                    seconds = (datetime.now(UTC) - began).total_seconds()
                    left = f", about {_minutes(seconds * (effort.runs / done[0] - 1))} left" if done[0] else ""
                    remarks.print(f"{step.capitalize()}: {done[0]:,} of {effort.runs:,} runs done{left}")

                told(0, effort.runs)
                fitted = fit(given, bench, effort, asked.seed, asked.workers or cores(), tell, say)
            times = times_of(began, datetime.now(UTC))
            laid_out = told_of(fitted, what)
            for chart in calibration_charts(laid_out):
                chart.write(folder.made("charts"))
            command = {
                "framework": asked.framework,
                "scenario": asked.scenario,
                "from": asked.first,
                "until": asked.last,
                "effort": asked.effort,
                "seed_of_search": asked.seed,
            }
            write_fits(folder, fitted, what, {"command": command} | times)
        print_calibration(laid_out, answers)
        answers.print()
        files = "fits.csv, profile.csv, moments.csv, transitions.csv, charts/, scenario.toml (best fit)"
        answers.print(f"Files in {asked.out}: {files}")
        for line in folder.replaced_told:
            answers.print(line, soft_wrap=True)
        answers.print(f"To use the whole set: inspectsim compare SCENARIO --fits {asked.out}", soft_wrap=True)


def _day(option: str, given: str | None) -> date | None:
    """Read the day that an option was given."""
    from simulator.inputs.messages import InputError, Named

    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise InputError(Named(option), f': given "{given}"; must be a day, such as 2014-04-01') from None


def _minutes(seconds: float) -> str:
    """Write a time that is left, roughly."""
    minutes = 60
    return f"{seconds / minutes:.0f} minutes" if seconds > 1.5 * minutes else f"{max(seconds, 1):.0f} seconds"
