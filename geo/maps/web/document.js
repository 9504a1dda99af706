/* The page's script for its language, and for links that keep the session. */

/**
 * Set the language of the document, for screen readers and hyphenation.
 *
 * The script runs again whenever the language changes, because its block is then a new one.
 */
export function setDocumentLanguage() {
  const block = document.querySelector(".st-key-document [data-lang]");
  if (block) document.documentElement.lang = block.dataset.lang;
}

/**
 * Follow links in the atlas's texts within the session, like the links of the navigation.
 *
 * Reloading a page would begin a new session, which loses the reader's uploaded tables.
 */
export function listenToLinks() {
  if (window.atlasLinks) return;
  window.atlasLinks = true;
  document.addEventListener("click", followLink);
}

function followLink(event) {
  const link = event.target.closest?.(".stHtml a[href]");
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  // Files have an ending, pages do not. A bare hash stays on the page.
  if (/\.\w+$/.test(link.pathname) || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTop = 0;
}
