"""The charts of a comparison, as SVG and PNG.

Type, colours and rules are those of `simulator.charts.palette`, the sheet is that of `simulator.charts.sheet`.
"""

from simulator.charts.sheet import Chart, drawing
from simulator.questions.compare.chart_assessment import assessment_chart, has_assessments
from simulator.questions.compare.chart_bars import inspections_chart, unfound_chart, visits_chart
from simulator.questions.compare.chart_compare import compare_chart
from simulator.questions.compare.chart_found import found_chart
from simulator.questions.compare.chart_lines import backlog_chart, detection_chart
from simulator.questions.compare.chart_services import services_chart
from simulator.questions.compare.course import takeovers_told
from simulator.words.estimates import Estimated


def charts_of(compared: Estimated) -> list[Chart]:
    """Draw the charts of a comparison: each with a title that states the finding, and a description."""
    with drawing():
        makers = [
            found_chart,
            visits_chart,
            compare_chart,
            services_chart,
            inspections_chart,
            detection_chart,
            unfound_chart,
            backlog_chart,
        ]
        if has_assessments(compared):
            makers.append(assessment_chart)
        charts = [make(compared) for make in makers]
    return [chart._replace(alt=chart.alt + takeovers_told(compared)) for chart in charts]
