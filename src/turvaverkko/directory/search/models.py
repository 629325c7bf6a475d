"""The index and the thesaurus as tables: plain columns, the same on SQLite and PostgreSQL."""

from typing import ClassVar

from django.db import models


class IndexVersion(models.Model):
    """One whole index. Exactly one is in force; the next is built beside it and put in its place at once.

    Personal data: none.
    """

    mode = models.CharField(max_length=10)  # analysis: voikko, light
    # Average field lengths in words; single entries are weighed by them until the next rebuild.
    lengths = models.JSONField(default=dict)
    entries = models.PositiveIntegerField(default=0)
    # Unit: one more than the largest entry number.
    size = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"version {self.pk} ({self.mode})"


class IndexState(models.Model):
    """The one row that says which version is in force. Every change passes through its lock.

    Personal data: none.
    """

    version = models.ForeignKey(IndexVersion, on_delete=models.PROTECT, null=True, related_name="+")
    # Goes up with every change of the index, in the transaction of the change.
    revision = models.PositiveBigIntegerField(default=0)
    # A random word per revision: a change that was rolled back leaves a revision that never was.
    stamp = models.CharField(max_length=22, default="")
    thesaurus_revision = models.PositiveBigIntegerField(default=0)
    thesaurus_hash = models.CharField(max_length=64, default="")
    next_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="search_one_state", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"revision {self.revision}"


class IndexChange(models.Model):
    """The last changes of the index, so that a process knows whether what it remembers ever happened.

    Personal data: none.
    """

    revision = models.PositiveBigIntegerField(primary_key=True)
    stamp = models.CharField(max_length=22)

    def __str__(self) -> str:
        return f"revision {self.revision}"


class Posting(models.Model):
    """One stretch of a term's list in one version, packed: numbers (uint32) and weights (float32).

    A list is cut into stretches so that an edit writes a few kilobytes of it, however long it is.

    Personal data: none.
    """

    # The end of a list: no entry has a number as large.
    END: ClassVar = 2**31 - 1

    version = models.ForeignKey(IndexVersion, on_delete=models.CASCADE, related_name="postings")
    term = models.CharField(max_length=140)
    # The stretch holds entries from `first` up to and without `until`; the stretches of a list leave no gap.
    first = models.PositiveIntegerField(default=0)
    until = models.PositiveIntegerField(default=END)
    frequency = models.PositiveIntegerField()  # of this stretch
    numbers = models.BinaryField()
    weights = models.BinaryField()
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "term", "first"], name="search_stretch_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "revision"], name="search_posting_changes"),
        ]

    def __str__(self) -> str:
        return self.term


class EntryTerms(models.Model):
    """The terms of one entry in one version: what to take back when the entry changes.

    Personal data: none.
    """

    version = models.ForeignKey(IndexVersion, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    terms = models.TextField()  # separated by line feeds

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="search_entry_terms_once"),
        ]

    def __str__(self) -> str:
        return f"terms of entry {self.number}"


class SearchEntry(models.Model):
    """One searchable thing with everything a result row shows, so that a page of results is one query.

    Personal data: none.
    """

    number = models.PositiveIntegerField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)  # "service/<slug>", "place/<slug>"
    slug = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    level = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=250, blank=True)
    organisation_kind = models.CharField(max_length=30, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    municipalities = models.JSONField(default=list)
    texts = models.JSONField(default=dict)  # {language: {"name", "summary", "keywords"}}
    facets = models.JSONField(default=dict)  # {name: [values]}
    is_live = models.BooleanField(default=True)
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "search entries"
        indexes: ClassVar = [models.Index(fields=["revision"], name="search_entry_changes")]

    def __str__(self) -> str:
        return self.key


class WordForm(models.Model):
    """How a word of the catalogue or the thesaurus is read. Words that people typed are never kept.

    Personal data: none.
    """

    mode = models.CharField(max_length=10)
    form = models.CharField(max_length=64)
    lemmas = models.JSONField()
    parts = models.JSONField(default=list)
    is_known = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mode", "form"], name="search_word_form_once"),
        ]

    def __str__(self) -> str:
        return self.form


class Concept(models.Model):
    """One thing a family may need, in the thesaurus.

    Personal data: none.
    """

    code = models.SlugField(max_length=60, unique=True)
    order = models.PositiveIntegerField(default=0)
    is_urgent = models.BooleanField(default=False)
    related = models.JSONField(default=list)
    situations = models.JSONField(default=list)

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.code


class ConceptTerm(models.Model):
    """A word or phrase for a concept: what services call it, or what families say.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official"
        LAY = "lay"

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=160)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("concept", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["concept", "language", "kind", "text"], name="search_concept_term_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
