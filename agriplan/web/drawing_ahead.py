"""Draw the blueprints of all workbooks before anybody asks, in a process of its own that gives way to the others.

What was drawn once is kept in the user's cache folder, so this costs seconds after a change of data or version, and a
look at a few file names at every other start.
"""

import os
import subprocess
import sys
from contextlib import suppress
from itertools import islice, product
from pathlib import Path

from agriplan.baselines.folder import read_baselines
from agriplan.engine.plan import make_plan
from agriplan.engine.scenario import Scenario
from agriplan.errors import AgriplanError
from agriplan.forecast.suggestions import suggestions_for
from agriplan.places import baselines_folder
from agriplan.sentences import LANGS
from agriplan.settings import Settings
from agriplan.web.service import read_templates
from agriplan.workbook.blueprints import blueprints_of
from agriplan.workbook.kept_blueprints import MOST_FILES

NICENESS = 19  # only what nobody else wants of the processor


def start_drawing(settings: Settings) -> "subprocess.Popen[bytes] | None":
    """Start the process, where that is asked for."""
    if not settings.draw_ahead:
        return None
    folders = [str(each or "") for each in (settings.baselines, settings.templates)]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", __name__, str(os.getpid()), *folders],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # what is wrong with data or template is said by the service itself
    )


def stop_drawing(process: "subprocess.Popen[bytes] | None") -> None:
    """End it, wherever it is; files are kept whole or not at all."""
    if process is not None:
        process.kill()
        process.wait()


def keep_blueprints(baselines: Path | None, templates: Path | None, parent: int) -> None:
    """Keep the blueprint of every area in every language, as many as are kept, until all is done or the parent gone."""
    data = read_baselines(baselines or baselines_folder())
    plan = make_plan(Scenario(), data, suggestions_for(data))
    found = read_templates(plan, templates)
    for lang, area in islice(product(LANGS, data.areas), MOST_FILES):
        if hasattr(os, "getppid") and os.getppid() != parent:
            return
        blueprints_of(plan).keep(plan, area, found[lang], lang)


def run_alone() -> None:
    """What the process does."""
    parent, baselines, templates = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(AgriplanError):  # the service would not have started, or says so where a workbook is asked for
        keep_blueprints(Path(baselines) if baselines else None, Path(templates) if templates else None, int(parent))


if __name__ == "__main__":
    run_alone()
