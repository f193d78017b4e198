// What readers do with groups of the sidebar is remembered; theme.js restores it on the next page.
import { groups } from "../lib/nav-groups.js";
import { recallHere, rememberHere } from "../lib/storage.js";

export function navGroups() {
  for (const { group, name } of groups()) {
    group.querySelector("summary").addEventListener("click", () => {
      // The click is going to change it.
      rememberHere("groups", { ...recallHere("groups"), [name]: !group.open });
    });
  }
}
