/* Tooltips: one in each pane, all for the same unit. */

/* at: the pointer in the frame, over the pane `under`; without it, the middle of the unit. */
function tip(unit, at, under = 0) {
  panes.forEach((pane, place) => {
    const box = pane.tip;
    box.hidden = !(unit && unit.cells[place]);
    if (box.hidden) return;
    if (box.dataset.adcode !== unit.adcode || box.dataset.shows !== state.shows + state.lang) {
      box.dataset.adcode = unit.adcode;
      box.dataset.shows = state.shows + state.lang;
      box.replaceChildren();
      [unit.short, ...unit.cells[place].lines].forEach((line) => (element("div", {}, box).textContent = line));
    }
    const edge = pane.box.getBoundingClientRect();
    const from = panes[under].box.getBoundingClientRect();
    const point = at ? [at[0] - from.left + edge.left, at[1] - from.top + edge.top] : centre(unit, place);
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = point[0] + 14 + width > edge.right ? point[0] - 14 - width : point[0] + 14;
    const top = point[1] + 14 + height > document.body.offsetHeight ? point[1] - 10 - height : point[1] + 14;
    box.style.left = `${Math.max(edge.left + 2, Math.min(left, edge.right - width - 2))}px`;
    box.style.top = `${Math.max(2, top)}px`;
  });
}

/* The position of a unit's label point in the frame, in pixels. */
function centre(unit, place) {
  const { main } = panes[place];
  const point = main.latLngToContainerPoint(unit.at);
  const corner = main.getContainer().getBoundingClientRect();
  return [point.x + corner.left, point.y + corner.top];
}
