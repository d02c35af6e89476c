"""What a site needs to be found, read by programs and served safely."""

from .publication import Publication, PublishOptions

__all__ = ["Publication", "PublishOptions"]
