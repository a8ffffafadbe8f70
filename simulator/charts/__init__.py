"""The parts that charts are drawn with: the sheet, its palette and lettering, lines, and marks over time."""
