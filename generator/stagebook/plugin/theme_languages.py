"""The theme in several languages: what is set before it draws a page, and taken back after."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from ..site.language_switch import LanguageSwitch, drop_instant, search_languages, theme_language

SEARCH = {"search", "material/search"}
SWITCH, WORDS = "partials/alternate.html", "partials/languages/{}.html"
"""Where Material for MkDocs draws the switch of languages, and has its words of a language."""


class ThemeLanguages:
    """Sets the language of the theme for each page; the configuration has one for all."""

    def __init__(self) -> None:
        """Start with the configuration as it is."""
        self.before: tuple[Any, Any] | None = None
        self.has_switch = False
        """Whether the theme draws a switch of languages itself."""

    def look(self, config: MkDocsConfig) -> None:
        """See what the theme of this build has."""
        self.has_switch = theme_has(config, SWITCH)

    def prepare(self, config: MkDocsConfig, languages: Iterable[str], own: str) -> None:
        """Let the search read the languages of translations, beside that of the site."""
        drop_instant(config.theme)
        for name in SEARCH & set(config.plugins):
            options = config.plugins[name].config
            present = options.get("lang") or [own.partition("-")[0]]
            options["lang"] = search_languages(present, languages)
            # Material's plugin has copied its options if it comes before this one.
            if index := getattr(config.plugins[name], "search_index", None):
                index.config["lang"] = options["lang"]

    def set(
        self,
        config: MkDocsConfig,
        context: TemplateContext,
        path: str,
        nav: Navigation,
        switch: LanguageSwitch,
    ) -> None:
        """Let the theme draw a page with the switch, the words and the navigation it needs."""
        own = config.extra.get("alternate")
        self.before = own, config.theme.get("language")
        config.extra["alternate"] = switch.entries(path, own if isinstance(own, list) else ())
        language = switch.language(path)
        if words := theme_language(language, lambda one: theme_has(config, WORDS.format(one))):
            config.theme["language"] = words
        context["nav"] = Navigation(switch.shown(nav.items, path), nav.pages)
        if language:
            home = switch.home(path)
            first = (one for one in nav.pages if one.file.src_uri == home)
            context["nav"].homepage = next(first, nav.homepage)

    def restore(self, config: MkDocsConfig) -> None:
        """Give the configuration back what a page has changed."""
        if self.before is None:
            return
        alternate, language = self.before
        if alternate is None:
            config.extra.pop("alternate", None)
        else:
            config.extra["alternate"] = alternate
        if language is not None:
            config.theme["language"] = language
        self.before = None


def theme_has(config: MkDocsConfig, template: str) -> bool:
    """Return whether the theme has a template."""
    return any((Path(folder) / template).is_file() for folder in config.theme.dirs)
