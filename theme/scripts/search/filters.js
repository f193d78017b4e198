// A part of the site: one of its tabs, the pages with a tag, or both.
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";

// One tab, or all of them.
function tabButtons(holder, tabs, chosen) {
  return [words.everywhere, ...tabs].map((title, at) => {
    const button = make("button", { type: "button", "aria-pressed": String(at === 0) }, title);
    button.addEventListener("click", () => {
      for (const each of all("button", holder)) each.setAttribute("aria-pressed", String(each === button));
      chosen(at ? at - 1 : null);
    });
    return button;
  });
}

// One tag, or none: there may be many.
function tagMenu(tags, chosen) {
  const options = tags.map((tag, at) => make("option", { value: String(at) }, tag));
  const menu = make(
    "select",
    { "aria-label": words.tags },
    make("option", { value: "" }, words.tags),
    ...options,
  );
  menu.addEventListener("change", () => chosen(menu.value === "" ? null : Number(menu.value)));
  return menu;
}

/**
 * Shows the tabs, if there are several, and the tags, if there are any; `chosen` hears of what is asked for:
 * whether a page belongs to it, or null for the whole site.
 */
export function filters(holder, { tabs, tags }, chosen) {
  const only = { tab: null, tag: null };
  const choose = (kind) => (value) => {
    only[kind] = value;
    const { tab, tag } = only;
    const belongs = (page) => (tab === null || page.tab === tab) && (tag === null || page.tags.includes(tag));
    chosen(tab === null && tag === null ? null : belongs);
  };
  const menu = tags.length ? [tagMenu(tags, choose("tag"))] : [];
  const buttons = tabs.length ? tabButtons(holder, tabs, choose("tab")) : [];
  holder.replaceChildren(...menu, ...buttons);
  holder.hidden = !holder.children.length;
}
