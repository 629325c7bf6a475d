"""Code lists: the Finnish Service Catalogue's classes, and our own life situations and ages."""

from typing import ClassVar

from django.db import models


class Vocabulary(models.Model):
    """A code list, for example `ptv-service-class` or our own `situation`.

    Personal data: none.
    """

    code = models.SlugField(max_length=40, unique=True)
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "vocabularies"

    def __str__(self) -> str:
        return self.code


class Term(models.Model):
    """One term of a code list. The code is the key; both generations of addresses are kept.

    Personal data: none.
    """

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=80)  # for own lists also the slug of its page
    uris = models.JSONField(default=list, blank=True)
    broader = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="narrower",
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
    )
    order = models.PositiveSmallIntegerField(default=0)
    icon = models.CharField(max_length=30, blank=True)
    sensitive = models.BooleanField(default=False)  # its page is not stored, referred or titled openly
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years, own list `age` only
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    # Gone from its source: kept for what still refers to it, offered no more.
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ("order", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once_in_vocabulary"),
        ]

    def __str__(self) -> str:
        return self.code


class TermLabel(models.Model):
    """What a term is called in one language; `hint` is a line that helps to choose it.

    Personal data: none.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    # Title of the term's page where the label would tell too much to one who looks over a shoulder.
    page_title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "language"], name="term_label_once_in_language"),
        ]

    def __str__(self) -> str:
        return self.value
