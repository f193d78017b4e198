// Short names for what every part does with the document.

export const root = document.documentElement;

/** All elements that match a selector, in the document or within an element. */
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** A new element with attributes and children; children that are empty are left out. */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(Boolean));
  return element;
};
