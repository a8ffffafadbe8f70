"""What inspection costs, in words: the price of a day, and how sure it is."""

from simulator.experiments.post_costs import price_of_post
from simulator.present.report.document import Paragraph
from simulator.present.report.kept_run import KeptRun
from simulator.present.wording import figure


def price_told(run: KeptRun) -> Paragraph:
    """Say what a day of inspection is taken to cost, and what that rests on."""
    price = price_of_post(run.scenario)
    vary = ""
    if price.day_low is not None and price.day_high is not None:
        vary = f", to be varied between £{figure(price.day_low)} and £{figure(price.day_high)}"
    return Paragraph(
        f"One inspector-day is taken to cost £{figure(price.day)}, overheads included ({price.mark}{vary}); a "
        f"full-time equivalent has {figure(price.days)} days a year for inspection. All costs move in proportion to "
        "that price."
    )
