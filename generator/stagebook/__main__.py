"""Run the command with `python -m stagebook`."""

from .cli import main

main()
