"""Figures for Prometheus, over all processes: each counts in a corner of its own of memory that all can read."""

from multiprocessing.sharedctypes import RawArray
from typing import Any

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Seconds: a remembered answer, a page, a fresh workbook, a pack, too long.
BOUNDS = (0.005, 0.05, 0.5, 2.0, 10.0)
SUM, BYTES, LOST = len(CLASSES) + len(BOUNDS), len(CLASSES) + len(BOUNDS) + 1, len(CLASSES) + len(BOUNDS) + 2
METRIC_WIDTH = LOST + 1


class Metrics:
    """Counts requests of one process; says what all have counted.

    No lock: a process alone writes its corner, and a count that its threads miss now and then is no loss.

    >>> metrics = Metrics(2)
    >>> metrics.of(0).count(200, 0.01, 100), metrics.of(1).count(404, 3.0, 10)
    (None, None)
    >>> [line for line in metrics.text().splitlines() if "4xx" in line or "_count" in line]
    ['agriplan_requests_total{status="4xx"} 1', 'agriplan_request_seconds_count 2']
    """

    def __init__(self, processes: int, cells: Any = None, place: int = 0) -> None:
        self._processes = processes
        self._cells = RawArray("d", processes * METRIC_WIDTH) if cells is None else cells
        self._first = place * METRIC_WIDTH

    def of(self, place: int) -> "Metrics":
        """The same figures, counted in another corner."""
        return Metrics(self._processes, self._cells, place)

    def count(self, status: int, seconds: float, size: int) -> None:
        """Count a request."""
        cells, first = self._cells, self._first
        cells[first + min(max(status // 100, 1), 5) - 1] += 1
        cells[first + SUM] += seconds
        cells[first + BYTES] += size
        for number, bound in enumerate(BOUNDS):
            if seconds <= bound:
                cells[first + len(CLASSES) + number] += 1

    def lose(self, lines: int) -> None:
        """Say how many lines of the log this process has lost."""
        self._cells[self._first + LOST] = lines

    def _total(self, cell: int) -> float:
        return float(sum(self._cells[place * METRIC_WIDTH + cell] for place in range(self._processes)))

    def text(self) -> str:
        """Everything, as Prometheus reads it."""
        requests = [self._total(number) for number in range(len(CLASSES))]
        lines = ["# TYPE agriplan_requests_total counter"]
        lines += [
            f'agriplan_requests_total{{status="{name}"}} {count:.0f}'
            for name, count in zip(CLASSES, requests, strict=True)
        ]
        lines.append("# TYPE agriplan_request_seconds histogram")
        lines += [
            f'agriplan_request_seconds_bucket{{le="{bound:g}"}} {self._total(len(CLASSES) + number):.0f}'
            for number, bound in enumerate(BOUNDS)
        ]
        lines += [
            f'agriplan_request_seconds_bucket{{le="+Inf"}} {sum(requests):.0f}',
            f"agriplan_request_seconds_sum {self._total(SUM):.6f}",
            f"agriplan_request_seconds_count {sum(requests):.0f}",
            "# TYPE agriplan_response_bytes_total counter",
            f"agriplan_response_bytes_total {self._total(BYTES):.0f}",
            "# TYPE agriplan_log_lines_lost_total counter",
            f"agriplan_log_lines_lost_total {self._total(LOST):.0f}",
            "# TYPE agriplan_processes gauge",
            f"agriplan_processes {self._processes}",
        ]
        return "\n".join(lines) + "\n"
