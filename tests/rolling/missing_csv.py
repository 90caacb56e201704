"""`missing.csv` as the planners of a made-up region fill it in."""

import csv
import io
import re
from pathlib import Path

# What the planners of a made-up region knew at the end of 2025: growth over five years by indicator.
GROWN = {"milk_output": 1.35, "mutton_output": 1.03, "beef_output": 1.53, "forage_value": 1.4, "livestock_units": 1.05}
TARGETS = {"milk": 1100, "meat_sheep_value": 1000, "beef_cattle_value": 950, "forage_value": 900}


def filled(text: str, targets: dict[str, float] = TARGETS) -> str:
    """missing.csv as somebody fills it in: what is needed, and nothing else."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        last = re.match(r"[\d.]+", row["last"])
        if row["what"] == "quote":
            row["value"] = "力争到2030年再上一个台阶"
        elif row["what"] == "target":
            row["value"] = str(targets.get(row["id"], 98))
        elif row["needed"] == "yes":
            row["value"] = f"{float(last[0]) * GROWN.get(row['id'], 1.01):.2f}"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()  # as Excel leaves it


def fill(folder: Path) -> Path:
    """Fill the file of a folder in; of the milk they knew 2020, where the data know a later year."""
    file = folder / "missing.csv"
    text = file.read_text(encoding="utf-8").replace(",783.7 (2023),", ",611.5 (2020),")
    file.write_text(filled(text), encoding="utf-8", newline="")
    return folder
