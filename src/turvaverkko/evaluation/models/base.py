"""What the models of this app share: a text in the official languages."""

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("fi", "sv", "en")


class Texted(models.Model):
    """A row with a text in Finnish, Swedish and English; a reader gets their own, else what there is."""

    text_fi = models.TextField(blank=True)
    text_sv = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """The text in the reader's language, or in the first language that has one."""
        return self._chosen()[1]

    @property
    def text_language(self) -> str:
        """The language of `text`; "" when there is none."""
        return self._chosen()[0]

    def _chosen(self) -> tuple[str, str]:
        for language in (get_language() or "fi", *LANGUAGES):
            text: str = getattr(self, f"text_{language}", "")
            if text:
                return language, text
        return "", ""
