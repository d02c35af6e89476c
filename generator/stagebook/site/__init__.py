"""Pages: from a rubric to the files of its part of the site, without writing them."""

from .addresses import Site
from .embed import expand_blocks
from .navigation import navigation
from .rendering import remember_compiled
from .single import single_file
from .tree import Page, render_tree

__all__ = [
    "Page",
    "Site",
    "expand_blocks",
    "navigation",
    "remember_compiled",
    "render_tree",
    "single_file",
]
