"""The command `stagebook write`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import RubricError, has_errors
from .edge import CONFIG, Refused, counted, leave, print_findings

if TYPE_CHECKING:
    from ..site.mkdocs_config import ConfigError, SiteConfig


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@CONFIG
def write(out: Path, config_file: Path) -> None:
    """Write the site as plain Markdown that builds without the plugin.

    Example: stagebook write build/docs && mkdocs build -f build/docs/mkdocs.yml
    """
    from .. import check
    from ..api.portfolio import PortfolioReader
    from ..files.outputs import write_tree
    from ..files.rubrics import find_rubrics, shown_path
    from ..site.export import written_site
    from ..site.mkdocs_config import ConfigError

    root = config_file.parent
    try:
        config = read_site_config(config_file)
        _check_target(out, root / config.docs_dir)
        docs, content = read_site_folder(root, config, "docs_dir", config.docs_dir)
        overrides: dict[str, bytes] = {}
        if config.custom_dir:
            custom, overrides = read_site_folder(root, config, "custom_dir", config.custom_dir)
            _check_target(out, custom)
        paths = find_rubrics(root, config.rubrics)
        if not paths:
            names = ", ".join(map(repr, config.rubrics))
            message = f"no rubric matches {names}" if names else "the list of rubrics is empty"
            raise config.error("plugins", message)
    except ConfigError as error:
        raise refuse(config_file, error) from error
    readings = [check(path, shown_path(path)) for path in paths]
    findings = [finding for reading in readings for finding in reading.findings]
    print_findings(findings)
    if has_errors(findings):
        leave(True)
    try:
        files, missing = written_site(
            config,
            content,
            overrides,
            readings,
            shown=shown_path(docs),
            tables=PortfolioReader(root),
        )
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
    print_findings(missing)
    write_tree(files, out)
    click.echo(f"{counted(len(files), 'file')} in {out}", err=True)


def _check_target(out: Path, folder: Path) -> None:
    """Raise Refused if a folder that is read would also be written, or a part of it."""
    target, own = (Path(os.path.realpath(path)) for path in (out, folder))
    if target.is_relative_to(own) or own.is_relative_to(target):
        where = "is in" if target.is_relative_to(own) else "contains"
        where = "is" if target == own else where
        raise Refused(f"{out} {where} {folder}, which is read: choose a folder beside it")


def read_site_config(path: Path) -> SiteConfig:
    """Return the settings of a site; raises Refused and ConfigError."""
    from ..files.rubrics import read_text
    from ..site.mkdocs_config import read_config

    try:
        return read_config(read_text(path))
    except RubricError as error:
        raise Refused("\n".join(map(str, error.findings))) from error


def read_site_folder(
    root: Path, config: SiteConfig, key: str, name: str
) -> tuple[Path, dict[str, bytes]]:
    """Return a folder that the configuration names, and the files in it."""
    from ..files.rubrics import read_folder

    folder = root / name
    if not folder.is_dir():
        raise config.error(key, f"{key!r}: {name} is not a directory")
    return folder, read_folder(folder)


def refuse(path: Path, error: ConfigError) -> Refused:
    """Return the refusal of a `mkdocs.yml`, with its position."""
    return Refused(f"{path}:{error.line}:{error.column}: {error}")
