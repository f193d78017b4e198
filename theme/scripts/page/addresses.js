// Addresses: what a fragment points at, or into, is opened.
import { idOf } from "../lib/fragment.js";
import { show } from "./tabs.js";

export function followAddresses() {
  addEventListener("hashchange", reveal);
  // A second click on the same link changes no hash.
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href*='#']");
    if (link && link.href === location.href) setTimeout(reveal);
  });
  reveal();
}

function reveal() {
  const target = location.hash.length > 1 && document.getElementById(idOf(location.hash));
  if (!target) return;
  let opened = false;
  for (let each = target; each; each = each.parentElement) {
    if (each.tagName === "DETAILS" && !each.open) {
      each.open = true;
      opened = true;
    }
    if (each.hasAttribute("hidden") && each.getAttribute("role") === "tabpanel") {
      show(each);
      opened = true;
    }
  }
  if (opened) target.scrollIntoView();
}
