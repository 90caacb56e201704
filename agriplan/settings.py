"""How the service runs. The field docs are the manual of the environment variables (`docs/settings.md`).

Every field can be set as an environment variable `AGRIPLAN_` and its name: `AGRIPLAN_PORT=9000 agriplan serve`.
"""

import ipaddress
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agriplan.bounded_reading import MOST_JSON, MOST_UPLOAD
from agriplan.errors import Problem, SettingsError
from agriplan.nearest_word import did_you_mean
from agriplan.parsing import FromText, problems_of

PREFIX = "AGRIPLAN_"
IdentityMode = Literal["open", "links", "proxy"]
Bytes = Annotated[int, FromText, Field(ge=1024, le=1 << 32)]
Seconds = Annotated[int, FromText, Field(ge=1, le=3600)]
# A name as a Host header has it, without scheme, port and path.
_HOST_NAME = re.compile(r"[^\s/:@?#\[\],]+")
_MOUNT = re.compile(r"(/[A-Za-z0-9_.-]+)*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# What click reads for the options of `agriplan serve` and before the command.
OF_THE_COMMAND_LINE = ("SERVE_", "LANG")


def words_of_setting(setting: str) -> list[str]:
    """The words of a setting that holds several.

    >>> words_of_setting("here, zhangsan,")
    ['here', 'zhangsan']
    """
    return [word.strip() for word in setting.split(",") if word.strip()]


def is_host_name(word: str) -> bool:
    """Whether that can stand in a `Host` header as a name; `*` is every name, an address in numbers counts anyway.

    >>> [is_host_name(word) for word in ("plan.example.gov.cn", "*", "::1", "http://plan", "plan:8000", "plan/")]
    [True, True, True, False, False, False]
    """
    return _HOST_NAME.fullmatch(word) is not None or is_address(word)


def is_address(word: str) -> bool:
    """Whether that is an address in numbers.

    >>> is_address("127.0.0.1"), is_address("::1"), is_address("proxy"), is_address("10.0.0.0/8")
    (True, True, False, False)
    """
    try:
        ipaddress.ip_address(word)
    except ValueError:
        return False
    return True


def _host_of(word: str) -> str:
    """The name within an address of a page or a name with its port."""
    return re.sub(r"^\w+://", "", word).partition("/")[0].partition(":")[0]


def _host_names(setting: str) -> str:
    words = words_of_setting(setting)
    if not all(map(is_host_name, words)):
        right = [word if is_host_name(word) else _host_of(word) for word in words]
        meant = ",".join(right) if all(map(is_host_name, right)) else None
        raise PydanticCustomError("no_host_names", "names of hosts are needed", {"meant": meant})
    return setting


def _addresses(setting: str) -> str:
    if not all(map(is_address, words_of_setting(setting))):
        raise PydanticCustomError("no_addresses", "addresses are needed", {"meant": None})
    return setting


def _mount(setting: str) -> str:
    if not _MOUNT.fullmatch(setting):
        meant = "".join(f"/{part}" for part in setting.strip().split("/") if part)
        raise PydanticCustomError("no_mount", "a path is needed", {"meant": meant if _MOUNT.fullmatch(meant) else None})
    return setting


def _header_name(setting: str) -> str:
    if not _HEADER_NAME.fullmatch(setting):
        meant = re.sub(r"\s+", "-", setting.strip().rstrip(":").strip())
        raise PydanticCustomError(
            "no_header_name", "a header is needed", {"meant": meant if _HEADER_NAME.fullmatch(meant) else None}
        )
    return setting


class Settings(BaseSettings):
    """Frozen once read; a value that cannot be used stops the start."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, use_attribute_docstrings=True, extra="forbid")

    host: str = "127.0.0.1"
    """Address to listen on. The default is this machine alone; `0.0.0.0` lets the office in."""
    port: Annotated[int, FromText, Field(ge=0, le=65535)] = 8000
    """Port to listen on; 0 takes any free one, which the log then names."""
    workers: Annotated[int, FromText, Field(ge=1, le=64)] = 2
    """Server processes. Each holds its own remembered workbooks."""
    threads: Annotated[int, FromText, Field(ge=1, le=64)] = 16
    """Requests that one process answers at a time; four are kept free for what takes milliseconds."""
    graceful_seconds: Seconds = 30
    """How long requests under way may take to finish when the service is told to stop."""
    request_seconds: Seconds = 120
    """A process that shows no sign of life for this long is replaced."""
    baselines: Path | None = None
    """Folder with the data; empty is the plan that is shipped."""
    reload: bool = False
    """Take over a data folder that is edited while the service runs, once it is checked; else a change is only told."""
    templates: Path | None = None
    """Templates of one's own: a folder with `workbook.xlsx`, `workbook.en.xlsx`, `brief.docx`, `brief.en.docx` or some
    of them, or a workbook template, for the language that it is written in; the others are those that are shipped."""
    draw_ahead: bool = True
    """After the start, draw what all workbooks have in common, in a process that gives way to the others, so that a
    first download or pack is as quick as later ones."""
    database: str | None = None
    """Address of the saved scenarios, such as `sqlite:////srv/plans.sqlite3` or `postgresql://planner@db/agriplan`;
    empty is a SQLite file in the user's data folder."""
    secret_key: SecretStr | None = None
    """Signs cookies and forms; at least 16 characters, the same on all machines that share the work. Empty makes one
    and keeps it in the user's data folder."""
    secure_cookies: bool = False
    """Send cookies over HTTPS only; switch it on where a proxy in front speaks HTTPS."""
    identity: IdentityMode = "open"
    """Who may save, and who is recorded: `open` (anybody, with a name if they give one), `links` (whoever has the link
    of an area, made with `agriplan link`) or `proxy` (whom a proxy with a login names in a header)."""
    users: Path | None = None
    """For `proxy`: a TOML file that gives each login a name and an area."""
    administrators: str = ""
    """Who may open `/administration`, separated by commas: with `proxy` logins of that file, and `here` for whoever
    asks from the machine itself without a proxy; empty is nobody."""
    user_header: Annotated[str, AfterValidator(_header_name)] = "X-Forwarded-User"
    """For `proxy`: the header in which the login stands; the proxy must not let it through from outside."""
    proxy_addresses: Annotated[str, AfterValidator(_addresses)] = "127.0.0.1,::1"
    """For `proxy`: addresses from which that header is believed, separated by commas."""
    hosts: Annotated[str, AfterValidator(_host_names)] = ""
    """Names under which the service is reached, separated by commas, such as `plan.example.gov.cn`; others are refused,
    so that no page elsewhere can speak for it. Addresses in numbers, `localhost` and this machine's own names always
    count; `*` lets every name in."""
    mount: Annotated[str, AfterValidator(_mount)] = ""
    """Path below which a proxy in front offers the service, such as `/plan`; empty is the whole host."""
    proxies: Annotated[int, FromText, Field(ge=0, le=4)] = 0
    """How many proxies stand in front and say in `X-Forwarded-For` who asks."""
    access_log: bool = True
    """Write one JSON line per request to standard output."""
    most_upload_bytes: Bytes = MOST_UPLOAD
    """Largest workbook that may be sent back; one of ours with everything filled in has about a tenth of it."""
    most_json_bytes: Bytes = MOST_JSON
    """Largest body of an API request; every league, indicator and year filled in takes about a tenth of it."""
    saves_per_minute: Annotated[int, FromText, Field(ge=1, le=1_000_000)] = 120
    """How many changes one client may save in a minute."""
    packs_per_minute: Annotated[int, FromText, Field(ge=1, le=1_000_000)] = 12
    """How many packs one client may have made in a minute; those that are remembered do not count."""
    metrics: bool = False
    """Offer figures for Prometheus at `/metrics`, to everybody who reaches the service; let a proxy keep others out."""
    most_scenarios: Annotated[int, FromText, Field(ge=1, le=1_000_000)] = 10_000
    """How many different scenarios are kept, superseded and archived ones included."""
    most_revisions: Annotated[int, FromText, Field(ge=1, le=10_000_000)] = 100_000
    """How many changes to saved scenarios are kept."""
    most_database_bytes: Annotated[int, FromText, Field(ge=1_000_000, le=1 << 50)] = 1_000_000_000
    """How large the database of saved scenarios may get; beyond that saves are refused in words."""
    cached_bytes: Bytes = 67_108_864
    """How much memory a process spends on finished workbooks, so that they need not be made twice."""
    cached_plans: Annotated[int, FromText, Field(ge=1, le=10_000)] = 128
    """How many computed plans a process remembers."""


def read_settings(**entered: object) -> Settings:
    """The settings: what was entered, else the environment, else the default.

    Raises `SettingsError` with everything that cannot be used, names with a slip in them too, by the names of the
    environment variables.
    """
    problems = list(misspelt_names(os.environ))
    try:
        settings = Settings(**entered)  # type: ignore[arg-type]
    except ValidationError as error:
        problems += problems_of(error, Settings, lambda path: f"{PREFIX}{path[0]}".upper())
    if problems:
        raise SettingsError(problems)
    return settings


def unknown_names(variables: Iterable[str]) -> list[str]:
    """Variables that are called like settings and are none."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    theirs = tuple(f"{PREFIX}{name}" for name in OF_THE_COMMAND_LINE)
    ours = (name for name in map(str.upper, variables) if name.startswith(PREFIX) and not name.startswith(theirs))
    return sorted(set(ours) - known)


def misspelt_names(variables: Iterable[str]) -> Iterator[Problem]:
    """A problem for each variable that looks like a setting with a slip in it.

    >>> [(one.place, one.suggestion) for one in misspelt_names(["AGRIPLAN_WORKRES", "AGRIPLAN_TEAM", "PATH"])]
    [('AGRIPLAN_WORKRES', 'AGRIPLAN_WORKERS')]
    """
    known = [name.upper() for name in Settings.model_fields]
    for name in unknown_names(variables):
        if alike := did_you_mean(name.removeprefix(PREFIX), known):
            yield Problem(name, "no_setting", {}, f"{PREFIX}{alike}")


def manual() -> str:
    """The settings as a table in Markdown: variable, default and meaning.

    >>> manual().splitlines()[2].split(" | ")[:2]
    ['| `AGRIPLAN_HOST`', '`127.0.0.1`']
    """
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{str(field.default).lower()}`"
        meaning = " ".join(str(field.description).split())
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {meaning} |")
    return "\n".join(rows) + "\n"
