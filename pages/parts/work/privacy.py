"""What the server stores of the reader, for how long, and how it is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from geo.limits import SIGN_IN_SECONDS, WORKSPACE_DAYS
from geo.text import N_, Translator, render_template
from pages.parts.access import access_policy, signed_in_owner
from pages.parts.store import workspace_store

TEMPLATES: Final = Path(__file__).parent / "templates"
HOUR: Final = 3600  # seconds
NOTHING: Final = N_("This server stores no work. Your tables are in its memory until you leave.")
CONTENT: Final = N_(
    "Stored are your tables, measures, presets, views and chosen provinces, with earlier versions,"
    " encrypted. Nothing is stored before you upload or save something."
)
OF_BROWSER: Final = N_(
    "They are stored for {days} days after your last visit. The key is in the cookie atlas_key of"
    " this browser, which lasts as long: without the cookie the work does not open."
)
OF_PERSON: Final = N_(
    "They are stored until you delete them, under a key that the server derives from your account."
    " Your name and your mail address are not stored."
)
DELETION: Final = N_(
    "“Delete everything” deletes all workspaces with their versions and links, and the cookie with"
    " the key. Backups of the server keep what they had, encrypted, until its operator deletes"
    " them."
)
DELETION_OF_PERSON: Final = N_(
    "“Delete everything” deletes all workspaces of your account with their versions and links."
    " Backups of the server keep what they had, encrypted, until its operator deletes them."
)
SIGN_IN_COOKIE: Final = N_(
    "The cookie of a sign-in has what the provider of your account says of you, such as your name."
    " It ends when you sign out, and after {hours} hours at the latest."
)
OTHER_COOKIES: Final = N_(
    "Other cookies protect you against forged requests and name the process of the server that"
    " answers you. No cookie follows you to other sites."
)


def draw_privacy(t: Translator) -> None:
    """Draw the notice, folded."""
    st.html(
        render_template(TEMPLATES, "privacy", title=t(N_("Privacy and cookies")), notes=_notes(t))
    )


def _notes(t: Translator) -> list[str]:
    """Return what applies to this server and this reader, as sentences."""
    notes = [t(OTHER_COOKIES)]
    if access_policy().provider:
        notes.insert(0, t(SIGN_IN_COOKIE, hours=SIGN_IN_SECONDS // HOUR))
    if workspace_store() is None:
        return [t(NOTHING), *notes]
    if signed_in_owner():
        return [t(CONTENT), t(OF_PERSON), t(DELETION_OF_PERSON), *notes]
    return [t(CONTENT), t(OF_BROWSER, days=WORKSPACE_DAYS), t(DELETION), *notes]
