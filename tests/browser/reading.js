// What a page says to a screen reader, a finger and a slow eye: functions for test_access.py.
(() => {
  const CONTROLS =
    "a[href], button, summary, input, select, textarea, [role=button], [role=radio], [role=slider]";
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest("[aria-hidden=true]") === null;
  const box = (element) => element.getBoundingClientRect();
  const describe = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  // A link in a sentence has the height of its line.
  const isInText = (element) =>
    element.tagName === "A" &&
    [...element.parentNode.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(node.textContent),
    );
  // Streamlit hides the field of a slider or a checkbox; what is pointed at is drawn around it.
  const isDrawnByAnother = (element) =>
    element.matches("input[type=range], input[type=checkbox], input[type=file]");
  const targets = () =>
    [...document.querySelectorAll(CONTROLS)].filter(
      (element) =>
        isSeen(element) &&
        element.tabIndex >= -1 &&
        box(element).width > 1 &&
        !isInText(element) &&
        !isDrawnByAnother(element) &&
        !element.matches("[data-testid=stSkipToContent]"),
    );
  window.Reading = {
    /* Buttons, choices and what unfolds that are lower than a size; signs of help have 24 px. */
    lowControls(least) {
      return targets()
        .filter(
          (element) =>
            element.matches("button, summary, [role=radio], nav a") &&
            element.tabIndex >= 0 &&
            !element.matches("[aria-label^=Help], [role=group] > button") &&
            box(element).height < least - 0.5,
        )
        .map((element) => `${Math.round(box(element).height)} ${describe(element)}`);
    },
    /* Targets lower or narrower than a size; a circle of that size around one may stand alone.
       but: a selector of targets that others on the page stand in for. */
    smallTargets(least, alone, but = "") {
      const all = targets();
      const circle = (element) => {
        const { left, top, width, height } = box(element);
        return [left + width / 2, top + height / 2];
      };
      const stands = (element) =>
        alone &&
        all.every((other) => {
          if (other === element || other.contains(element) || element.contains(other)) return true;
          const [x, y] = circle(element);
          const { left, right, top, bottom } = box(other);
          const dx = Math.max(left - x, 0, x - right);
          const dy = Math.max(top - y, 0, y - bottom);
          return Math.hypot(dx, dy) >= least / 2 - 0.5;
        });
      return all
        .filter((element) => {
          const { width, height } = box(element);
          const isSmall = height < least - 0.5 || width < Math.min(least, 24) - 0.5;
          return isSmall && !(but && element.matches(but)) && !stands(element);
        })
        .map((element) => {
          const { width, height } = box(element);
          return `${Math.round(width)}x${Math.round(height)} ${describe(element)}`;
        });
    },
    /* Texts that their element cuts off, other than by a scroll bar. */
    cutTexts() {
      const walker = document.createTreeWalker(
        document.querySelector("[data-testid=stMain]"),
        NodeFilter.SHOW_TEXT,
      );
      const cut = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const owner = node.parentElement;
        if (!node.textContent.trim() || !isSeen(owner) || owner.closest(".unseen, i, svg"))
          continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (!text.width) continue;
        for (let holder = owner; holder; holder = holder.parentElement) {
          const style = getComputedStyle(holder);
          if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
          if (style.overflowX === "visible" && style.overflowY === "visible") continue;
          const room = box(holder);
          if (text.right > room.right + 1 || text.bottom > room.bottom + 3)
            cut.push(`${node.textContent.trim().slice(0, 40)} in ${describe(holder).slice(0, 90)}`);
          break;
        }
      }
      return cut;
    },
    /* Elements that move or fade although the reader asked for none of it. */
    moving() {
      return document
        .getAnimations()
        .filter(({ effect }) => effect.getComputedTiming().duration > 1)
        .map(({ effect }) => describe(effect.target));
    },
  };
})();
