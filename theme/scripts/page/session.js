// Terminal sessions: what a reader copies of one is what was typed.

const PROMPT = /^\s*(?:\([^)]*\)\s*)?(?:[\w.-]+@[\w.-]+[^$]*)?\$ /;
const HERE_DOCUMENT = /<<-?\s*(["']?)(\w+)\1/;

/** Whether a block in this language is a terminal session. */
export const isSession = (language) => language === "console" || language === "shell-session";

/**
 * The commands of a session, without prompts and output. A command goes on after a backslash and up
 * to the end of a here-document. A session without prompts is copied as it is.
 */
export function commands(text) {
  const kept = [];
  let goesOn = false;
  let end = null;
  for (const line of text.split("\n")) {
    const inside = end !== null || goesOn;
    if (!inside && !PROMPT.test(line)) continue;
    const body = inside ? line.replace(/^> /, "") : line.replace(PROMPT, "");
    kept.push(body);
    if (end !== null) {
      if (body.trim() === end) end = null;
      continue;
    }
    const here = HERE_DOCUMENT.exec(body);
    if (here) end = here[2];
    goesOn = !here && body.endsWith("\\");
  }
  return kept.length ? `${kept.join("\n")}\n` : text;
}
