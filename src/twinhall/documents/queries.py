from django.db.models import QuerySet

from twinhall.documents.models import Document


def public(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those that everybody may see."""
    return documents.filter(published_at__isnull=False)
