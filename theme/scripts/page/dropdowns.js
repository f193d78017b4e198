// Menus that a click elsewhere, or Escape, closes.
import { all } from "../lib/dom.js";

const open = () => all("details.dropdown[open]");

export function dropdowns() {
  addEventListener("click", ({ target }) => {
    for (const each of open()) if (!each.contains(target)) each.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const each of open()) {
      each.open = false;
      each.querySelector("summary").focus();
    }
  });
}
