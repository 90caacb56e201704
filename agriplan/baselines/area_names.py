"""Whether every name that areas go by is that of one area."""

from collections.abc import Iterator

from agriplan.baselines.contents import FolderContents
from agriplan.baselines.records import Area, fold_name
from agriplan.errors import Called, Problem


def names_mean_one_area(contents: FolderContents) -> Iterator[Problem]:
    """Whatever name a league goes by, it is that of no other area: a table that says it means one of them."""
    region = contents.header.region if contents.header else None
    owners: dict[str, Area] = {fold_name(name): region for name in region.names} if region else {}
    for line, area in contents.leagues.items():
        for name in area.names:
            other = owners.setdefault(fold_name(name), area)
            if other.code != area.code:
                whose = Called(other.code, other.name_zh, other.name_en)
                yield Problem(f"leagues.csv:{line}", "name_of_another", {"word": name, "other": whose})
