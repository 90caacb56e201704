"""The people whom a proxy with a login lets through, from a file that an administrator keeps."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agriplan.errors import Problem, SettingsError, did_you_mean
from agriplan.settings import Settings

AT_THE_MACHINE = "here"  # among the administrators: whoever asks from the machine itself


@dataclass(frozen=True)
class Who:
    """A person or office: what is recorded, and the area that it speaks for (None: any)."""

    name: str = ""
    area: str | None = None


def words_of_setting(setting: str) -> set[str]:
    """The words of a setting that holds several.

    >>> sorted(words_of_setting("here, zhangsan,"))
    ['here', 'zhangsan']
    """
    return {word.strip() for word in setting.split(",") if word.strip()}


def read_users(settings: Settings, areas: Mapping[str, object]) -> Mapping[str, Who]:
    """The people of `users.toml` by the name that the proxy gives; raises `SettingsError` with all that is wrong.

    ```toml
    [zhangsan]
    name = "张三"
    area = "150500"
    ```
    """
    administrators = words_of_setting(settings.administrators) - {AT_THE_MACHINE}
    if settings.identity != "proxy":
        if administrators:
            raise SettingsError([Problem("AGRIPLAN_ADMINISTRATORS", "administrators_by_proxy")])
        return {}
    if settings.users is None or not settings.proxies:
        missing = "AGRIPLAN_USERS" if settings.users is None else "AGRIPLAN_PROXIES"
        raise SettingsError([Problem(missing, "users_needed")])
    entries = load_users(settings.users)
    wrong = [
        Problem(f"{settings.users.name}: {login}", "user_unusable")
        for login, entry in entries.items()
        if not isinstance(entry, dict)
        or not all(isinstance(entry.get(word), str) for word in ("name", "area"))
        or entry["area"] not in areas
    ]
    wrong += [
        Problem(
            "AGRIPLAN_ADMINISTRATORS", "administrator_unknown", {"login": login}, did_you_mean(login, list(entries))
        )
        for login in sorted(administrators - entries.keys())
    ]
    if wrong:
        raise SettingsError(wrong)
    return {login: Who(str(entry["name"]), str(entry["area"])) for login, entry in entries.items()}


def load_users(path: Path) -> dict[str, dict[str, str]]:
    """The file as it is; raises `SettingsError` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError):
        raise SettingsError([Problem("AGRIPLAN_USERS", "users_unreadable")]) from None
