"""A link for a new password, sent to whoever asks for one and has an account."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm

#: The queue for what may take a while, where the site has one.
_LATER = "later"


def send_link_later(address: str) -> None:
    """Ask for the link to be sent. The same work whether or not the address is known: nothing about it is looked up.

    Where the site has no queue it is sent at once, and a known address then takes as long as the mail server does.
    """
    queue = _LATER if _LATER in getattr(settings, "TASKS", {}) else "default"
    send_link.using(backend=queue).enqueue(address)


@task()
def send_link(address: str) -> None:
    """Send the link to each account with this address that may have one. Raises what the mail server raises."""
    form = _ResetForm({"email": address})
    if form.is_valid():
        site = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        form.save(
            domain_override=site.netloc,
            use_https=site.scheme == "https",
            subject_template_name="wagtailadmin/account/password_reset/email_subject.txt",
            email_template_name="wagtailadmin/account/password_reset/email.txt",
        )


class _ResetForm(PasswordResetForm):
    """The platform's, which keeps a failure of the mail server to itself; a task that fails should be tried again."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, object],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Send it, or say that it could not be sent."""
        subject = " ".join(render_to_string(subject_template_name, context).split())
        send_mail(subject, render_to_string(email_template_name, context), from_email, [to_email])
