"""The command `stagebook`, with one module per subcommand. Only this package prints."""

from __future__ import annotations

import os

import click

from .. import __version__
from .add_to_site import add_to_site
from .assess import assess
from .check import check
from .edge import Edge
from .new import new
from .portfolio import portfolio, query
from .schema import schema
from .score import score
from .team import team
from .write import write

# Without this, pydantic searches all installed packages for plugins at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stagebook")
def main() -> None:
    """Turn one YAML rubric into a maturity playbook with a self-scoring quiz.

    Exit codes: 0 success, 1 findings, 2 wrong usage or a file that cannot be read or written.
    """


for command in (
    *(new, add_to_site, check, schema, write, score, assess, team),
    *(portfolio, query),
):
    main.add_command(command)
