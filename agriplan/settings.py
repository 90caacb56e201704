"""How the service runs. The field docs are the manual of the environment variables (`docs/settings.md`).

Every field can be set as an environment variable `AGRIPLAN_` and its name: `AGRIPLAN_PORT=9000 agriplan serve`.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agriplan.errors import SettingsError
from agriplan.parsing import problems_of

PREFIX = "AGRIPLAN_"
IdentityMode = Literal["open", "links", "proxy"]
Bytes = Annotated[int, Field(ge=1024, le=1 << 32)]
Seconds = Annotated[int, Field(ge=1, le=3600)]


class Settings(BaseSettings):
    """Frozen once read; a value that cannot be used stops the start."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, use_attribute_docstrings=True, extra="forbid")

    host: str = "127.0.0.1"
    """Address to listen on. The default is this machine alone; `0.0.0.0` lets the office in."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """Port to listen on; 0 takes any free one, which the log then names."""
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Server processes. Each holds its own remembered workbooks."""
    threads: Annotated[int, Field(ge=1, le=64)] = 16
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
    user_header: str = "X-Forwarded-User"
    """For `proxy`: the header in which the login stands; the proxy must not let it through from outside."""
    proxy_addresses: str = "127.0.0.1,::1"
    """For `proxy`: addresses from which that header is believed, separated by commas."""
    hosts: str = ""
    """Names under which the service is reached, separated by commas, such as `plan.example.gov.cn`; others are refused,
    so that no page elsewhere can speak for it. Addresses in numbers, `localhost` and this machine's own names always
    count; `*` lets every name in."""
    mount: Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_.-]+)*$")] = ""
    """Path below which a proxy in front offers the service, such as `/plan`; empty is the whole host."""
    proxies: Annotated[int, Field(ge=0, le=4)] = 0
    """How many proxies stand in front and say in `X-Forwarded-For` who asks."""
    access_log: bool = True
    """Write one JSON line per request to standard output."""
    most_upload_bytes: Bytes = 8_388_608
    """Largest workbook that may be sent back; one of ours with everything filled in has about a tenth of it."""
    most_json_bytes: Bytes = 262_144
    """Largest body of an API request; every league, indicator and year filled in takes about a tenth of it."""
    saves_per_minute: Annotated[int, Field(ge=1)] = 120
    """How many changes one client may save in a minute."""
    packs_per_minute: Annotated[int, Field(ge=1)] = 12
    """How many packs one client may have made in a minute; those that are remembered do not count."""
    metrics: bool = False
    """Offer figures for Prometheus at `/metrics`, to everybody who reaches the service; let a proxy keep others out."""
    most_scenarios: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """How many different scenarios are kept, superseded and archived ones included."""
    most_revisions: Annotated[int, Field(ge=1, le=10_000_000)] = 100_000
    """How many changes to saved scenarios are kept."""
    most_database_bytes: Annotated[int, Field(ge=1_000_000)] = 1_000_000_000
    """How large the database of saved scenarios may get; beyond that saves are refused in words."""
    remembered_bytes: Bytes = 67_108_864
    """How much memory a process spends on finished workbooks, so that they need not be made twice."""
    remembered_plans: Annotated[int, Field(ge=1, le=10_000)] = 128
    """How many computed plans a process remembers."""


def read_settings(**entered: object) -> Settings:
    """The settings: what was entered, else the environment, else the default.

    Raises `SettingsError` with everything that cannot be used, by the names of the environment variables.
    """
    try:
        return Settings(**entered)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(problems_of(error, Settings, lambda path: f"{PREFIX}{path[0]}".upper())) from None


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
