#!/usr/bin/env python
"""Starts Django. Settings default to production, which is strict: a forgotten setting fails safe."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Put site/ on the path (it is a plain folder, see docs/decisions/site-folder.md) and run the command."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
