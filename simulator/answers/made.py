"""How a run was made, how to make it again, and what its folder holds."""

from collections.abc import Mapping, Sequence

from simulator.answers.kept_run import KeptRun
from simulator.render.document import Cell, Column, Commands, Facts, Paragraph, Section, Table
from simulator.words.wording import joined


def again(run: KeptRun, command: Sequence[str], needs: str) -> Section:
    """Report what to type to make a run again from its folder, and what else is needed for that."""
    return Section(
        "again",
        "How to reproduce it",
        (
            Paragraph(
                f"The folder of this run has everything needed{f' except {needs}' if needs else ''}: the scenario with "
                "every option, the frameworks and the providers. The same version of inspectsim produces the same "
                "files, byte for byte; replace FOLDER with the path of the folder."
            ),
            Commands((f"{' '.join(_quoted(argument) for argument in command)} --out again", "inspectsim report again")),
            Paragraph(
                f"The random seed is {run.scenario.run.seed} (--seed changes it). The file manifest.json records when "
                "the run was made, how long it took, and the checksum of every file."
            ),
        ),
    )


def _quoted(argument: str) -> str:
    """Put an argument in quotation marks where a shell would part it."""
    return f'"{argument}"' if any(character in argument for character in " <>|&;*") else argument


def versions(run: KeptRun) -> Section:
    """Name the program that made a run."""
    manifest = run.manifest
    pairs = [("inspectsim", str(manifest["inspectsim"]))]
    if manifest.get("commit"):
        changed = ", changed since" if manifest.get("changed_since_commit") else ""
        pairs.append(("Commit", f"{manifest['commit']}{changed}"))
    pairs.append(("Python", str(manifest.get("python", "not stated"))))
    packages = manifest.get("packages", {})
    pairs.append(("Packages", joined([f"{name} {version}" for name, version in packages.items() if version])))
    return Section("versions", "Versions", (Facts(tuple(pairs)),))


def files(told: Mapping[str, str]) -> Section:
    """Report what the files of a run hold, by their names."""
    rows = tuple((Cell(name), Cell(what)) for name, what in told.items())
    columns = tuple(map(Column, ("File", "Content")))
    return Section(
        "files",
        "The data",
        (
            Paragraph("Every table is a tidy CSV file in the same folder; data-dictionary.csv explains each column."),
            Table("files-of-the-run", "Files of this run", columns, rows),
        ),
    )
