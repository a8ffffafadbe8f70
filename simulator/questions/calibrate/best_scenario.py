"""The scenario of the best fit, with the evidence that says where its figures are from and how far they spread."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from simulator.inputs.evidence import Table
from simulator.questions.calibrate.fits import Fit, interval
from simulator.questions.calibrate.fitting import Fitted
from simulator.questions.calibrate.mechanisms import FOUND_OUT, concerns, falls, fitted_scenario, shares, speed
from simulator.scenario.scenario import Scenario


def best_scenario(fitted: Fitted, source: str) -> Scenario:
    """Return the scenario with the best fit, and where its figures are from."""
    bench = fitted.bench
    scenario = fitted_scenario(bench.scenario, fitted.fits[0], bench.service_type, source)
    evidence = evidence_of(fitted.fits, bench.service_type, source)
    name = bench.framework.name
    run = {"frameworks": [name], "baseline": name, "warm_up_framework": name}
    return scenario.changed({"run": run, "evidence": evidence}, source)


def evidence_of(fits: Sequence[Fit], service_type: str, source: str) -> Table:
    """Return where the figures of the best fit are from, and over what range the set of fits has them.

    Of several numbers under one key the range is that of a common factor: of falls and of concerns that of the rate
    at good and at adequate, of shares that of poor.
    """

    def entry(of: Callable[[Fit], float], unit: str, as_factor: bool) -> Table:
        best = of(fits[0])
        low, high = interval([of(fit) for fit in fits])
        by = best if as_factor else 1.0
        ends = [_rounded(min(low, best) / by), _rounded(max(high, best) / by)]
        return {"mark": "D", "unit": unit, "source": f"fitted to {source}", "factor" if as_factor else "range": ends}

    a_year, of_all = "per provider-year", "share of providers"
    natural, start = f"quality.natural_shares.{service_type}", f"quality.start_shares.{service_type}"
    return {
        "quality.speed": entry(speed, "grade changes per provider-year", as_factor=False),
        "quality.falls": entry(lambda fit: falls(fit)["good"], a_year, as_factor=True),
        **{
            f"quality.found_out.{key}": entry(
                itemgetter(name), "months" if key.endswith("months") else "factor of the hazard", as_factor=False
            )
            for key, name in FOUND_OUT.items()
        },
        natural: entry(lambda fit: shares(fit, "natural")["poor"], of_all, as_factor=True),
        start: entry(lambda fit: shares(fit, "start")["poor"], of_all, as_factor=True),
        "signals.serious_concerns.poor": entry(lambda fit: concerns(fit)["poor"], a_year, as_factor=False),
        "signals.serious_concerns": entry(lambda fit: concerns(fit)["adequate"], a_year, as_factor=True),
    }


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
