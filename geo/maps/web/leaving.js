/* A warning before the page is left, while that would lose the reader's data. */

/** Let the browser ask before it leaves or reloads a page that says its data are at risk. */
export function warnBeforeLoss() {
  if (window.atlasLeaving) return;
  window.atlasLeaving = true;
  addEventListener("beforeunload", (event) => {
    if (document.querySelector("[data-at-risk]")) event.preventDefault();
  });
}
