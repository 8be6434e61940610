"""Remembers which shipped content was loaded, so that loading again never undoes an editor's work."""

from django.db import models


class LoadedContent(models.Model):
    """One shipped page, sign or contact: its name in the data files, and a digest of what was loaded."""

    name = models.CharField(max_length=250, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
