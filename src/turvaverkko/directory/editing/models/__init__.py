"""The tables of joining and editing."""

from turvaverkko.directory.editing.models.joining import JoinRequest, Partner, SignInLink
from turvaverkko.directory.editing.models.revising import FieldLock, Review, Revision

__all__ = ["FieldLock", "JoinRequest", "Partner", "Review", "Revision", "SignInLink"]
