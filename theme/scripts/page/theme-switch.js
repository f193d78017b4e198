// The theme: light, dark, or that of the system, for which nothing is remembered.
import { all, root } from "../lib/dom.js";
import { forget, recall, remember } from "../lib/storage.js";

// A picture with a source for each theme asks the system alone; here it follows the reader.
function themedSources() {
  return all("picture source[media*='prefers-color-scheme']").map((source) => ({
    source,
    media: source.media,
    theme: /:\s*dark/.test(source.media) ? "dark" : "light",
  }));
}

export function themeSwitch() {
  const menu = document.querySelector(".theme-switch");
  const choices = menu ? all("button", menu) : [];
  const sources = themedSources();
  const show = () => {
    const chosen = root.dataset.theme;
    for (const { source, media, theme } of sources) {
      source.media = !chosen ? media : chosen === theme ? "all" : "not all";
    }
    for (const button of choices) {
      button.setAttribute("aria-pressed", String(button.value === (chosen || "system")));
    }
  };
  const choose = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    show();
  };
  show();
  for (const button of choices) {
    button.addEventListener("click", () => {
      if (button.value === "system") forget("theme");
      else remember("theme", button.value);
      choose(button.value);
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }
  // What was chosen on another page meanwhile: in another tab, or before the way back to this one.
  const again = () => choose(recall("theme"));
  addEventListener("storage", again);
  addEventListener("pageshow", ({ persisted }) => persisted && again());
}
