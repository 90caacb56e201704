"""The command that serves, and what its help says beside the options."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agriplan.commands.console import spoken_lang, tells_problems
from agriplan.commands.localized import LocalizedCommand
from agriplan.commands.options import WholeNumber, baselines_option, template_option
from agriplan.sentences import LANGS, say

if TYPE_CHECKING:
    from agriplan.commands.session import Session


class ServeCommand(LocalizedCommand):
    """A command whose help says where saved scenarios are; only the help has to load the store for that."""

    langs = LANGS  # whoever starts a service is not asked for a language first

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the file, and where the other settings are described."""
        from agriplan.places import manuals_folder
        from agriplan.store import default_database_path

        formatter.write_paragraph()
        formatter.write(f"{say('command.where_kept', spoken_lang())}\n  {default_database_path()}\n\n")
        formatter.write(f"{say('command.settings', spoken_lang())}\n  {manuals_folder() / 'settings.md'}\n")
        super().format_epilog(ctx, formatter)


@click.command("serve", cls=ServeCommand)
@baselines_option
@click.option("--host", default=None, help="地址（默认 127.0.0.1） / address (127.0.0.1 where none is given)")
@click.option(
    "--port", type=WholeNumber(0, 65535), default=None, help="端口（默认 8000） / port (8000 where none is given)"
)
@click.option("--database", default=None, metavar="URL", help="SQLite 或 PostgreSQL / SQLite or PostgreSQL")
@click.option(
    "--reload", is_flag=True, default=None, help="数据文件夹改动后检查并采用 / take over a data folder that changes"
)
@template_option
@click.pass_obj
@partial(tells_problems, langs=LANGS)
def serve_command(
    session: "Session",
    host: str | None,
    port: int | None,
    database: str | None,
    reload: bool | None,
    template: Path | None,
) -> None:
    """启动网页服务 / serve the web form."""
    session.serve(host=host, port=port, database=database, baselines=session.folder, reload=reload, templates=template)
