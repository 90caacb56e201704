"""Tables and sentences for a terminal; Chinese characters are two columns wide there."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

# Wider than any table: a figure that is cut is another figure. A terminal wraps what it has no room for.
TABLE_WIDTH = 10_000


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """Lay out a table below its title, which is one line however narrow the table is.

    The first `texts` columns are words (left), the others figures (right).
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(header):
        table.add_column(name, justify="left" if number < texts else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    out = StringIO()
    Console(file=out, width=TABLE_WIDTH, color_system=None, markup=False, highlight=False).print(table)
    return "\n".join((title, *(line.rstrip() for line in out.getvalue().splitlines())))
