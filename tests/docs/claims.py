"""What the documents say in numbers, and where each number comes from.

A row is a sentence as it stands on a page, and the values that fill its gaps, taken from the code or counted. What was
measured once and cannot be measured with every run carries its date on the page instead.
"""

from collections.abc import Callable, Sequence

from waitress.adjustments import Adjustments

from agriplan.baselines import doubts
from agriplan.baselines.folder import read_baselines
from agriplan.engine.allocation import RULES
from agriplan.engine.scenario import Scenario
from agriplan.places import baselines_folder
from agriplan.settings import Settings
from agriplan.store import connecting, database
from agriplan.taking import cells, grid, table_file
from agriplan.web import bulkhead, log, reloading, worker
from agriplan.web.pages import draft
from agriplan.workbook import kept_blueprints
from agriplan.workbook.content.compared import MOST_PLANS
from agriplan.workbook.template import pictures
from agriplan.workbook.xlsx import texts

WORDS = dict(
    enumerate(
        [
            "none",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
        ]
    )
)


def mib(count: int) -> int:
    """Whole binary megabytes."""
    return count // 2**20


def shipped() -> int:
    """How many areas the shipped plan has, the region among them."""
    return len(read_baselines(baselines_folder()).areas)


Row = tuple[str, Callable[[], Sequence[object]]]
CLAIMS: dict[str, tuple[Row, ...]] = {
    "README.md": (
        ("writes all {} workbooks into `out/`", lambda: [WORDS[shipped()]]),
        ("its {} parts; together *areas*", lambda: [WORDS[shipped() - 1]]),
    ),
    "baselines/README.md": (
        ("a figure of more than {:.0f} times", lambda: [doubts.MOST_TIMES_NEIGHBOUR]),
        ("a unit value {:.0f} times off", lambda: [doubts.MOST_UNIT_VALUE_TIMES]),
        ("为相邻年份的 {:.0f} 倍以上", lambda: [doubts.MOST_TIMES_NEIGHBOUR]),
        ("单位产值相差 {:.0f} 倍", lambda: [doubts.MOST_UNIT_VALUE_TIMES]),
    ),
    "docs/service.md": (
        ("a place among the {:,} of a process", lambda: [worker.MOST_CLIENT_CONNECTIONS]),
        (
            "Idle connections are closed after {} seconds, requests that take longer than {} seconds to arrive",
            lambda: [worker.IDLE_SECONDS, worker.SEND_SECONDS],
        ),
        ("(making workbooks) is done {} at a time", lambda: [WORDS[bulkhead.HEAVY_AT_ONCE]]),
        ("{} threads are always kept free", lambda: [WORDS[bulkhead.KEPT_FREE]]),
        ("a queue of {}", lambda: [log.MOST_WAITING]),
        ("stayed as it is for {} seconds", lambda: [WORDS[int(reloading.FOLDER_SECONDS)]]),
        (
            "given up after {} seconds (a locked SQLite file) or {} (a frozen PostgreSQL), and for {} seconds after",
            lambda: [
                connecting.PATIENCE_SECONDS,
                connecting.PATIENCE_SECONDS + connecting.ANSWER_SECONDS,
                WORDS[int(database.PAUSE_SECONDS)],
            ],
        ),
        ("further ones are started ({} times the usual number at most)", lambda: [WORDS[worker.USUAL_THREADS]]),
        (
            "A process has {} threads, {} at most",
            lambda: [Settings().threads, Settings().threads * worker.USUAL_THREADS],
        ),
        (
            "a limit of {:,} connections instead of {}",
            lambda: [worker.MOST_CLIENT_CONNECTIONS, Adjustments.connection_limit],
        ),
        (
            "finished workbooks in {} MiB (`AGRIPLAN_CACHED_BYTES`), {} plans (`AGRIPLAN_CACHED_PLANS`)",
            lambda: [mib(Settings().cached_bytes), Settings().cached_plans],
        ),
    ),
    "docs/storage.md": (
        (
            "A writer waits up to {} seconds for its turn, longer ({:.0f})",
            lambda: [connecting.PATIENCE_SECONDS, database.BUSY_SECONDS],
        ),
    ),
    "docs/tables.md": (
        ("一张表最多 {} 行、{} 列、{} 格", lambda: [grid.MOST_ROWS, grid.MOST_COLUMNS, grid.MOST_FILLED]),
        ("超过最近年份已知数的 {:.0f} 倍或不足三分之一", lambda: [doubts.MOST_TIMES_NEIGHBOUR]),
        ("一个工作簿各表合计最多 {} 格", lambda: [table_file.MOST_IN_FILE]),
        (
            "{:,} rows, {} columns and {:,} cells at most, a workbook {:,} cells in all its sheets; of a cell {} char",
            lambda: [
                grid.MOST_ROWS,
                grid.MOST_COLUMNS,
                grid.MOST_FILLED,
                table_file.MOST_IN_FILE,
                cells.MOST_IN_CELL,
            ],
        ),
        ("a value of more than {} times", lambda: [WORDS[int(doubts.MOST_TIMES_NEIGHBOUR)]]),
    ),
    "docs/template.md": (
        (
            "PNG or JPEG, up to {} kB each, {} and {:,} kB in all",
            lambda: [
                pictures.MOST_PICTURE_BYTES // 1000,
                pictures.MOST_PICTURES,
                pictures.MOST_PICTURES_BYTES // 1000,
            ],
        ),
    ),
    "docs/api.md": (
        ("the scenario sent, under all {} rules", lambda: [WORDS[len(RULES)]]),
        ("two to {}", lambda: [WORDS[MOST_PLANS]]),
    ),
    "docs/decisions.md": (
        ("Values of live cells are stored to {} digits", lambda: [texts.DIGITS]),
        ("at most {} files, by template", lambda: [kept_blueprints.MOST_FILES]),
        (
            "(PNG or JPEG, {} kB each, {:,} kB in all)",
            lambda: [pictures.MOST_PICTURE_BYTES // 1000, pictures.MOST_PICTURES_BYTES // 1000],
        ),
        ("(about {:,} characters) asks to be saved", lambda: [draft.MOST_IN_ADDRESS]),
        ("**`status_margin` is part of the scenario** ({:.0f} points by default)", lambda: [Scenario().status_margin]),
        ("so a process keeps {} of them", lambda: [Settings().cached_plans]),
    ),
}
