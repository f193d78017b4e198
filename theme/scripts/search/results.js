// How results look.
import { make } from "../lib/dom.js";

const SHOWN_HEADINGS = 3;

// Of an excerpt only text and marks count, whatever a page says.
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  return [...parsed.childNodes].map((node) =>
    node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent,
  );
}

// Titles come without marks.
function marked(title, query) {
  const words = query.split(/\s+/).filter(Boolean);
  if (!words.length) return [title];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = title.split(new RegExp(`(${escaped.join("|")})`, "giu"));
  return parts.map((part, at) => (at % 2 ? make("mark", {}, part) : part));
}

function option({ id, url, kind, title, text, query }) {
  const attributes = { role: "option", id, href: url, class: kind, "aria-selected": "false", tabindex: "-1" };
  const link = make("a", attributes, make("span", { class: "search-title" }, ...marked(title, query)));
  if (text) link.append(make("span", { class: "search-excerpt" }, ...excerpt(text)));
  return link;
}

/** A page or a heading that is called as the reader asked. */
export function namedGroup({ url, title, page }, at, query) {
  const link = option({ id: `docgen-name-${at}`, url, kind: "search-page", title, query });
  if (page !== title) link.append(make("span", { class: "search-excerpt" }, page));
  return make("div", { role: "group", "aria-label": page }, link);
}

/** A page that Pagefind found, with its headings; those in `taken` stand above already. */
export function foundGroup(result, at, query, taken) {
  const title = result.meta.title || result.url;
  const other = (sub) => sub.url !== result.url && sub.title !== title && !taken.has(sub.url);
  const headings = result.sub_results.filter(other).slice(0, SHOWN_HEADINGS);
  const id = `docgen-result-${at}`;
  const text = headings.length ? "" : result.excerpt;
  const page = option({ id, url: result.url, kind: "search-page", title, text, query });
  const subs = headings.map((sub, number) =>
    option({
      id: `${id}-${number}`,
      url: sub.url,
      kind: "search-heading",
      title: sub.title,
      text: sub.excerpt,
      query,
    }),
  );
  return make("div", { role: "group", "aria-label": title }, page, ...subs);
}
