"""Charts of a calibration: recorded against simulated figures, and the profile over judgement noise."""

from typing import Final

from simulator.charts.palette import DARK_BLUE, ORANGE, QUIET, RULE
from simulator.charts.sheet import Chart, drawing, sheet
from simulator.questions.calibrate.dots import Dots, dot_plot
from simulator.questions.calibrate.fit_tables import Told
from simulator.questions.calibrate.goodness import HIT
from simulator.questions.calibrate.mechanisms import NOISE
from simulator.questions.calibrate.words import met_sentence, noise_sentence, value_words
from simulator.version import __version__

_TALL: Final = 2.6
"""Inches of each of the two plots of the profile."""


def calibration_charts(told: Told) -> list[Chart]:
    """Draw both charts."""
    with drawing():
        return [_figures_chart(told), _profile_chart(told)]


def _figures_chart(told: Told) -> Chart:
    """Draw how far the simulated figures lie from the recorded ones, in standard errors of the latter."""
    fitted = told.moments[told.moments["fitted_to"]].reset_index(drop=True)
    title = met_sentence(told).removesuffix(".")
    what = (
        "Simulated minus recorded, in standard errors of the recorded figure; line: all fits of the set, dot: best fit"
    )
    error = (fitted["recorded_high"] - fitted["recorded"]) / 1.96
    low, high = ((fitted[name] - fitted["recorded"]) / error for name in ("simulated_low", "simulated_high"))
    best = fitted["errors_apart"]
    dots = Dots(fitted["title"], best, (best.abs() <= HIT).to_numpy(), low, high)
    figure = dot_plot(title, what, _source(), dots, HIT)
    said = "; ".join(
        f"{row['title']}: {value_words(row['recorded'], row['unit'])} recorded, "
        f"{value_words(row['simulated'], row['unit'])} simulated"
        for row in fitted.to_dict("records")
    )
    return Chart("figures", title, f"Dot plot. {title}. {said}.", figure)


def _profile_chart(told: Told) -> Chart:
    """Draw the best distance at each noise of judgement, and the undetected poor time that goes with it."""
    profile = told.profile
    title = noise_sentence(told).removesuffix(".")
    what = "At each noise of judgement, in grades, the other mechanisms are fitted again"
    figure, room = sheet(title, what, 2 * _TALL + 1.3, _source())
    tall = figure.get_figheight()
    noise = profile[NOISE].to_numpy()
    plots = (
        ("excess", "Distance above that of the best fit; dotted: too far for the set above", DARK_BLUE, "o"),
        ("undetected_per_100", "Undetected poor years per 100 provider-years", ORANGE, "D"),
    )
    for number, (column, label, colour, marker) in enumerate(plots):
        bottom = room.bottom + (0.45 + (1 - number) * (_TALL + 0.6)) / tall
        axes = figure.add_axes((0.09, bottom, 0.88, _TALL / tall))
        axes.plot(noise, profile[column], color=colour, marker=marker)
        axes.set_title(label, loc="left", fontsize=10)
        axes.set_ylim(min(0.0, 1.1 * float(profile[column].min())), 1.1 * float(profile[column].max()) + 0.1)
        axes.grid(axis="y", color=RULE, linewidth=0.5)
        if column == "excess":
            axes.axhline(told.manifest["tolerance"], color=QUIET, linestyle=(0, (1.5, 1.5)), linewidth=1)
        else:
            axes.set_xlabel("Noise of judgement, grades")
    said = "; ".join(
        f"{row[NOISE]:.2f}: above the best {row['excess']:.0f}, undetected {row['undetected_per_100']:.1f}"
        for row in profile.to_dict("records")
    )
    return Chart("profile", title, f"Two line charts. {title}. By noise of judgement: {said}.", figure)


def _source() -> str:
    return f"Inspection records provided, and inspectsim {__version__}; see manifest.json"
