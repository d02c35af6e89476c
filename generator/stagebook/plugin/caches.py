"""What one build leaves on disk for the next."""

from __future__ import annotations

from contextlib import suppress

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class OptionalCache(FileSystemBytecodeCache):
    """A cache of templates that is skipped if it cannot be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled template if the cache can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled template if the cache can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
