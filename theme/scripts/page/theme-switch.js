// The theme: the reader's choice is remembered only while it differs from the system's.
import { all, root } from "../lib/dom.js";
import { forget, remember } from "../lib/storage.js";
import { words } from "../lib/words.js";

// A picture with a source for each theme asks the system alone; here it follows the reader.
function themedSources() {
  return all("picture source[media*='prefers-color-scheme']").map((source) => ({
    source,
    media: source.media,
    theme: /:\s*dark/.test(source.media) ? "dark" : "light",
  }));
}

export function themeSwitch() {
  const button = document.querySelector(".theme-switch");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => (system.matches ? "dark" : "light");
  const sources = themedSources();
  const showPictures = () => {
    const chosen = root.dataset.theme;
    for (const { source, media, theme } of sources) {
      source.media = !chosen ? media : chosen === theme ? "all" : "not all";
    }
  };
  showPictures();
  if (!button) return;

  const current = () => root.dataset.theme || preferred();
  const label = () => {
    button.setAttribute("aria-label", current() === "dark" ? words.light : words.dark);
  };
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    if (next === preferred()) {
      delete root.dataset.theme;
      forget("theme");
    } else {
      root.dataset.theme = next;
      remember("theme", next);
    }
    showPictures();
    label();
  });
  system.addEventListener("change", label);
  label();
}
