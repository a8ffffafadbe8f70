"""Calibration: the mechanisms of the model fitted to a department's own inspection records, by simulated moments.

Inspections are aimed: a home of which something is heard is seen earlier. Hazards read off the gaps between visits
would take this aiming for decay. So nothing is read off directly: the schedule is simulated with everything else, a
run is turned into records like those given, and the same summary figures (`moments`) are taken of both.
"""
