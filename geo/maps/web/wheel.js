/* The wheel over a map: with Ctrl it zooms, alone it scrolls the page, and the map says so. */

import { addElement } from "./elements.js";
import { view } from "./view.js";

const HINT_MS = 1600;
let hideTimer = 0;

/** Listen to the wheel on all main maps. Pinching on a touchpad arrives as the wheel with Ctrl. */
export function listenToWheel() {
  const hint = addElement("div", { id: "wheel", hidden: "", "aria-hidden": "true" }, document.body);
  const showHint = () => {
    hint.textContent = view.texts.wheel?.[view.state?.lang] ?? "";
    hint.hidden = !hint.textContent;
    clearTimeout(hideTimer);
    hideTimer = setTimeout(hideHint, HINT_MS);
  };
  const hideHint = () => {
    hint.hidden = true;
  };
  for (const { main } of view.panes) {
    // Before Leaflet's own listener, which would zoom and keep the page from scrolling.
    const act = (event) => {
      if (event.ctrlKey || event.metaKey) {
        view.hasMoved = true;
        hideHint();
      } else {
        event.stopImmediatePropagation();
        showHint();
      }
    };
    main
      .getContainer()
      .parentElement.addEventListener("wheel", act, { capture: true, passive: true });
  }
}
