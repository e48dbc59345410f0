// The counter: while documents are ticked, what is still missing and which receipt that gives (law 55-19, article 10).
// The server decides again when the form is sent; without this file it says the same then.
(() => {
  "use strict";
  const live = document.querySelector("[data-required]");
  if (!live) return;
  const words = live.dataset, required = words.required.split(" ");
  const boxes = [...document.querySelectorAll("input[name=documents]")];
  const warned = document.querySelector("[data-not-in-hand]");

  function line(name, text) {
    const one = document.createElement(name);
    one.textContent = text;
    return one;
  }

  function tell() {
    const missing = boxes.filter((box) => required.includes(box.value) && !box.checked);
    const names = missing.map((box) => box.closest("label").textContent.trim());
    live.className = "notice " + (missing.length ? "warn" : "good");
    if (missing.length) {
      const list = document.createElement("ul");
      list.append(...names.map((name) => line("li", name)));
      live.replaceChildren(line("strong", words.missing), list, line("p", words.listed));
    } else {
      live.replaceChildren(line("p", words.complete));
    }
    if (!warned) return;
    warned.hidden = !missing.length;
    warned.querySelector("ul").replaceChildren(...names.map((name) => line("li", name)));
  }

  boxes.forEach((box) => box.addEventListener("change", tell));
  addEventListener("pageshow", tell); // a browser that comes back keeps the ticks
})();
