"""What is taken of files that a browser sends: no more than a request may hold, whoever sends it."""

from typing import Final

from django.core.files.uploadhandler import FileUploadHandler

# Unit: bytes of all files of one request. The largest that a form of ours takes is 10 MB.
MOST: Final = 10_100_000


class BoundedUpload(FileUploadHandler):
    """Drops what comes after `MOST` bytes, before the handlers that keep files see it.

    The form then meets a file larger than it takes and says so; nothing of ours has been filled.
    """

    taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's signature
        """Pass a piece on, or drop it."""
        self.taken += len(raw_data)
        return raw_data if self.taken <= MOST else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""
