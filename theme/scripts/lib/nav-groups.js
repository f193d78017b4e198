// Groups of the sidebar as the reader left them.
import { all } from "./dom.js";
import { recallHere } from "./storage.js";

const GROUPS = "#docgen-sidebar details";

/** All groups with their names: their titles and those of the groups around them. */
export const groups = () => all(GROUPS).map((group) => ({ group, name: nameOf(group) }));

/** Opens and folds groups as they were left; those around the current page stay open. */
export function restoreGroups() {
  const left = recallHere("groups") || {};
  for (const { group, name } of groups()) {
    if (typeof left[name] === "boolean" && !("current" in group.dataset)) group.open = left[name];
  }
}

function nameOf(group) {
  const titles = [];
  for (let each = group; each; each = each.parentElement.closest(GROUPS)) {
    titles.unshift(each.querySelector("summary").textContent);
  }
  return titles.join("/");
}
