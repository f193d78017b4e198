// Groups of the sidebar stay as the reader left them.
import { all } from "../lib/dom.js";
import { recallHere, rememberHere } from "../lib/storage.js";

export function navGroups() {
  const sidebar = document.getElementById("docgen-sidebar");
  if (!sidebar) return;
  const open = recallHere("groups") || {};
  for (const group of all("details.nav-group", sidebar)) {
    const name = path(group, sidebar);
    const isCurrent = group.querySelector("[aria-current]");
    if (typeof open[name] === "boolean" && !isCurrent) group.open = open[name];
    group.addEventListener("toggle", () => {
      open[name] = group.open;
      rememberHere("groups", open);
    });
  }
}

// The titles of a group and of those around it.
function path(group, sidebar) {
  const titles = [];
  for (let each = group; each && each !== sidebar; each = each.parentElement) {
    if (each.matches("details.nav-group")) titles.unshift(each.querySelector("summary").textContent);
  }
  return titles.join("/");
}
