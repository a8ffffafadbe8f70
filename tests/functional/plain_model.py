"""A second, plain model of the same rules: every provider a few SimPy processes, every draw from one generator.

It shares with the simulator its input files and nothing else: no handlers, no clocks of hazards, no addressed
draws, no whole-number time. A change of a hazard makes a process draw anew, which exponential times allow.
Time is in days, as ordinals of the calendar.
"""

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.scenario.scenario import Scenario

from .plain_inspectors import Pool, Process, Visit
from .plain_planning import Planner
from .plain_rules import DAYS_PER_MONTH, DAYS_PER_YEAR, Chain, Rules, year_end
from .plain_world import Episode, World

if TYPE_CHECKING:
    import pandas as pd

POOR = 1
ADEQUATE = 2
GOOD = 3
STANDS = 3
"""Place, among the changes of a provider, of coming to stand at good by itself."""


class Provider:
    """One provider, from its registration (or the beginning of the run) until it closes."""

    def __init__(self, world: World, service_type: str, row: int, *, new: bool) -> None:
        self.world = world
        self.env = world.env
        self.service_type = service_type
        self.row = row
        quality = world.scenario.quality
        shares = quality.entry_shares if new and service_type in quality.entry_shares else quality.start_shares
        self.grade = world.pick(shares[service_type].by_grade())
        self.grade_since = self.env.now
        self.rating = 0
        self.opened = self.env.now
        self.last_visit: float = -math.inf
        self.new_manager_until = -math.inf
        self.helped = {POOR: -math.inf, ADEQUATE: -math.inf}
        self.leans_on_help = False
        self.doubted_until = -math.inf
        self.episode: Episode | None = None
        self.outstanding: list[Visit] = []
        self._led_by: dict[str, int] = {}
        self.closed = self.env.event()
        self.planner = Planner(self, new=new)
        if self.grade == POOR:
            self.become_poor()
        self._quality = self.env.process(self._change())
        self._signals = self.env.process(self._be_heard_of())
        self._planning = self.env.process(self._be_planned_for(new=new))

    @property
    def rules(self) -> Rules:
        """The rules in force for it now."""
        return self.world.rules_of(self.service_type)

    def met_by(self, pool: str) -> float:
        """Choose who of a pool leads a visit to it; give the leniency."""
        people = self.world.pools[pool]
        if people.people.share_of_noise == 0:
            return 0.0
        self._led_by[pool] = people.lead(self._led_by.get(pool, -1))
        return people.leniency(self._led_by[pool])

    def judge(self, kind: KindOfInspection, leniency: float, blur: float = 1.0) -> int:
        """Judge it as an inspection of this kind would today."""
        severity = self.rules.severity_on(kind, self.env.now)
        share = self.world.scenario.inspectors.share_of_noise
        noise = math.sqrt(1 - share) * self.world.random.standard_normal() + math.sqrt(share) * leniency
        seen = self.grade + severity + kind.sigma * blur * noise
        return min(max(math.floor(seen + 0.5), 1), 4)

    # --- truth

    def become_poor(self) -> None:
        """Begin an episode."""
        self.episode = Episode(began=self.env.now)
        self.world.episodes.append(self.episode)

    def settle(self) -> None:
        """Count the days at the present grade."""
        self.world.days_at[self.grade] += max(self.env.now - max(self.grade_since, self.world.starts), 0.0)
        self.grade_since = self.env.now

    def _end_episode(self) -> None:
        if self.episode is not None:
            self.episode.ended = self.env.now
            self.episode = None

    def _help(self) -> float:
        """How much sooner it improves for having been found out, up to good."""
        effect = self.world.scenario.quality.found_out
        runs = {POOR: effect.after_poor, ADEQUATE: effect.after_adequate}
        return max([1.0, *(factor for what, factor in runs.items() if self.env.now < self.helped[what])])

    def be_found_out(self, judged: int, day: float) -> None:
        """Be helped for months from a day if rightly judged below good, doubted if wrongly; trusted if judged good."""
        effect = self.world.scenario.quality.found_out
        if judged >= GOOD:
            self.leans_on_help, self.doubted_until = False, -math.inf
        elif self.grade == GOOD and not self.leans_on_help:
            self.doubted_until = day + effect.adequate_months * DAYS_PER_MONTH
        elif self.grade < GOOD:
            months = {POOR: effect.poor_months if judged == POOR else 0.0, ADEQUATE: effect.adequate_months}
            for what, longer in months.items():
                self.helped[what] = max(self.helped[what], day + longer * DAYS_PER_MONTH)

    def _move(self, grade: int) -> None:
        self.settle()
        leaned = grade == GOOD > self.grade and self.world.random.random() >= 1 / self._help()
        self.leans_on_help, self.doubted_until = leaned, -math.inf
        if grade >= GOOD:
            self.helped = dict.fromkeys(self.helped, -math.inf)
        self.grade = grade
        self._end_episode()
        if grade == POOR:
            self.become_poor()
        self._stir(self._signals)

    def _rates_of_change(self) -> list[float]:
        """Rates per year of a decline, an improvement, a fall, and of coming to stand at good by itself, as of now."""
        quality, chain = self.world.scenario.quality, self.world.chains[self.service_type]
        decline, improve, fall = (rates[self.grade - 1] for rates in (chain.decline, chain.improve, chain.fall))
        if self.env.now < self.new_manager_until:
            decline *= quality.new_manager.decline_multiplier
        if self.env.now >= self._complacent_from():
            decline *= quality.complacency.decline_multiplier
        stand = 0.0
        if self.grade < GOOD:
            improve *= self._help()
        elif self.leans_on_help:
            improve *= quality.found_out.damping_to_excellent
            stand = chain.improve[ADEQUATE - 1]
        elif self.grade == GOOD and self.env.now < self.doubted_until:
            improve *= quality.found_out.damping_to_excellent
        return [float(decline), float(improve), float(fall), float(stand)]

    def _complacent_from(self) -> float:
        last = self.last_visit if self.last_visit > -math.inf else self.opened
        return last + self.world.scenario.quality.complacency.after_months * DAYS_PER_MONTH

    def _wait(self, until: float) -> Generator[simpy.Event, Any, bool]:
        """Wait for a time; say whether it has come, and nothing that bears on it came between."""
        try:
            yield self.env.event() if math.isinf(until) else self.env.timeout(max(until - self.env.now, 0.0))
        except simpy.Interrupt:
            return False
        return True

    def _stir(self, process: simpy.Process) -> None:
        """Let a process of the provider look at things anew."""
        if process.is_alive and process is not self.env.active_process:
            process.interrupt()

    def stir_planning(self) -> None:
        """Say that plans have changed."""
        self._stir(self._planning)

    def _chance(self, rates: list[float]) -> tuple[float, int]:
        """Draw when the first of several Poisson events comes, and which it is."""
        total = sum(rates)
        if total == 0.0:
            return math.inf, 0
        return self.env.now + self.world.random.exponential(DAYS_PER_YEAR / total), self.world.pick(rates)

    def _change(self) -> Process:
        while not self.closed.triggered:
            when, move = self._chance(self._rates_of_change())
            ends = (self.new_manager_until, self._complacent_from(), self.doubted_until, *self.helped.values())
            until = min([when, *(end for end in ends if end > self.env.now)])
            come = yield from self._wait(until)
            if come and until == when and move == STANDS:
                self.leans_on_help = False
            elif come and until == when:
                self._move((self.grade - 1, self.grade + 1, POOR)[move])

    # --- what becomes known

    def _be_heard_of(self) -> Process:
        scenario = self.world.scenario
        closures = scenario.population.types[self.service_type].closures
        signals = scenario.signals
        while not self.closed.triggered:
            rates = [each.by_grade()[self.grade] for each in (closures, signals.complaints, signals.serious_concerns)]
            when, what = self._chance([*rates, signals.manager_changes])
            come = yield from self._wait(when)
            if come:
                self._happen(("closure", "complaint", "serious_concern", "new_manager")[what])

    def _happen(self, what: str) -> None:
        if what == "closure":
            self.settle()
            self._end_episode()
            self.planner.ledger.close()
            self.closed.succeed()
            self._stir(self._quality)
            self._stir(self._planning)
            return
        if what == "new_manager":
            months = self.world.scenario.quality.new_manager.months
            self.new_manager_until = self.env.now + months * DAYS_PER_MONTH
            self._stir(self._quality)
        trigger = self.rules.triggers.get(what)
        if trigger is not None and self.world.random.random() < trigger.probability:
            self.planner.respond(trigger)

    # --- inspections

    def _be_planned_for(self, *, new: bool) -> Process:
        if new:
            self.planner.register()
        else:
            self.planner.begin_year()
        planning_day = self._next_planning_day()
        while not self.closed.triggered:
            source, due = self.planner.next_due()
            until = min(due, planning_day)
            come = yield from self._wait(until)
            if come and until == planning_day:
                if planning_day == self.world.starts:
                    self.planner.meet_new_framework()
                else:
                    self.planner.begin_year()
                planning_day = self._next_planning_day()
            elif come:
                self.planner.take(source)

    def _next_planning_day(self) -> float:
        april = year_end(self.env.now)
        return min(april, self.world.starts) if self.env.now < self.world.starts else april

    def inspect(self, visit: Visit) -> Process:
        """Wait for a team, be inspected, learn the judgement; or nobody comes in time."""
        takes = visit.takes
        pool = self.world.pools[takes.pool]
        self.outstanding.append(visit)
        self.world.visits.append(visit)
        pool.waiting.append(visit)
        pool.look()
        yield visit.called | visit.given_up | self.closed
        if visit.given_up.triggered:
            visit.ran_out = self.env.now
            self.outstanding.remove(visit)
            if not self.closed.triggered:
                self.planner.do_without(visit)
            return
        if not visit.called.triggered:
            pool.waiting.remove(visit)
            return
        visit.leniency = self.met_by(takes.pool)
        visit.inspector_days = takes.effort_days[self.service_type] * visit.effort
        yield self.env.timeout(visit.days)
        visit.ended = self.env.now
        pool.send_out(visit, -1)
        pool.look()
        if not self.closed.triggered:
            self._learn(visit)

    def spread(self, variation: float) -> float:
        """Draw a factor of mean 1 by which efforts vary."""
        variance = math.log(1 + variation**2)
        return float(self.world.random.lognormal(-variance / 2, math.sqrt(variance)))

    def _learn(self, visit: Visit) -> None:
        visit.truth = self.grade
        self.outstanding.remove(visit)
        self.last_visit = self.env.now
        if visit.takes.grades:
            self.rating = visit.judged = self.judge(visit.takes, visit.leniency, visit.blur)
            self.be_found_out(visit.judged, self.env.now)
            if self.rating == POOR and self.episode is not None:
                self.episode.detected = min(self.episode.detected, self.env.now)
        elif visit.takes.direction and self.rating:
            visit.declines = self.judge(visit.takes, visit.leniency, visit.blur) < self.rating
        self.planner.follow_up(visit)
        self._stir(self._quality)


