/* The words of Streamlit's uploader in the reader's language: it has only English ones. */

const UPLOADERS = "[data-testid=stFileUploader]";
const NAMED = ["aria-label", "title"];

/**
 * Return a text with its English beginning replaced.
 * @param {string} text
 * @param {Record<string, string>} words by English beginning
 * @returns {string}
 */
export function translateBeginning(text, words) {
  const beginning = Object.keys(words).find((english) => text.startsWith(english));
  return beginning ? words[beginning] + text.slice(beginning.length) : text;
}

/** Keep the names of the buttons of uploaders in the language of the page. */
export function translateUploaders() {
  if (window.atlasUploaders) return;
  window.atlasUploaders = new MutationObserver(() => {
    const source = document.querySelector("[data-uploader-words]");
    if (!source) return;
    const words = JSON.parse(source.dataset.uploaderWords);
    for (const name of NAMED) {
      for (const element of document.querySelectorAll(`${UPLOADERS} [${name}]`)) {
        const text = element.getAttribute(name);
        const translated = translateBeginning(text, words);
        if (translated !== text) element.setAttribute(name, translated);
      }
    }
  });
  window.atlasUploaders.observe(document.documentElement, { childList: true, subtree: true });
}
