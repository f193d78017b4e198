// Follows a redirect with the fragment of the old address, which a meta refresh would lose.
(function () {
  "use strict";
  var target = document.currentScript.dataset.target;
  if (location.hash && target.indexOf("#") < 0) location.replace(target + location.hash);
})();
