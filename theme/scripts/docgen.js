// What a page gains from scripts. Every part stands alone, and every page reads well without any.
import { followAddresses } from "./page/addresses.js";
import { banner } from "./page/banner.js";
import { copyButtons, foldLongBlocks, hiddenLines } from "./page/code.js";
import { consent } from "./page/consent.js";
import { dropdowns } from "./page/dropdowns.js";
import { feedback } from "./page/feedback.js";
import { headingLinks } from "./page/heading-links.js";
import { menu } from "./page/menu.js";
import { navGroups } from "./page/nav-groups.js";
import { pageActions } from "./page/page-actions.js";
import { scrollers } from "./page/scrollers.js";
import { searchButton } from "./page/search-button.js";
import { shortcuts } from "./page/shortcuts.js";
import { suggestions } from "./page/suggestions.js";
import { tabs } from "./page/tabs.js";
import { themeSwitch } from "./page/theme-switch.js";
import { toc } from "./page/toc.js";
import { zoom } from "./page/zoom.js";

const parts = [
  themeSwitch,
  searchButton,
  shortcuts,
  banner,
  consent,
  navGroups,
  menu,
  dropdowns,
  tabs,
  toc,
  followAddresses,
  headingLinks,
  copyButtons,
  hiddenLines,
  foldLongBlocks,
  pageActions,
  feedback,
  suggestions,
  scrollers,
  zoom,
];

for (const part of parts) {
  // A part that fails takes no other with it.
  try {
    part();
  } catch (error) {
    console.error(error);
  }
}
