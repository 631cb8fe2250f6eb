from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import Text
from twinhall.documents.storage import DocumentFolder


class MediaType(models.TextChoices):
    """What is kept. The names are those that Pillow knows the formats of pictures by."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends: ``.jpeg``."""
        return f".{self.name.lower()}"


def random_place(document: "Document", _: str = "") -> str:
    """Where a new file goes in the folder: ``3f/3f2a….pdf``. Nothing of the name that people gave it."""
    key = uuid4().hex
    return f"{key[:2]}/{key}{MediaType(document.media_type).suffix}"


class Document(models.Model):
    """A file that belongs to acts and projects: a signed agreement as PDF, a photograph."""

    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(_("file"), storage=DocumentFolder(), upload_to=random_place, max_length=100)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(_("media type"), max_length=20, choices=MediaType.choices)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    alt = models.CharField(_("what the photograph shows"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="documents_document_titled",
                violation_error_message=_("A document needs a title."),
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values),
                name="documents_document_media_type",
                violation_error_message=_("Files of this kind are not kept."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="documents_document_not_empty",
                violation_error_message=_("An empty file is not kept."),
            ),
            models.CheckConstraint(
                condition=Q(media_type=MediaType.PDF, width__isnull=True, height__isnull=True)
                | (
                    ~Q(media_type=MediaType.PDF)
                    & Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0)
                ),
                name="documents_document_measured",
                violation_error_message=_("A photograph has a width and a height; a PDF has neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> Text:
        """Its title, in its language."""
        return Text(self.title, self.language)

    @property
    def is_photograph(self) -> bool:
        return self.media_type != MediaType.PDF

    @property
    def is_public(self) -> bool:
        return self.published_at is not None
