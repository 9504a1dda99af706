/* Presenting: the map alone on the full screen, in type for the back row. */

const PRESENTING = "atlas-presenting"; // class of the body; the map's frame looks for it, too

/**
 * Begin or end to present the map.
 * @returns {boolean} whether the page has a map to present
 */
export function togglePresenting() {
  if (!document.querySelector(".st-key-sheet")) return false;
  showPresenting(!isPresenting());
  return true;
}

/**
 * End to present.
 * @returns {boolean} whether the page was presenting
 */
export function endPresenting() {
  if (!isPresenting()) return false;
  showPresenting(false);
  return true;
}

/**
 * Show the year before or after on the map, while presenting.
 * @param {"ArrowLeft" | "ArrowRight"} key
 * @returns {boolean}
 */
export function stepYear(key) {
  if (!isPresenting()) return false;
  for (const frame of document.querySelectorAll(".st-key-map iframe")) {
    const track = frame.contentDocument?.querySelector("[role=slider]");
    track?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
  return true;
}

/** End to present when the reader leaves the full screen, or the page with the map. */
export function listenToFullScreen() {
  if (window.atlasFullScreen) return;
  window.atlasFullScreen = true;
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) endPresenting();
  });
}

function isPresenting() {
  return document.body.classList.contains(PRESENTING);
}

function showPresenting(isOn) {
  document.body.classList.toggle(PRESENTING, isOn);
  // Where a browser refuses the full screen, the map fills the window.
  if (isOn) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
  for (const frame of document.querySelectorAll(".st-key-map iframe")) {
    frame.contentWindow.Streamlit?.setFrameHeight();
  }
}
