"""For whom: visits and staff days of one kind of provider, such as a small good home in the North West."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.inputs.given_files import is_file
from simulator.inputs.messages import InputError, not_one_of
from simulator.measures.bands import CONFIDENCE, Floats
from simulator.measures.for_whom import ALL, CHOICES, LEAST, RATINGS_HELD, combinations, figures_of
from simulator.running.comparing import Comparing
from simulator.running.paired import Paired
from simulator.ticks import TICKS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

FOR_WHOM: Final = "for-whom.parquet"
_RATES: Final = ("visits", "days")
RATE_COLUMNS: Final = tuple(
    f"{rate}{of}{end}" for rate in _RATES for of in ("", "_difference") for end in ("", "_low", "_high")
)
FOR_WHOM_COLUMNS: Final = (
    *CHOICES,
    "rating",
    "framework",
    "in_register",
    "providers",
    *RATE_COLUMNS,
    "pounds_per_day",
    "replications",
)


class RunningForWhom:
    """Visits and staff days of every combination of providers, gathered replication by replication."""

    def __init__(self, work: Comparing, baseline: str, confidence: float = CONFIDENCE) -> None:
        setting = work.settings[0]
        self._names, self._regions = list(work.cases), setting.regions
        self._combinations = combinations(setting.groups, len(setting.regions))
        self._years = (setting.horizon - setting.measured_from) / TICKS_PER_YEAR
        self._price = work.costs.cost_per_provider_day
        self._paired = Paired(self._names, baseline)
        self._confidence = confidence

    def add(self, amounts: Floats) -> None:
        """Take in the next replication, shape (frameworks, groups, 5, 3)."""
        self._paired.add(np.stack([figures_of(own, self._combinations, self._years) for own in amounts]))

    def frame(self) -> "pd.DataFrame":
        """Return visits and staff days a year by combination, last grade and framework.

        Returns
        -------
        DataFrame
            Columns `FOR_WHOM_COLUMNS`: service_type, size, region, sector, rating (each may be ``all``), framework,
            in_register (providers of the combination, whatever they are rated), providers (mean number at a time that
            hold the rating), visits and days with their 95 % intervals and differences from the baseline (per
            provider-year), pounds_per_day, replications. Figures of fewer than 10 providers are empty.
        """
        import pandas as pd

        bands = self._paired.bands(self._confidence)
        enough = self._combinations.providers >= LEAST
        shape = bands.levels.mean.shape[:-1]
        place, rating, framework = (
            axis.ravel() for axis in np.meshgrid(*(np.arange(n) for n in (shape[1], shape[2], shape[0])), indexing="ij")
        )
        names = np.array(self._combinations.names(self._regions), dtype=object).reshape(-1, len(CHOICES))
        columns: dict[str, Any] = {name: names[place, position] for position, name in enumerate(CHOICES)}
        columns |= {
            "rating": np.array(RATINGS_HELD, dtype=object)[rating],
            "framework": np.array(self._names, dtype=object)[framework],
            "in_register": self._combinations.providers[place],
            "providers": np.where(enough[place], bands.levels.mean[framework, place, rating, 0], np.nan),
        }
        for figure, rate in enumerate(_RATES, 1):
            for of, band in (("", bands.levels), ("_difference", bands.differences)):
                for end, part in zip(("", "_low", "_high"), band, strict=True):
                    told = part[framework, place, rating, figure]
                    columns[f"{rate}{of}{end}"] = np.where(enough[place], told, np.nan)
        columns["pounds_per_day"] = np.full(len(place), self._price)
        columns["replications"] = bands.counts[framework, place, rating, 1]
        return pd.DataFrame(columns)


def for_whom(
    given: "pd.DataFrame | str | Path",
    *,
    service_type: str = ALL,
    rating: str = ALL,
    size: str = ALL,
    region: str = ALL,
    sector: str = ALL,
) -> "pd.DataFrame":
    """Return what each framework means for one kind of provider.

    Parameters
    ----------
    given : DataFrame, str or Path
        The folder of a comparison, or its table ``for-whom.parquet``.
    service_type : str
        Such as ``childrens_home``.
    rating : str
        Rating held: ``good`` (or better), ``adequate``, ``poor`` or ``not_yet_graded``.
    size : str
        ``small``, ``medium`` or ``large``: a children's home with up to 3, 4 or 5, and more places; of another type, a
        third of the providers each.
    region : str
        Such as ``North West``.
    sector : str
        ``private``, ``voluntary`` or ``local_authority``.

    Returns
    -------
    DataFrame
        A row for each framework. Columns framework; providers (mean number at a time that hold the rating); visits,
        days and pounds of a provider a year, each with low and high (95 % interval); the same as differences from the
        baseline; replications.

    Raises
    ------
    InputError
        If a name is not one of those there are, or fewer than 10 providers are of this kind.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> answer = simulator.compare(few, ["2006-regime", "option-a"])
    >>> small = answer.for_whom(service_type="childrens_home", rating="good", size="small", region="North West")
    >>> small["framework"].tolist()
    ['2006-regime', 'option-a']
    """
    rows = table_of(given)
    chosen = {"service_type": service_type, "size": size, "region": region, "sector": sector, "rating": rating}
    for name, value in chosen.items():
        allowed = list(dict.fromkeys(rows[name]))
        if value not in allowed:
            raise InputError(not_one_of(value, name.replace("_", " "), allowed))
    found = rows[np.logical_and.reduce([rows[name] == value for name, value in chosen.items()])]
    told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in chosen.items() if value != ALL)
    if (there := int(found["in_register"].max()) if len(found) else 0) < LEAST:
        raise InputError(
            f"{told}: too few providers are of this kind ({there}); at least {LEAST} are needed. Leave out one of the "
            "choices"
        )
    if found["visits"].isna().all():
        raise InputError(f"{told}: no provider of this kind held this rating. Choose another rating")
    figures = found[["framework", "providers", *RATE_COLUMNS, "replications"]].reset_index(drop=True)
    price = float(found["pounds_per_day"].iloc[0])
    days = [name for name in RATE_COLUMNS if name.startswith("days")]
    return figures.assign(**{name.replace("days", "pounds"): figures[name] * price for name in days})


def table_of(given: "pd.DataFrame | str | Path") -> "pd.DataFrame":
    """Return the table of a comparison that says for whom, from its folder if that is given.

    Raises
    ------
    InputError
        If the folder has none, or one that is damaged.
    """
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        return given
    path = Path(given) / FOR_WHOM
    if not is_file(path):
        raise InputError(f"{path}: there is no such file; it must be the folder of a comparison")
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a table ({error})") from error


def table_bytes(table: "pd.DataFrame") -> bytes:
    """Write the table that says for whom as a Parquet file, its figures in single precision."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"O": pa.string(), "f": pa.float32(), "i": pa.int32()}
    fields = [pa.field(name, kinds[kind.kind]) for name, kind in table.dtypes.items()]
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    buffer = io.BytesIO()
    pq.write_table(plain.cast(pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()
