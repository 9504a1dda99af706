// A link in a text of our own is followed within the session, as the links of the navigation are:
// a page that is loaded again begins a new session, which has none of the reader's own tables.
if (!window.atlasLinks) {
  window.atlasLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".stHtml a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    // Files end in a dot and letters; pages do not. A mere hash stays on the page.
    if (/\.\w+$/.test(link.pathname) || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTop = 0;
  });
}
