// Runs before the first paint: it sets the theme that the reader chose, so that no page flashes in
// the other one, and marks the page as scripted, so that what docgen.js is going to fold is folded
// from the start.
import { restoreGroups } from "./lib/nav-groups.js";
import { recall, recallHere } from "./lib/storage.js";

const root = document.documentElement;
root.classList.add("js");

const theme = recall("theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

const { banner } = root.dataset;
if (banner && recall("banner") === banner) root.classList.add("no-banner");

// The sidebar is as it was left from the moment that it is there.
if (recallHere("groups")) {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(".backdrop")) return;
    observer.disconnect();
    restoreGroups();
  });
  observer.observe(root, { childList: true, subtree: true });
}

// If docgen.js cannot be loaded, nothing may stay folded.
addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLScriptElement) root.classList.remove("js");
  },
  true,
);
