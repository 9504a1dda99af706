/* The page's script: its language and title, links that keep the session. */

const ONE_ROW_PX = 1200; // below it the pages are one row that scrolls, as in atlas.css
const SHARED_LINK = "#link="; // as in pages/parts/work/links.py
let areChoicesOpen = false; // on a narrow screen, where they are folded

/**
 * Keep the document's language and title, and the button of the choices, like the page says.
 *
 * Streamlit draws the page anew at every choice, without a word to a script.
 */
export function followPage() {
  if (window.atlasPage) return;
  window.atlasPage = new MutationObserver(matchDocument);
  window.atlasPage.observe(document.documentElement, { childList: true, subtree: true });
  matchDocument();
}

function matchDocument() {
  reloadForgotten();
  const row = document.querySelector(".nav-row");
  if (!row) return;
  const { lang, title } = row.dataset;
  if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  if (document.title !== title) document.title = title;
  if (window.parent !== window) document.documentElement.dataset.framed = "true";
  openSharedLink();
  showCurrentPage(row.querySelector(".nav"));
  showLinkedPart();
  revealPart();
  const button = row.querySelector(".fold");
  const state = String(areChoicesOpen);
  if (button && button.getAttribute("aria-expanded") !== state) {
    button.setAttribute("aria-expanded", state);
  }
}

/* Load a page anew whose reader signed out elsewhere: it still shows what the server forgot.
 * Nothing is lost that the server keeps, so the browser does not ask. */
function reloadForgotten() {
  if (!document.querySelector("[data-reload]") || window.atlasReload) return;
  window.atlasReload = true;
  for (const part of document.querySelectorAll("[data-at-risk]")) delete part.dataset.atRisk;
  location.reload();
}

/* Scroll the row of pages to the current one, when the row is new: on a phone it may be outside.
 * A view in a frame of another page has no such row. */
function showCurrentPage(nav) {
  if (!nav || innerWidth >= ONE_ROW_PX || nav.dataset.shown) return;
  nav.dataset.shown = "true";
  const link = nav.querySelector("[aria-current]");
  if (!link) return;
  const [room, { left, right }] = [nav, link].map((element) => element.getBoundingClientRect());
  if (right > room.right || left < room.left) nav.scrollLeft += right - room.right;
}

/* Hand the secret of a link to a shared workspace, which is behind the # of the address, to the page.
 * It goes as a message: no request, no log and no entry of the browser's history has it. */
function openSharedLink() {
  if (!location.hash.startsWith(SHARED_LINK)) return;
  const secret = location.hash.slice(SHARED_LINK.length);
  const plain = location.pathname + location.search;
  const params = new URLSearchParams(location.search);
  params.set("link", secret);
  history.replaceState({}, "", `${location.pathname}?${params}`);
  dispatchEvent(new PopStateEvent("popstate", { state: {} })); // Streamlit reads the address at once
  history.replaceState({}, "", plain);
}

/* Scroll to the part that the address names, once it is drawn. */
function showLinkedPart() {
  if (!location.hash || window.atlasPart === location.href) return;
  const part = document.getElementById(location.hash.slice(1));
  if (!part) return;
  window.atlasPart = location.href;
  part.scrollIntoView();
}

/* Scroll to what the reader's last action made, or to why it was refused, once it is drawn. */
function revealPart() {
  const mark = document.querySelector("[data-reveal]");
  if (!mark || window.atlasRevealed === mark.dataset.turn) return;
  const part = document.querySelector(`.st-key-${mark.dataset.reveal}`);
  if (!part) return;
  window.atlasRevealed = mark.dataset.turn;
  part.scrollIntoView({ block: "nearest" });
}

/** Fold and unfold the choices on a narrow screen. */
export function listenToFold() {
  if (window.atlasFold) return;
  window.atlasFold = true;
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.(".nav-row .fold")) return;
    areChoicesOpen = !areChoicesOpen;
    document.body.classList.toggle("choices-open", areChoicesOpen);
    matchDocument();
  });
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
