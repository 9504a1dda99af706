/* Hover and clicks on the legend and ranking of the page around the frame. */

let focusAfter = ""; // a row of the page that had the focus before a rerun

function page() {
  const outer = window.frameElement && window.parent.document;
  if (!outer) return; // there is no page around the frame
  // A new frame removes the listeners of the previous one.
  const all = (window.parent.atlasListeners = window.parent.atlasListeners || {});
  const own = `${frame.panes}/${frame.rest}`; // a page may have several frames
  if (all[own]) all[own].abort();
  const { signal } = (all[own] = new AbortController());
  const over = ({ target }) => {
    const row = target.closest && target.closest(".ranking [data-adcode]");
    const key = target.closest && target.closest(".legend [data-class], .legend [data-status]");
    if (row) hover(row.dataset.adcode);
    else if (hovered && !document.hasFocus()) hover("");
    if (!key) return only(null);
    const { class: group, status } = key.dataset;
    const legend = key.closest("[data-panes]"); // a legend may belong to some of the panes only
    only(
      group === undefined ? (cell) => cell.status === status : (cell) => cell.group === Number(group),
      legend && legend.dataset.panes.split(",").map(Number)
    );
  };
  ["pointerover", "focusin"].forEach((type) => outer.addEventListener(type, over, { signal }));
  outer.addEventListener("click", ({ target }) => {
    const row = target.closest && target.closest(".ranking [data-adcode]");
    if (!row) return;
    focusAfter = row.dataset.adcode;
    select(row.dataset.adcode);
  }, { signal });
}

function rows(adcode) {
  const outer = window.frameElement && window.parent.document;
  if (!outer) return;
  outer.querySelectorAll(".ranking .over").forEach((row) => row.classList.remove("over"));
  const row = adcode && outer.querySelector(`.ranking [data-adcode="${adcode}"]`);
  if (row) row.classList.add("over");
}

/* A rerun redraws the rows; return the focus to the row that caused it. */
function focusBack() {
  if (!focusAfter) return;
  const adcode = focusAfter;
  focusAfter = "";
  const outer = window.parent.document;
  const tries = [0, 60, 160, 320];
  tries.forEach((wait) =>
    setTimeout(() => {
      const row = outer.querySelector(`.ranking [data-adcode="${adcode}"]`);
      if (row && outer.activeElement === outer.body) row.focus({ preventScroll: true });
    }, wait)
  );
}
