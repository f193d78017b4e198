// What is remembered between pages. Storage may be forbidden or full, and nothing depends on it.

const attempt = (use) => {
  try {
    return use();
  } catch {
    return null;
  }
};

/** What was remembered under a name; null for nothing. */
export const recall = (name) => attempt(() => localStorage.getItem(`docgen-${name}`));

/** Remembers a text under a name. */
export const remember = (name, text) => attempt(() => localStorage.setItem(`docgen-${name}`, text));

/** Forgets what was remembered under a name. */
export const forget = (name) => attempt(() => localStorage.removeItem(`docgen-${name}`));

/** What this tab of the browser remembers under a name, as a value. */
export const recallHere = (name) => attempt(() => JSON.parse(sessionStorage.getItem(`docgen-${name}`)));

/** Remembers a value under a name until this tab of the browser is closed. */
export const rememberHere = (name, value) =>
  attempt(() => sessionStorage.setItem(`docgen-${name}`, JSON.stringify(value)));
