"""Overlays: a rubric that says only how it differs from another, as a merge patch (RFC 7386)."""
