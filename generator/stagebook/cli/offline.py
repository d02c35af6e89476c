"""The command `stagebook offline`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from .edge import CONFIG, Refused


@click.command()
@CONFIG
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("site.zip"),
    show_default=True,
    help="The archive to write.",
)
def offline(config_file: Path, output: Path) -> None:
    """Build the site and pack it for use without a server: unpack it and open index.html.

    The same files give the same bytes; SOURCE_DATE_EPOCH sets the date in them. For the search to
    work in files, the site needs Material's plugin `offline`.

    Example: stagebook offline -o playbook.zip
    """
    from ..files.archive import EPOCH, pack_folder
    from ..files.outputs import check_output, write_file

    check_output(output)
    environment = {**os.environ, EPOCH: os.environ.get(EPOCH, "315532800")}
    with tempfile.TemporaryDirectory(prefix="stagebook-offline-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        command += ["--no-directory-urls", "-f", str(config_file), "-d", str(folder / "site")]
        built = subprocess.run(command, env=environment, check=False)  # noqa: S603
        if built.returncode:
            raise Refused("mkdocs could not build the site, so nothing was packed")
        if not (folder / "site" / "search" / "search_index.js").exists():
            message = "search will not work in files: add `- offline` below `plugins` in mkdocs.yml"
            click.echo(f"{config_file}: warning: {message}", err=True)
        packed = pack_folder(folder / "site", output.stem)
    write_file(output, packed)
    click.echo(f"{output}: {len(packed) / 1e6:.1f} MB", err=True)
