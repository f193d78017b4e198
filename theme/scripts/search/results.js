// How results look.
import { make } from "../lib/dom.js";
import { folded } from "./query.js";

// A title with its words marked that were asked for.
function marked(title, terms) {
  const words = [...new Set(terms.flatMap((term) => [term.text, ...term.words]))].filter(Boolean);
  if (!words.length) return [title];
  words.sort((a, b) => b.length - a.length);
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = title.split(new RegExp(`(${escaped.join("|")})`, "giu"));
  return parts.map((part, at) => (at % 2 ? make("mark", {}, part) : part));
}

const excerpt = (parts) => parts.map((part) => (part.mark ? make("mark", {}, part.mark) : part));

function option({ id, url, kind, title, way, text, terms }) {
  const attributes = { role: "option", id, href: url, class: kind, "aria-selected": "false", tabindex: "-1" };
  const link = make("a", attributes, make("span", { class: "search-title" }, ...marked(title, terms)));
  if (way?.length) link.append(make("span", { class: "search-way" }, way.join(" › ")));
  if (text) link.append(make("span", { class: "search-excerpt" }, ...excerpt(text)));
  return link;
}

const under = (page, id) => (id === null ? page.url : `${page.url}#${encodeURIComponent(id)}`);

/** The way to a page: its tab and the groups around it, of which the first often has the tab's title. */
export const wayTo = (page, tabs) =>
  [tabs[page.tab], ...page.groups].filter((title, at, all) => title && title !== all[at - 1]);

/**
 * A page that answers, under the heading that is called as the reader asked or under its own title.
 * `shown` is what of its text has the words; null for what is not loaded.
 */
export function group({ page, name }, at, { tabs, terms, shown }) {
  // The page itself stands first unless one of its headings answers better than its title.
  const heading = name?.id ? name : null;
  const way = wayTo(page, tabs);
  const id = `docgen-result-${at}`;
  const same = shown?.sections.find((section) => section.id === heading?.id);
  const main = option({
    id,
    url: under(page, heading?.id ?? null),
    kind: "search-page",
    title: heading?.title ?? page.title,
    way: heading ? [...way, page.title] : way,
    text: heading ? same?.text : shown?.top,
    terms,
  });
  const rest = (shown?.sections ?? []).filter(
    (section) => section !== same && folded(section.title) !== folded(page.title),
  );
  const subs = rest.map((section, number) =>
    option({
      id: `${id}-${number}`,
      url: under(page, section.id),
      kind: "search-heading",
      title: section.title,
      text: section.text,
      terms,
    }),
  );
  return make("div", { role: "group", "aria-label": page.title }, main, ...subs);
}

/** A page to start with. */
export const starting = (page, at, tabs) =>
  option({
    id: `docgen-start-${at}`,
    url: page.url,
    kind: "search-page",
    title: page.title,
    way: wayTo(page, tabs),
    terms: [],
  });

/** A query that was asked before. */
export function asked(query, at) {
  const attributes = {
    role: "option",
    id: `docgen-asked-${at}`,
    class: "search-asked",
    href: "#",
    "aria-selected": "false",
    tabindex: "-1",
  };
  const link = make("a", attributes, make("span", { class: "search-title" }, query));
  link.dataset.query = query;
  return link;
}
