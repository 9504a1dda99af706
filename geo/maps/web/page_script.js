/* All that the page's script does: the entry of its modules. */

import { followPage, listenToFold, listenToLinks } from "./document.js";
import { reportHeight } from "./embed.js";
import { warnBeforeLoss } from "./leaving.js";
import { showWhenComplete } from "./loading.js";
import { listenToFullScreen } from "./present.js";
import { listenToRankingKeys } from "./ranking_keys.js";
import { listenToDialogs } from "./share.js";
import { listenToShortcuts } from "./shortcuts.js";
import { translateUploaders } from "./uploader_words.js";

/** Begin to follow the page. Streamlit may run the script again; each part begins once. */
export function startPage() {
  showWhenComplete();
  followPage();
  listenToFold();
  listenToLinks();
  listenToDialogs();
  listenToShortcuts();
  listenToRankingKeys(document);
  listenToFullScreen();
  reportHeight();
  warnBeforeLoss();
  translateUploaders();
}
