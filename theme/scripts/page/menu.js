// The sidebar: a sheet on small screens, and scrolled to the current page on all.
import { all, root } from "../lib/dom.js";

export function menu() {
  const button = document.querySelector(".menu-button");
  const sidebar = document.getElementById("docgen-sidebar");
  if (!button || !sidebar) return;

  const rest = all(".site-header, .site-tabs, .main, .site-footer, .skip-link");
  const set = (open) => {
    root.classList.toggle("menu-open", open);
    button.setAttribute("aria-expanded", String(open));
    for (const element of rest) element.inert = open;
    if (open) sidebar.focus({ preventScroll: true });
  };
  const close = () => {
    if (!root.classList.contains("menu-open")) return;
    set(false);
    button.focus();
  };
  button.addEventListener("click", () => set(true));
  for (const element of all(".sidebar-close, .backdrop")) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  matchMedia("(min-width: 60em)").addEventListener("change", () => set(false));
  // A page restored from the browser's cache must not come back behind its menu.
  addEventListener("pageshow", () => set(false));

  showCurrentPage(sidebar);
  showCurrentTab();
}

function showCurrentPage(sidebar) {
  const here = sidebar.querySelector("ul.nav [aria-current], .nav-section [aria-current]");
  if (!here) return;
  const box = here.getBoundingClientRect();
  const frame = sidebar.getBoundingClientRect();
  // Whatever is in sight stays where it was on the page before.
  if (box.bottom > frame.bottom - 4) sidebar.scrollTop += box.top - frame.top - frame.height / 3;
}

function showCurrentTab() {
  const tab = document.querySelector(".site-tabs [aria-current]");
  if (!tab) return;
  const row = tab.closest("ul");
  row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
}