def _place(world: World, providers: list[Provider], row: int) -> Process:
    """A place in the register: whoever closes is followed by a new provider."""
    while True:
        yield providers[row].closed
        yield world.env.timeout(world.scenario.population.successor_after_days)
        providers[row] = Provider(world, providers[row].service_type, row, new=True)


def run(scenario: Scenario, framework: Framework, warm_up: Framework, register: "pd.DataFrame", seed: int) -> World:
    """Run once; give the world as it was left at the horizon."""
    begins, starts = scenario.run.begins.toordinal(), scenario.run.start.toordinal()
    end = scenario.run.start.replace(year=scenario.run.start.year + scenario.run.years)
    env = simpy.Environment(begins)
    types = list(dict.fromkeys(register["service_type"]))
    days_per_fte = scenario.capacity.deployable_days_per_fte_year
    random = np.random.default_rng(seed)
    world = World(
        scenario=scenario,
        env=env,
        random=random,
        starts=starts,
        horizon=end.toordinal(),
        pools={
            name: Pool(env, pool, days_per_fte, starts, scenario.inspectors, random)
            for name, pool in scenario.capacity.pools.items()
        },
        rules_before={name: Rules(warm_up, name) for name in types},
        rules_after={name: Rules(framework, name) for name in types},
        chains={name: Chain(scenario.quality, name) for name in types},
    )
    providers = [Provider(world, name, row, new=False) for row, name in enumerate(register["service_type"])]
    for row in range(len(providers)):
        env.process(_place(world, providers, row))
    env.run(until=world.horizon)
    for provider in providers:
        if not provider.closed.triggered:
            provider.settle()
            provider.planner.ledger.measure_gaps()
    for pool in world.pools.values():
        pool.settle()
        pool.waiting_at_month_ends.append(len(pool.waiting))
    return world
