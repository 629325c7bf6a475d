"""One row that changes whenever public content does."""

from typing import ClassVar

from django.db import models


class ContentVersion(models.Model):
    """The version of everything that public pages are made of; triggers of the database renew its stamp.

    A stamp is random, so one that was rolled back never comes again with other content behind it.

    Personal data: none.
    """

    stamp = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="directory_one_content_version", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.stamp
