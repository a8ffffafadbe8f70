"""Small worlds for tests: a few providers under rules of one's own, built like a sentence.

A `World` starts with nothing in it: grades are held, nothing is heard of, nobody asks for an inspection, and there
are as many inspectors as it takes. Each method gives a new world with one thing more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

import numpy as np
import pandas as pd

from simulator.engine.run import simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework
from simulator.scenario.scenario import Scenario
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.population import synthetic
from tests.prices import PRICES

GRADES = ("poor", "adequate", "good", "excellent")
RATINGS = (*GRADES, "not_yet_graded")
MOMENT = 0.001
"""Inspector-days of an inspection that takes next to no time: two ticks."""
OWN = {"assumption": "a test"}
SECTIONS = ("kinds", *NAMED_CLAUSES)

Table = dict[str, Any]
ByGrade = float | Mapping[str, float]


def by_grade(values: ByGrade, names: tuple[str, ...] = GRADES) -> dict[str, float]:
    """Give a value for each grade: one for all, or those named and 0 for the rest."""
    if isinstance(values, Mapping):
        return {name: values.get(name, 0) for name in names}
    return dict.fromkeys(names, values)


@dataclass(frozen=True)
class World:
    """Providers, what moves them, who inspects them and by which rules."""

    providers: Mapping[str, int] = field(default_factory=lambda: {"childrens_home": 1})
    shares: ByGrade = field(default_factory=lambda: {"good": 1})
    natural: ByGrade = 0.25
    speed: float = 0.0
    falls: Mapping[str, float] = field(default_factory=dict)
    found_out: tuple[float, float, float] = (1, 1, 1)
    found_out_months: tuple[float, float] = (600, 600)
    new_manager: tuple[float, float] = (1, 0)
    complacency: tuple[float, float] = (1, 12)
    plan: tuple[ByGrade, float] = (0, 1)
    notice: float = 1.0
    yearly_rates: Mapping[str, ByGrade] = field(default_factory=dict)
    manager_changes: float = 0.0
    successor_after_days: int = 0
    start: date = date(2006, 4, 1)
    years: int = 10
    warm_up_years: int = 0
    seed: int = 1
    kinds: Mapping[str, Table] = field(default_factory=dict)
    rules: Mapping[str, Table] = field(default_factory=dict)
    first_inspections: Mapping[str, Table] = field(default_factory=dict)
    reinspections: Mapping[str, Table] = field(default_factory=dict)
    triggers: Mapping[str, Table] = field(default_factory=dict)
    samples: Mapping[str, Table] = field(default_factory=dict)
    targeting: Mapping[str, Table] = field(default_factory=dict)
    overall_judgements: Mapping[str, Table] = field(default_factory=dict)
    severity: Mapping[str, Table] = field(default_factory=dict)
    assessments: Mapping[str, Table] = field(default_factory=dict)
    self_assessments: Mapping[str, Table] = field(default_factory=dict)
    readings: Mapping[str, Table] = field(default_factory=dict)
    alignments: Mapping[str, Table] = field(default_factory=dict)
    inclusions: Mapping[str, Table] = field(default_factory=dict)
    improvement_plans: Mapping[str, Table] = field(default_factory=dict)
    enforcement: Mapping[str, Table] = field(default_factory=dict)
    strands: Mapping[str, Table] = field(default_factory=dict)
    pools: Mapping[str, tuple[tuple[date, float], ...]] = field(
        default_factory=lambda: {"regulatory": ((date(1990, 1, 1), np.inf),)}
    )
    staffing: Mapping[str, Table] = field(default_factory=dict)
    further: Mapping[str, Table] = field(default_factory=dict)
    regions: Mapping[str, float] = field(default_factory=lambda: {"England": 1})

    # Who and when

    def of(self, **providers: int) -> Self:
        """Have so many providers of each type; of a local authority's services, one for each authority."""
        return replace(self, providers=providers)

    def starting(self, **shares: float) -> Self:
        """Let these be the shares of the true grades at the beginning, and of newly registered providers."""
        return replace(self, shares=shares)

    def in_regions(self, **shares: float) -> Self:
        """Spread the local authorities over these regions; if nothing else says, there is one for each."""
        return replace(self, regions=shares)

    def during(self, years: int, start: date = date(2006, 4, 1), warm_up_years: int = 0) -> Self:
        """Let it run so long."""
        return replace(self, years=years, start=start, warm_up_years=warm_up_years)

    def warming_up(self, years: int) -> Self:
        """Let so many years pass before the start."""
        return replace(self, warm_up_years=years)

    def seeded(self, seed: int) -> Self:
        """Draw all that is random with another seed."""
        return replace(self, seed=seed)

    # What is true

    def drifting(self, natural: Mapping[str, float], speed: float, **falls: float) -> Self:
        """Let true grades move as a chain with these natural shares, speed and falls."""
        return replace(self, natural=natural, speed=speed, falls=falls)

    def with_strands(self, count: int, shared: float) -> Self:
        """Let the quality of every type have so many strands, of which this share of what moves them is common."""
        return replace(self, strands={name: {"count": count, "shared": shared} for name in self.providers})

    def with_rates(self, **yearly: ByGrade) -> Self:
        """Set hazards per year by true grade: decline, improve, fall, closure, complaint, serious."""
        return replace(self, yearly_rates={**self.yearly_rates, **yearly})

    def with_effects(self, **effects: tuple[float, ...]) -> Self:
        """Set the effects on quality, each as their numbers in order.

        They are found_out (which lasts for good, unless found_out_months says how long), new_manager, complacency.
        """
        return replace(self, **effects)  # type: ignore[arg-type]

    def taking_plans(self, refused: ByGrade = 0, improve_multiplier: float = 1, under_notice: float = 1) -> Self:
        """Let plans be refused so often, and improvement be so much faster while one runs, or under notice."""
        return replace(self, plan=(refused, improve_multiplier), notice=under_notice)

    def with_manager_changes(self, per_year: float) -> Self:
        """Let managers change so often."""
        return replace(self, manager_changes=per_year)

    def followed_after(self, days: int) -> Self:
        """Let the successor of a provider that closes register after so many days."""
        return replace(self, successor_after_days=days)

    # Who inspects

    def with_inspectors(self, fte: float, *later: tuple[date, float], pool: str = "regulatory") -> Self:
        """Have so many inspectors in the field, and others from later dates on."""
        return replace(self, pools={**self.pools, pool: ((date(1990, 1, 1), fte), *later)})

    def staffed(self, pool: str = "regulatory", **settings: Any) -> Self:
        """Let the inspectors of a pool be found, trained, lost or divided over regions as these settings say."""
        return replace(self, staffing={**self.staffing, pool: settings})

    def stating(self, section: str, **settings: Any) -> Self:
        """Let a section of the scenario state these settings too."""
        return replace(self, further={**self.further, section: {**self.further.get(section, {}), **settings}})

    def with_kind(self, name: str = "key", effort: float | Mapping[str, float] = MOMENT, **changes: Any) -> Self:
        """Define a kind of inspection: one perfect inspector who takes next to no time, but for the changes."""
        days = effort if isinstance(effort, Mapping) else dict.fromkeys(self.providers, effort)
        table = {
            "title": name,
            "effort_days": days,
            "grades": True,
            "detects": True,
            "priority": 3,
            "counts": True,
            "pool": "regulatory",
            "source": OWN,
        }
        return replace(self, kinds={**self.kinds, name: table | changes})

    # By which rules

    def with_visits(self, per_year: ByGrade, name: str = "visits", **changes: Any) -> Self:
        """Ask for visits per inspection year, by rating."""
        rule = {"form": "visits", "per_year": by_grade(per_year, RATINGS)}
        return self._with_rule(name, rule | changes)

    def with_interval(self, months: ByGrade, name: str = "interval", **changes: Any) -> Self:
        """Ask for an inspection within so many months of the last, by rating; 0 for none."""
        rule = {"form": "interval", "months": by_grade(months, RATINGS)}
        return self._with_rule(name, rule | changes)

    def with_round(self, first: date, last: date, name: str = "round", **changes: Any) -> Self:
        """Ask for one inspection between two days."""
        return self._with_rule(name, {"form": "round", "from": first, "until": last} | changes)

    def without_rules(self) -> Self:
        """Ask for no inspection at all."""
        return self.with_kind().with_interval(0)

    def with_first_inspections(self, not_before_days: int, within_days: int, **changes: Any) -> Self:
        """Inspect newly registered providers first within a window."""
        clause: Table = {"types": list(self.providers), "source": OWN}
        clause |= {"not_before_days": not_before_days, "within_days": within_days}
        return replace(self, first_inspections={"first": clause | changes})

    def with_reinspection(self, not_before_days: int, within_days: int, **changes: Any) -> Self:
        """Inspect again after a judgement of poor."""
        clause: Table = {"types": list(self.providers), "source": OWN, "after": ["poor"], "kind": "key"}
        clause |= {"not_before_days": not_before_days, "within_days": within_days}
        return replace(self, reinspections={"again": clause | changes})

    def responding(self, signal: str, action: str, kind: str | None = None, **changes: Any) -> Self:
        """Let a signal move the next inspection or add one: every time and at once, but for the changes."""
        clause: Table = {"types": list(self.providers), "source": OWN, "signal": signal, "action": action, "kind": kind}
        clause |= {"probability": 1.0, "delay_days": 0, "within_days": 30}
        return replace(self, triggers={**self.triggers, signal: clause | changes})

    def with_sample(
        self, share: ByGrade | None = None, number: tuple[int, int] | None = None, name: str = "sample", **changes: Any
    ) -> Self:
        """Draw a sample every year: a share of the providers by rating, or between two numbers of them, or by days."""
        clause: Table = {"types": list(self.providers), "source": OWN, "kind": "random"}
        if share is not None:
            clause["share"] = by_grade(share, RATINGS)
        if number is not None:
            clause["number"] = dict(zip(("least", "most"), number, strict=True))
        return replace(self, samples={**self.samples, name: clause | changes})

    def with_targeting(self, by: str, kind: str = "key", **changes: Any) -> Self:
        """Let whoever is free go where a visit is worth most: by truth or index, last of all but for the changes."""
        clause: Table = {"types": list(self.providers), "source": OWN, "by": by, "kind": kind, "priority": 9}
        return replace(self, targeting={"targets": clause | changes})

    def with_improvement_plans(self, days: int = 200, **changes: Any) -> Self:
        """Ask for a plan after every judgement of poor, produced at once, but for the changes."""
        clause: Table = {"types": list(self.providers), "source": OWN, "after": ["poor"], "days": days}
        clause |= {"request_probability": 1.0, "days_to_produce": 0}
        return replace(self, improvement_plans={"plans": clause | changes})

    def with_enforcement(self, *steps: str, days: int = 100, **changes: Any) -> Self:
        """Have a tariff of these steps, each looked at again after so many days."""
        clause: Table = {"types": list(self.providers), "source": OWN, "steps": list(steps)}
        clause["days"] = {step: days for step in steps if step != "deregistration"}
        return replace(self, enforcement={"tariff": clause | changes})

    def judging_strands(self, by: Literal["best_fit", "limiting"]) -> Self:
        """Combine the judgements of the strands so."""
        clause = {"types": list(self.providers), "source": OWN, "by": by}
        return replace(self, overall_judgements={"overall": clause})

    def judging_harder(self, grades: float, first: date, last: date | None = None, **changes: Any) -> Self:
        """Judge so many grades harder between two days."""
        clause: Table = {"types": list(self.providers), "source": OWN, "from": first, "grades_added": -grades}
        clause |= ({} if last is None else {"until": last}) | changes
        return replace(self, severity={**self.severity, f"{first}": clause})

    def assessing(self, by: str, user_survey: bool = False, **changes: Any) -> Self:
        """Assess every provider every year: by last_judgement, or by points or belief as given."""
        clause: Table = {"types": list(self.providers), "source": OWN, "by": by, "pool": "regulatory"}
        clause |= {"user_survey": user_survey} | changes
        return replace(self, assessments={"annual": clause})

    def with_self_assessments(self, cross_check: float = 0.0, **changes: Any) -> Self:
        """Have every provider say every year how good it is."""
        clause: Table = {"types": list(self.providers), "source": OWN, "title": "AQAA", "pool": "regulatory"}
        return replace(self, self_assessments={"aqaa": clause | {"cross_check": cross_check} | changes})

    def saying_of_themselves(
        self, noise: float = 0, optimism: ByGrade = 0, not_produced: ByGrade = 0, misleading: ByGrade = 0
    ) -> Self:
        """Let providers say this of themselves: all honest and right, but for what is given."""
        values = {"optimism": optimism, "not_produced": not_produced, "misleading": misleading}
        table = {"noise": noise} | {name: by_grade(value) for name, value in values.items()}
        return replace(self, readings={**self.readings, "self_assessments": table})

    def with_users_saying(self, noise: float) -> Self:
        """Let users read the true grade through this noise."""
        return replace(self, readings={**self.readings, "user_survey": {"noise": noise}})

    def made_together(self, *services: str, within_days: int, saving: float = 3 / 16, **changes: Any) -> Self:
        """Inspect these services of an authority at the same time, if they fall due so near each other."""
        clause: Table = {"services": services, "kinds": ["key"], "source": OWN}
        clause |= {"within_days": within_days, "saving": saving}
        return replace(self, alignments={"together": clause | changes})

    def covering(self, *services: str, kind: str = "area") -> Self:
        """Inspect these services as part of the inspection of their authority."""
        clause = {"kind": kind, "of": "local_authority", "covers": services, "source": OWN}
        return replace(self, inclusions={"whole": clause})

    def _with_rule(self, name: str, rule: Table) -> Self:
        table = {"types": list(self.providers), "kind": "key", "source": OWN} | rule
        return replace(self, rules={**self.rules, name: table})

    # The parts that the simulator is made of

    def framework(self, name: str = "own") -> Framework:
        """Give the rules as a framework."""
        sections = {
            section: {key: dict(clause) for key, clause in getattr(self, section).items()} for section in SECTIONS
        }
        return Framework.model_validate({"name": name, "title": name, "summary": "Rules of a test.", **sections})

    def scenario(self) -> Scenario:
        """Give everything else as a scenario."""
        per_type = dict.fromkeys(self.providers)
        return Scenario.model_validate(
            {
                "title": "A small world",
                "run": {
                    "start": self.start,
                    "years": self.years,
                    "warm_up_years": self.warm_up_years,
                    "warm_up_framework": "itself",
                    "frameworks": ["own"],
                    "baseline": "own",
                    "replications": 1,
                    "seed": self.seed,
                },
                "population": self._population(),
                "quality": {
                    "speed": self.speed,
                    "falls": {name: self.falls.get(name, 0) for name in GRADES[1:]},
                    "natural_shares": {name: by_grade(self.natural) for name in per_type},
                    "start_shares": {name: by_grade(self.shares) for name in per_type},
                    "strands": {name: dict(table) for name, table in self.strands.items()},
                    "found_out": dict(
                        zip(
                            ("after_poor", "after_adequate", "damping_to_excellent", "poor_months", "adequate_months"),
                            (*self.found_out, *self.found_out_months),
                            strict=True,
                        )
                    ),
                    "new_manager": dict(zip(("decline_multiplier", "months"), self.new_manager, strict=True)),
                    "improvement_plan": {"refused": by_grade(self.plan[0]), "improve_multiplier": self.plan[1]},
                    "enforcement": {"improve_multiplier": self.notice},
                    "complacency": dict(zip(("decline_multiplier", "after_months"), self.complacency, strict=True)),
                },
                "signals": {
                    "complaints": by_grade(0),
                    "serious_concerns": by_grade(0),
                    "manager_changes": self.manager_changes,
                    **self.readings,
                },
                "capacity": {
                    "deployable_days_per_fte_year": 260,
                    "pools": {
                        name: {"fte": [{"from": day, "fte": fte} for day, fte in steps], **self.staffing.get(name, {})}
                        for name, steps in self.pools.items()
                    },
                    **self.further.get("capacity", {}),
                },
                "inspectors": self.further.get("inspectors", {}),
                "costs": PRICES,
            }
        )

    def _population(self) -> Table:
        authority_services = ("la_fostering", "la_adoption", "private_fostering", "local_authority")
        of_authorities = (n for name, n in self.providers.items() if name in authority_services)
        authorities = max(of_authorities, default=len(self.regions))
        return {
            "local_authorities": authorities,
            "regions": dict(self.regions),
            "successor_after_days": self.successor_after_days,
            "types": {
                name: {
                    "count": count,
                    "places": {"median": 4, "mean": 5},
                    "sectors": {"local_authority": 1},
                    "closures": by_grade(0),
                }
                for name, count in self.providers.items()
            },
        }

    def register(self) -> pd.DataFrame:
        """Give the providers."""
        return synthetic(self.scenario().population, self.seed)

    def setting(
        self,
        framework: Framework | None = None,
        warm_up: Framework | None = None,
        register: pd.DataFrame | None = None,
        later: Sequence[tuple[date, Framework]] = (),
    ) -> Setting:
        """Give the world as arrays, under its own framework where no other is given, and others from `later` dates."""
        scenario, framework = self.scenario(), framework or self.framework()
        providers = self.register() if register is None else register
        regimes = [Regime(scenario.run.start, framework), *(Regime(*each) for each in later)]
        if self.warm_up_years:
            regimes.insert(0, Regime(scenario.run.begins, warm_up or framework))
        setting = setting_of(scenario, regimes, providers)
        for name, values in self.yearly_rates.items():
            rates = np.array([0.0, *by_grade(values).values()]) / TICKS_PER_YEAR
            setting.services[name] = rates
        return setting

    def run(self, replication: int = 0, engine: Literal["compiled", "simpy"] = "compiled") -> Trace:
        """Run one replication."""
        return simulate(self.setting(), replication, engine)
