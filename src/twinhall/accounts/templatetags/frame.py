from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: Context, title: str, main: str, *, managing: bool = False) -> SafeString:
    """A whole page of the site around what a page of allauth's says: one masthead, in one language.

    ``managing`` says whether the page belongs to one's account settings, to which it then leads back.
    """
    parts = {"title": title, "main": main, "managing": managing}
    whole = render_to_string("accounts/frame.html", parts, context["request"])
    return mark_safe(whole)  # noqa: S308 - Jinja2 has escaped what is to be escaped
