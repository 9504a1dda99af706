"""A button that puts a picture on the clipboard: only a script of the page may do that."""

from __future__ import annotations

import streamlit as st

from geo.text import N_, Translator

# The script makes the button with its label: one that waits for its label has no name meanwhile.
HTML = '<span role="status"></span>'
CSS = """
button { font: inherit; padding: 0.35rem 0.8rem; border: 1px solid #c3c9d0; background: #fff;
  color: #22272e; cursor: pointer; border-radius: 2px; }
button:hover { background: #eef2f6; } button:focus-visible { outline: 2px solid #1f5f99; }
span { margin-left: 0.6rem; color: #545d68; font-size: 0.85rem; }
"""
# The picture is given as a promise, as browsers that ask for the click itself want it.
JS = """
export default function ({ parentElement, data }) {
  const told = parentElement.querySelector("span");
  const button = parentElement.querySelector("button") ?? document.createElement("button");
  button.type = "button";
  button.textContent = data.label;
  if (!button.isConnected) told.before(button);
  told.textContent = "";
  button.onclick = async () => {
    try {
      const picture = fetch(data.address).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.blob();
      });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      told.textContent = data.done;
    } catch (error) {
      told.textContent = data.failed;
    }
  };
}
"""


def draw_copy_button(address: str, t: Translator) -> None:
    """The button for the picture at an address."""
    st.components.v2.component("copy_picture", html=HTML, css=CSS, js=JS)(
        key="copy_picture",
        data={
            "address": address,
            "label": t(N_("Copy the PNG")),
            "done": t(N_("Copied.")),
            "failed": t(N_("The browser did not allow it: download the PNG instead.")),
        },
    )
