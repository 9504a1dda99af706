/* A view in a frame of another page: it tells that page its height. */

const HEIGHT_MESSAGE = "digital-china-atlas-height";

/**
 * Tell the page around the frame how high the view is, at first and whenever that changes.
 *
 * The message goes to any origin: the height is no secret, and only pages that the server allows
 * can hold the frame.
 */
export function reportHeight() {
  if (window.parent === window || window.atlasHeight) return;
  let last = 0;
  let watched = null;
  const report = () => {
    const height = Math.ceil(watched.getBoundingClientRect().height);
    if (!height || height === last) return;
    last = height;
    window.parent.postMessage({ type: HEIGHT_MESSAGE, height }, "*");
  };
  const resized = new ResizeObserver(report);
  // Streamlit may draw the column of the page anew.
  const watchColumn = () => {
    const column = document.querySelector(".stMainBlockContainer:has(.embed)");
    if (!column || column === watched) return;
    watched = column;
    resized.disconnect();
    resized.observe(column);
  };
  watchColumn();
  window.atlasHeight = new MutationObserver(watchColumn);
  window.atlasHeight.observe(document.documentElement, { childList: true, subtree: true });
}
