/* The keys of the page. The help lists them from SHORTCUTS in pages/parts/share/shortcuts.py. */

import { endPresenting, stepYear, togglePresenting } from "./present.js";
import { openDialog } from "./share.js";

/** What each key does; it returns whether it did anything. */
export const PAGE_KEYS = {
  "/": focusSearch,
  "?": () => openDialog("keys"),
  f: togglePresenting,
  F: togglePresenting,
  Escape: endPresenting,
  ArrowLeft: () => stepYear("ArrowLeft"),
  ArrowRight: () => stepYear("ArrowRight"),
};

function focusSearch() {
  const input = document.querySelector(".st-key-find_province input");
  input?.focus();
  return Boolean(input);
}

/** Listen to the keys of the page, unless the reader is typing or a dialog is open. */
export function listenToShortcuts() {
  if (window.atlasShortcuts) return;
  window.atlasShortcuts = true;
  document.addEventListener("keydown", (event) => {
    if (!(event.key in PAGE_KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    if (PAGE_KEYS[event.key]()) event.preventDefault();
  });
}
