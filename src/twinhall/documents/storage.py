"""Where files lie: in a folder of the installation that no web server is told of."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class DocumentFolder(FileSystemStorage):
    """The folder ``documents`` under what ``settings.VAR`` is at the time; readable by the site alone."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> Path:
        return Path(settings.VAR, "documents")

    @property
    def location(self) -> str:
        return str(self.base_location.absolute())

    def url(self, name: str | None) -> str:
        raise ValueError(
            f"{name} has no address of its own: serving.answer() gives it to those who may see it."
        )
