// The search box and the marks of what it found, loaded when a reader first asks for them.
export { create } from "./search/box.js";
export { arrive } from "./search/arrival.js";
