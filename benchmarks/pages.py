"""What a page, a preview and a fresh workbook cost: processor milliseconds a request, the median of several.

    python -m benchmarks.pages [ROUNDS]

Asked of the application in this process, collected as the serving processes collect; to compare two versions run it in
the folder of each, by turns.
"""

import gc
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from agriplan.settings import Settings
from agriplan.web.app import create_app

WARM = 3
LEAGUES = tuple(f"150{number}00" for number in range(1, 10))


def cases(client: FlaskClient) -> dict[str, Callable[[], object]]:
    """What is asked, by name; a growth that nobody entered before makes a new plan each time."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', client.get("/league/150500").text)[1]
    numbers = count()

    def growth() -> float:
        return 1 + next(numbers) / 1000

    def preview() -> object:
        return client.post("/league/150500", data={"csrf_token": token, "growth.milk.150500": f"{growth():.3f}"})

    def fresh() -> object:
        return client.post("/api/v1/workbook?area=150500", json={"growth": {"milk": {"150500": growth()}}})

    return {
        "overview": lambda: client.get("/"),
        "league page, the same again": lambda: client.get("/league/150500"),
        "league page, another league": lambda: client.get(f"/league/{LEAGUES[next(numbers) % len(LEAGUES)]}"),
        "indicator page": lambda: client.get("/indicator/milk"),
        "preview of a changed growth": preview,
        "fresh workbook": fresh,
    }


def measure(rounds: int) -> Iterator[tuple[str, float]]:
    """Each case, in processor seconds a request."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'plans.sqlite3'}"
        app = create_app(Settings(database=address, secret_key="benchmark-benchmark"))
        gc.freeze()
        gc.set_threshold(20_000)
        for name, ask in cases(app.test_client()).items():
            took = []
            for number in range(WARM + rounds):
                began = time.process_time()
                answer = ask()
                if answer.status_code != 200:
                    raise SystemExit(f"{name}: {answer.status_code}")
                if number >= WARM:
                    took.append(time.process_time() - began)
            yield name, median(took)


def main() -> None:
    """Measure and print."""
    for name, seconds in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 12):
        print(f"{name:32}{seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
