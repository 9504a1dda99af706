/* The page's script: its language and title, links that keep the session. */

const ONE_ROW_PX = 1200; // below it the pages are one row that scrolls, as in atlas.css
const SHARED_LINK = "#link="; // as in pages/parts/work/links.py
const LINK_ITEM = "atlas-link"; // of the storage of the tab
let keptLink = null; // the same, for a browser that refuses the storage
let isLinkAsked = false; // whether the page has not answered yet
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
  addEventListener("hashchange", matchDocument); // a link that is pasted into an open tab
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
  followSharedLink(row);
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

/**
 * Return what to do with the secret of a link that the tab keeps.
 *
 * It is kept over a reload and a sign-in, and forgotten when the reader closes what it shows, signs
 * out, or is followed by another person.
 * @param {string} keptFor mark of the person for whom it is kept; empty for nobody signed in
 * @param {{link?: string, reader?: string}} row what the page says: see link_state in
 *   pages/parts/shared.py
 * @param {boolean} hasPages whether the reader may see pages, or has to sign in first
 * @param {boolean} isAsked whether it was handed over, and the page has not answered
 * @returns {"forget" | "wait" | "send" | "keep"}
 */
export function linkStep(keptFor, { link = "", reader = "" }, hasPages, isAsked) {
  if (keptFor && keptFor !== reader) return "forget";
  if (!hasPages) return "wait";
  if (isAsked || link === "shown" || link === "refused") return "keep";
  return link === "closed" ? "forget" : "send";
}

/* Keep the secret of a link to a shared workspace in the tab, and hand it to the page. */
function followSharedLink(row) {
  const isNew = takeSharedLink();
  const kept = readLink();
  if (!kept) return;
  const { link, reader } = row.dataset;
  if (link === "shown" || link === "refused") isLinkAsked = false;
  // What the page says is about an earlier link when there is a new one.
  const said = isNew ? { reader } : row.dataset;
  const step = linkStep(kept.reader, said, Boolean(row.querySelector(".nav")), isLinkAsked);
  if (step === "forget") writeLink(null);
  else if (reader && reader !== kept.reader) writeLink({ ...kept, reader });
  if (step === "send") sendLink(kept.secret);
  const note = document.querySelector("[data-link-waits]");
  if (note?.hidden && step === "wait") note.hidden = false;
}

/* Take the secret of a link out of the address, where it is behind the #; return whether it was. */
function takeSharedLink() {
  if (!location.hash.startsWith(SHARED_LINK)) return false;
  writeLink({ secret: location.hash.slice(SHARED_LINK.length), reader: "" });
  history.replaceState({}, "", location.pathname + location.search);
  return true;
}

/* Hand the secret over as a message: no request, no log and no entry of the history has it. */
function sendLink(secret) {
  isLinkAsked = true;
  const plain = location.pathname + location.search;
  const params = new URLSearchParams(location.search);
  params.set("link", secret);
  history.replaceState({}, "", `${location.pathname}?${params}`);
  dispatchEvent(new PopStateEvent("popstate", { state: {} })); // Streamlit reads the address at once
  history.replaceState({}, "", plain);
}

function readLink() {
  try {
    return JSON.parse(sessionStorage.getItem(LINK_ITEM));
  } catch {
    return keptLink;
  }
}

function writeLink(kept) {
  keptLink = kept;
  try {
    if (kept) sessionStorage.setItem(LINK_ITEM, JSON.stringify(kept));
    else sessionStorage.removeItem(LINK_ITEM);
  } catch {
    // The browser stores nothing for this site: the link is kept until the page is loaded anew.
  }
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
