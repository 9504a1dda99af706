/* The dialogs of the page: Share, whose contents follow the page's view, and the keyboard help. */

const PICTURE_FORMS = ["png", "svg", "pdf"];
const EXTENT = "at"; // parameter of the address: see showAskedExtent in pane_layout.js

/**
 * Return a text with its slots filled; a slot without a value stays as it is.
 * @param {string} template with slots in braces
 * @param {Record<string, string>} values
 * @returns {string}
 */
export function fillSlots(template, values) {
  return template.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}

/**
 * Return the targets of a view with the link, and its query, in place of their slots.
 * @param {{own?: string, link?: string}} targets see share_targets in pages/parts/share
 * @returns {object}
 */
export function fillTargets(targets) {
  if (!targets.link) return targets;
  const { link } = targets;
  const slots = { link, query: link.split("?")[1] };
  const fill = (value) => (Array.isArray(value) ? value.map(fill) : fillSlots(value, slots));
  const filled = Object.entries(targets).map(([name, value]) => [name, fill(value)]);
  return Object.fromEntries(filled);
}

/**
 * Return the values of all slots from the targets of a view, with whole addresses.
 * @param {{own?: string, link?: string, embed?: string, picture?: string, slide?: string,
 *   tables?: string[], cite?: string, save?: string}} targets see fillTargets
 * @param {string} origin of the server
 * @param {string} base path below which the atlas is served; empty for the root
 * @param {string} title of the page, for an attribute of HTML
 * @returns {Record<string, string>}
 */
export function shareValues(targets, origin, base, title) {
  const { own, link, embed, picture, slide, tables = [], cite, save } = targets;
  const values = { lt: "<", origin, title: title.replace(/&/g, "&amp;").replace(/"/g, "&quot;") };
  if (save) values.save = save;
  if (own) return { ...values, own };
  values.shared = "shared";
  if (link) values.link = origin + link;
  if (embed) values.embed = (origin + embed).replace(/&/g, "&amp;");
  if (picture) {
    values.picture = picture;
    for (const form of PICTURE_FORMS) values[form] = `${base}/picture.${form}?${picture}`;
  }
  if (slide) values.slide = slide;
  if (cite) values.cite = fillSlots(cite, { origin });
  for (const [place, query] of tables.entries()) values[`table${place}`] = query;
  if (tables.length) {
    values.csv = `${origin}${base}/table.csv?${tables[0]}`;
    values.xlsx = `${origin}${base}/table.xlsx?${tables[0]}`;
  }
  return values;
}

/**
 * Open a dialog by its name.
 * @param {"share" | "keys"} name
 * @returns {boolean} whether it is there
 */
export function openDialog(name) {
  const dialog = document.querySelector(`dialog[data-name="${name}"]`);
  if (!dialog || dialog.open) return Boolean(dialog);
  for (const other of document.querySelectorAll("dialog[data-name][open]")) other.close();
  if (name === "share") fillShare(dialog);
  dialog.showModal();
  return true;
}

/**
 * Return an address with the part of the map that it shows, in place of the one it had.
 * @param {string} address
 * @param {string} extent see extentText in pane_layout.js
 * @returns {string}
 */
export function addExtent(address, extent) {
  const [path, query = ""] = address.split("?");
  const others = query.split("&").filter((text) => text && !text.startsWith(`${EXTENT}=`));
  const params = extent ? [...others, `${EXTENT}=${extent}`] : others;
  return params.length ? `${path}?${params.join("&")}` : path;
}

function fillShare(dialog) {
  const row = document.querySelector("[data-share]");
  const targets = fillTargets(JSON.parse(row?.dataset.share ?? "{}"));
  const frame = document.querySelector(".st-key-map iframe");
  const extent = frame?.contentWindow.Atlas?.extent() ?? "";
  for (const name of ["link", "embed"]) {
    if (targets[name]) targets[name] = addExtent(targets[name], extent);
  }
  // Every page stands directly below the path of the server.
  const base = new URL(".", location.href).pathname.slice(0, -1);
  const values = shareValues(targets, location.origin, base, document.title);
  for (const part of dialog.querySelectorAll("[data-part]")) {
    part.hidden = !(part.dataset.part in values);
  }
  for (const link of dialog.querySelectorAll("[data-href]")) {
    link.href = fillSlots(link.dataset.href, values);
  }
  for (const text of dialog.querySelectorAll("[data-fill]")) {
    text.textContent = fillSlots(text.dataset.fill, values);
  }
  dialog.querySelector(".copy-note").textContent = "";
}

/** Open and close dialogs, and copy their texts, when a reader clicks. */
export function listenToDialogs() {
  if (window.atlasDialogs) return;
  window.atlasDialogs = true;
  document.addEventListener("click", ({ target }) => {
    if (!target.closest) return;
    const opener = target.closest("[data-dialog]");
    if (opener) openDialog(opener.dataset.dialog);
    const dialog = target.closest("dialog[data-name]");
    if (!dialog) return;
    // A click on the dialog itself, not on what it holds, is one beside it.
    if (target === dialog || target.closest("[data-close]")) dialog.close();
    // The server answers a button of Streamlit, which is not seen.
    const press = target.closest("[data-press]")?.dataset.press;
    if (press) document.querySelector(`.st-key-${press} button`)?.click();
    const copy = target.closest("[data-copy]");
    if (copy) copyText(copy.parentElement.querySelector("[data-fill]"), dialog);
  });
}

async function copyText(place, dialog) {
  const note = dialog.querySelector(".copy-note");
  note.textContent = "";
  try {
    await navigator.clipboard.writeText(place.textContent);
    note.textContent = note.dataset.done;
  } catch {
    // Browsers give the clipboard to pages by HTTPS only; the text is selected to be copied.
    getSelection().selectAllChildren(place);
    note.textContent = note.dataset[document.execCommand("copy") ? "done" : "failed"];
  }
}
