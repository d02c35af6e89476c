"""The options of the plugin in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class PublishConfig(Config):  # type: ignore[no-untyped-call]
    """What the plugin writes beside the pages; `site/publishing` says what each is."""

    llms = option.Type(bool, default=True)
    redirects = option.Type(bool, default=True)
    headers = option.Type(bool, default=True)
    policy = option.Type(bool, default=False)
    open_graph = option.Type(bool, default=True)
    social_image = option.Type(bool, default=False)
    service_worker = option.Type(bool, default=False)


class StagebookConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in `mkdocs.yml`."""

    rubrics = option.ListOfItems(option.Type(str), default=["rubrics/*.yml"])
    """Files or patterns, relative to `mkdocs.yml`."""
    publish = option.SubConfig(PublishConfig)
    """What is written beside the pages."""
