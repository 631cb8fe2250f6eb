"""Documents, served to those who may read them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from twinhall.documents.models import Document
from twinhall.documents.serving import answer
from twinhall.parties.rules import may


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file: for everyone once it is published, before that for the people whose file it is."""
    found = get_object_or_404(Document.objects.select_related("filing"), pk=pk)
    if not found.is_public and not may(request.user, "parties.read_document", found):
        raise PermissionDenied
    return answer(request, found)
