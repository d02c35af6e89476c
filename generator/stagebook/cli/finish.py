"""The command `stagebook finish`."""

from __future__ import annotations

from pathlib import Path

import click

from ..diagnostics import RubricError, has_errors
from .edge import CONFIG, Refused, counted, leave, print_findings
from .write import read_site_config, read_site_folder, refuse


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@CONFIG
def finish(site: Path, config_file: Path) -> None:
    """Complete a site that another engine has built from the files of `stagebook write`.

    Adds what the plugin writes beside the pages, as `publish` in mkdocs.yml asks for: Markdown of
    each page and llms.txt, OpenGraph elements, _headers, the policy, and the service worker.

    Example: stagebook finish build/site/site
    """
    from .. import check
    from ..files.outputs import write_file
    from ..files.rubrics import find_rubrics, read_folder, shown_path
    from ..site.addresses import file_of, is_page
    from ..site.assembly import merge_trees
    from ..site.mkdocs_config import ConfigError
    from ..site.publishing.completion import complete
    from ..site.publishing.publication import Publication

    root = config_file.parent
    try:
        config = read_site_config(config_file)
        _, content = read_site_folder(root, config, "docs_dir", config.docs_dir)
        paths = find_rubrics(root, config.rubrics)
    except ConfigError as error:
        raise refuse(config_file, error) from error
    readings = [check(path, shown_path(path)) for path in paths]
    findings = [finding for reading in readings for finding in reading.findings]
    print_findings([finding for finding in findings if finding.level == "error"])
    if has_errors(findings):
        leave(True)
    try:
        tree = merge_trees(readings, config.site)
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
    files = read_folder(site)
    pages = {file_of(path, config.site.directory_urls) for path in tree if is_page(path)}
    if "index.html" not in files or pages.isdisjoint(files):
        raise Refused(
            f"{site} is not the built site of {config_file}: build it and name its folder"
        )
    publication = Publication(config.publish, config.facts)
    made = complete(files, tree, content, readings, publication, config.site)
    for path, data in made.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        write_file(site / path, data)
    click.echo(f"{counted(len(made), 'file')} written or changed in {site}", err=True)
