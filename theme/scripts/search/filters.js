// One tab of the site, or all of them.
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** Shows the tabs, if there are several; `chosen` hears of the one that is asked for, or null. */
export function filters(holder, tabs, chosen) {
  if (!tabs.length) return;
  const buttons = [words.everywhere, ...tabs].map((title, at) => {
    const button = make("button", { type: "button", "aria-pressed": String(at === 0) }, title);
    button.addEventListener("click", () => {
      for (const each of all("button", holder)) each.setAttribute("aria-pressed", String(each === button));
      chosen(at ? at - 1 : null);
    });
    return button;
  });
  holder.replaceChildren(...buttons);
  holder.hidden = false;
}
