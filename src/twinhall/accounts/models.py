from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import FALLBACK

SYSTEM_DOMAIN = "@twinhall.invalid"


def validate_site_language(code: str) -> None:
    """The site speaks the language; it is not known to the table, since an operator may add some."""
    if code not in dict(settings.LANGUAGES):
        raise ValidationError(_("The site does not speak this language."))


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        # All of it in lower case: no town tells Kadri@ from kadri@, and signing in asks for it so.
        user = self.model(email=email.lower(), name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        """An administrator, for ``twinhall createsuperuser``: who runs the machine vouches for them."""
        user = self.create_user(email, name, password, is_superuser=True, **more)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or a named system actor, who does something. Signs in by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    language = models.CharField(
        _("language of letters"), max_length=12, default=FALLBACK, validators=[validate_site_language]
    )

    # For whom the person acts, which ``parties.rules`` asks once for each request.
    standing: object = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        # What a system actor is called is ours to translate; a person's name is not.
        return gettext(self.name) if self.is_system else self.name

    @property
    def is_system(self) -> bool:
        """Whether this is a system actor, as whom nobody can sign in."""
        return self.email.endswith(SYSTEM_DOMAIN)


class LogEntry(models.Model):
    """One line of the audit log: who did what to which record, and when. Never changed, never deleted."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="log", verbose_name=_("by"))
    deed = models.CharField(_("deed"), max_length=60)
    label = models.CharField(_("record"), max_length=300)
    record_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    record_id = models.CharField(_("number of the record"), max_length=40, blank=True)
    why = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["record_type", "record_id"], name="accounts_log_record")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}: {self.deed} {self.label}"


class Submission(models.Model):
    """A form that was sent and did its deed: sent again, as by a double click, it only leads on.

    Kept for a day; the token is made when the form is shown.
    """

    token = models.UUIDField(_("token"), unique=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    went_to = models.CharField(_("went on to"), max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.token}"
