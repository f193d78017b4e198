// Follows a redirect with the fragment of the old address, which a meta refresh would lose.
const { target } = document.currentScript.dataset;
if (location.hash && !target.includes("#")) location.replace(target + location.hash);
