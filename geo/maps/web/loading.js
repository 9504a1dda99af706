/* A page is shown once it is complete, so that nothing jumps while it loads. */

const PATIENCE_MS = 10_000; // a page that takes longer is shown as far as it has come
const STILL_FRAMES = 2; // in a row that find the same complete page: parts are drawn bit by bit
const LOADING = "atlas-loading"; // the class of the document until then

/** Hide what is below the title and the navigation until the page is complete for the first time. */
export function showWhenComplete() {
  if (window.atlasLoading) return;
  window.atlasLoading = true;
  const { classList } = document.documentElement;
  classList.add(LOADING);
  const end = performance.now() + PATIENCE_MS;
  let last = "";
  let same = 0;
  const look = () => {
    const size = isComplete() ? pageSize() : "";
    same = size && size === last ? same + 1 : 0;
    last = size;
    if (same >= STILL_FRAMES || performance.now() > end) classList.remove(LOADING);
    else requestAnimationFrame(look);
  };
  look();
}

/* Text that differs when a part of the page is added or has another height. */
function pageSize() {
  const { scrollHeight, textContent } = document.querySelector("[data-testid=stMain]");
  return [scrollHeight, textContent.length, document.getElementsByTagName("*").length].join();
}

function isComplete() {
  const app = document.querySelector("[data-testid=stApp]");
  const has = (selector) => Boolean(document.querySelector(selector));
  return (
    app?.getAttribute("data-test-script-state") === "notRunning" &&
    has(".stMainBlockContainer .stElementContainer") &&
    !has("[data-testid=stSkeleton]") &&
    !has(".stVegaLiteChart:not(:has(svg, canvas))") &&
    (!has(".st-key-map iframe") || document.body.classList.contains("atlas-painted"))
  );
}
