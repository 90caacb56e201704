"""The people whom a proxy with a login lets through, from a file that an administrator keeps."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agriplan.baselines.toml_file import load_toml
from agriplan.bounded_reading import MOST_DATA, read_bounded
from agriplan.errors import Problem, SettingsError
from agriplan.nearest_word import did_you_mean
from agriplan.plain_text import plain_text
from agriplan.settings import Settings, words_of_setting

AT_THE_MACHINE = "here"  # among the administrators: whoever asks from the machine itself


@dataclass(frozen=True)
class Who:
    """A person or office: what is recorded, and the area that it speaks for (None: any)."""

    name: str = ""
    area: str | None = None


def read_users(settings: Settings, areas: Mapping[str, object] | None) -> Mapping[str, Who]:
    """The people of `users.toml` by the name that the proxy gives; raises `SettingsError` with all that is wrong.

    Where the data cannot be read, and no `areas` are known, everything else about them is still looked at.

    ```toml
    [zhangsan]
    name = "张三"
    area = "150500"
    ```
    """
    administrators = set(words_of_setting(settings.administrators)) - {AT_THE_MACHINE}
    if amiss := _settings_at_odds(settings, administrators):
        raise SettingsError(amiss)
    if settings.users is None:
        return {}
    entries = load_users(settings.users)
    wrong = [
        *_unusable(settings.users.name, entries, areas),
        *(
            Problem(
                "AGRIPLAN_ADMINISTRATORS", "administrator_unknown", {"login": login}, did_you_mean(login, list(entries))
            )
            for login in sorted(administrators - entries.keys())
        ),
    ]
    if wrong:
        raise SettingsError(wrong)
    return {login: Who(str(entry["name"]), str(entry["area"])) for login, entry in entries.items()}


def _settings_at_odds(settings: Settings, administrators: Collection[str]) -> list[Problem]:
    """What is set without that on which it rests: people and administrators are named by a proxy alone."""
    by_proxy = settings.identity == "proxy"
    given = {
        "AGRIPLAN_ADMINISTRATORS": (bool(administrators) and not by_proxy, "administrators_by_proxy"),
        "AGRIPLAN_USERS": ((settings.users is not None) != by_proxy, "users_needed" if by_proxy else "users_by_proxy"),
        "AGRIPLAN_PROXIES": (by_proxy and not settings.proxies, "users_needed"),
    }
    return [Problem(name, code) for name, (is_wrong, code) in given.items() if is_wrong]


def _unusable(
    file: str, entries: Mapping[str, Mapping[str, str]], areas: Mapping[str, object] | None
) -> Iterator[Problem]:
    """The people without a name or an area, or with one that the data, where they are known, have not."""
    for login, entry in entries.items():
        if (
            not isinstance(entry, dict)
            or not all(isinstance(entry.get(word), str) for word in ("name", "area"))
            or (areas is not None and entry["area"] not in areas)
        ):
            yield Problem(f"{file}: {login}", "user_unusable")


def load_users(path: Path) -> dict[str, dict[str, str]]:
    """The file as it is; raises `SettingsError` where it cannot be read."""
    try:
        return load_toml(plain_text(read_bounded(path, MOST_DATA)))
    except (OSError, ValueError):
        raise SettingsError([Problem("AGRIPLAN_USERS", "users_unreadable")]) from None
