"""Runs our own scripts that also run in browsers: keys and replies are made by the same code in both places."""

import shutil
import subprocess

from django.conf import settings

from config.demo import DemoError


def node(script: str, *arguments: str, given: str = "") -> bytes:
    """What a script of ours prints. Raises DemoError if it cannot be run or fails."""
    own = settings.BASE_DIR / ".venv/bin/node"
    command = str(own) if own.exists() else shutil.which("node")
    if not command:
        raise DemoError("Node is missing. Run `make run`: it fetches Node if the system has none.")
    done = subprocess.run(  # noqa: S603 (our own script, no outside input)
        [command, script, *arguments], cwd=settings.BASE_DIR, input=given.encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise DemoError(f"{script} failed: {done.stderr.decode().strip().splitlines()[-1:]}")
    return done.stdout
