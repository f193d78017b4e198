// The line above all pages, until its reader closes it.
import { root } from "../lib/dom.js";
import { remember } from "../lib/storage.js";

export function banner() {
  document.querySelector(".banner-close")?.addEventListener("click", () => {
    remember("banner", root.dataset.banner);
    root.classList.add("no-banner");
  });
}
