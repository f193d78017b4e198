// The search box, loaded when a reader first asks for it.
export { create } from "./search/box.js";
