// The counter: while documents are ticked, what is still missing and which receipt that gives (law 55-19, article 10).
// The server decides again when the form is sent; without this file it says the same then.
(() => {
  "use strict";
  const live = document.querySelector("[data-required]");
  if (!live) return;
  const words = live.dataset, required = words.required.split(" "), essential = words.essential.split(" ");
  const boxes = [...document.querySelectorAll("input[name=documents]")];
  const warned = document.querySelector("[data-not-in-hand]");

  function line(name, text) {
    const one = document.createElement(name);
    one.textContent = text;
    return one;
  }

  function absent(codes) {
    const found = boxes.filter((box) => codes.includes(box.value) && !box.checked);
    return found.map((box) => line("li", box.closest("label").textContent.trim()));
  }

  function list(lines) {
    const one = document.createElement("ul");
    one.append(...lines);
    return one;
  }

  function tell() {
    const needed = absent(essential), missing = absent(required);
    live.className = "notice " + (needed.length ? "bad" : missing.length ? "warn" : "good");
    if (needed.length) {
      live.replaceChildren(line("strong", words.refused), list(needed));
    } else if (missing.length) {
      live.replaceChildren(line("strong", words.missing), list(missing), line("p", words.listed));
    } else {
      live.replaceChildren(line("p", words.complete));
    }
    if (warned) said();
  }

  // What the server said is lacking goes as it is ticked, and comes back.
  function said() {
    const parts = [...warned.querySelectorAll("[data-lacking]")];
    for (const part of parts) {
      const lines = [...part.querySelectorAll("[data-code]")];
      for (const one of lines) one.hidden = boxes.some((box) => box.value === one.dataset.code && box.checked);
      part.hidden = !part.dataset.lacking && lines.every((one) => one.hidden);
    }
    warned.hidden = parts.every((part) => part.hidden);
  }

  boxes.forEach((box) => box.addEventListener("change", tell));
  addEventListener("pageshow", tell); // a browser that comes back keeps the ticks
})();
