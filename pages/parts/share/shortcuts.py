"""The keyboard shortcuts: one table, from which the help is made."""

from __future__ import annotations

from typing import Final, NamedTuple

from geo.text import N_


class Shortcut(NamedTuple):
    """A shortcut: its keys as they are printed, and what it does (a message)."""

    keys: tuple[str, ...]
    text: str


class ShortcutGroup(NamedTuple):
    """Shortcuts of one place: a message as its name."""

    name: str
    shortcuts: tuple[Shortcut, ...]


# Keys of the page are those of ``PAGE_KEYS`` in geo/maps/web/shortcuts.js, keys of the map those of
# geo/maps/web/keyboard.js, keys of the ranking those of geo/maps/web/ranking_keys.js.
SHORTCUTS: Final = (
    ShortcutGroup(
        N_("On every page"),
        (
            Shortcut(("/",), N_("Find a province")),
            Shortcut(("?",), N_("Show the keyboard shortcuts")),
            Shortcut(("F",), N_("Show the map in full screen")),
            Shortcut(("←", "→"), N_("In full screen: previous or next year")),
            Shortcut(("Esc",), N_("Close dialogs")),
        ),
    ),
    ShortcutGroup(
        N_("On the map, when it has the focus"),
        (
            Shortcut(("←", "→", "↑", "↓"), N_("Go to the next province")),
            Shortcut(("Enter", "Space"), N_("Select the province")),
            Shortcut(("+", "−"), N_("Zoom in or out")),
            Shortcut(("0",), N_("Show the whole map")),
            Shortcut(("Esc",), N_("Leave the map")),
        ),
    ),
    ShortcutGroup(
        N_("In the ranking"),
        (
            Shortcut(("↑", "↓"), N_("Go to the province above or below")),
            Shortcut(("Home", "End"), N_("Go to the first or last province")),
            Shortcut(("Enter", "Space"), N_("Select the province")),
        ),
    ),
)
