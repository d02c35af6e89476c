"""Where a site can be published by a workflow."""

PROVIDERS = {"github": "dot-github/", "gitlab": "dot-gitlab-ci.yml", "none": ""}
"""For each provider, how the names of its templates begin."""
