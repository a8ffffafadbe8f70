"""A verdict on a terminal: whatever its width, no table is wider, and no number is cut."""

from io import StringIO

import pytest
from rich.console import Console

from simulator.render.verdict import Line, Verdict, print_verdict


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 240])
@pytest.mark.parametrize("of_frameworks", [True, False])
def test_no_table_is_wider_than_its_terminal_and_no_cell_is_cut(width: int, of_frameworks: bool) -> None:
    columns = ("Now (2006 regime)", "Option A", "Option B", "2012 proportional cycles", "Option A as proposed")
    layers = ("Rules alone", "Rules alone", "Rules alone", "Rules alone", "With the package")
    cells = ("nearly all", "£26.5m", "34,000", "100%", "7.9")
    lines = (Line("days unfound, longest tenth (mean)", cells, "A group"),)
    told = Verdict("Title.", layers=layers, columns=columns, lines=lines, of_frameworks=of_frameworks)
    console = Console(width=width, record=True, file=StringIO())
    print_verdict(told, console)
    shown = console.export_text()
    assert max(map(len, shown.splitlines())) <= width
    for cell in cells:
        assert f" {cell}" in shown
    assert shown.count("nearly all") == (shown.count("longest tenth") if of_frameworks and width > 60 else 1)
