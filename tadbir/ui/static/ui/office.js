// Office pages: htmx sends the form token, and says when the server was not reached.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  document.addEventListener("htmx:configRequest", (event) => {
    if (words.csrf) event.detail.headers["X-CSRFToken"] = words.csrf;
  });
  const failed = () => {
    const note = document.createElement("p");
    note.className = "notice warn";
    note.textContent = words.failed;
    document.getElementById("notices")?.replaceChildren(note);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
})();
