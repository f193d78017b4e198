// Runs before the first paint: it sets the theme that the reader chose, so that no page flashes in
// the other one, and marks the page as scripted, so that what docgen.js is going to fold is folded
// from the start.
import { recall } from "./lib/storage.js";

const root = document.documentElement;
root.classList.add("js");

const theme = recall("theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

const { banner } = root.dataset;
if (banner && recall("banner") === banner) root.classList.add("no-banner");

// If docgen.js cannot be loaded, nothing may stay folded.
addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLScriptElement) root.classList.remove("js");
  },
  true,
);
