// Regions that scroll can be reached by the keyboard.
import { all } from "../lib/dom.js";
import { words } from "../lib/words.js";

export function scrollers() {
  for (const box of all("div.table, .math-block")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    // No landmark: a page may have many tables.
    box.setAttribute("role", "group");
    if (box.matches(".table")) box.setAttribute("aria-label", words.table);
  }
}
