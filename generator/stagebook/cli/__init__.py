"""The command `stagebook`, with one module per subcommand. Only this package prints."""

from __future__ import annotations

import os

import click

from .. import __version__
from .add_to_site import add_to_site
from .assess import assess
from .check import check
from .diff import diff
from .edge import Edge
from .export import export
from .finish import finish
from .import_ import import_
from .new import new
from .offline import offline
from .portfolio import portfolio, query
from .resolve import resolve
from .schema import schema
from .score import score
from .team import team
from .translation import translation
from .upgrade import upgrade
from .write import write

# Without this, pydantic searches all installed packages for plugins at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stagebook")
def main() -> None:
    """Turn one YAML rubric into a maturity playbook with a self-scoring quiz.

    Exit codes: 0 success, 1 findings, for example a rubric that is missing, 2 wrong usage, another
    input that is missing, or a file that cannot be written.
    """


COMMANDS = (
    *(new, add_to_site, check, schema, write, finish, offline, score, assess, team),
    *(resolve, diff, upgrade, translation, export, import_, portfolio, query),
)
for command in COMMANDS:
    main.add_command(command)
