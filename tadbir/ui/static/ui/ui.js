// Forms on a slow line: sent once, warned when the line is cut, photos made lighter on the device.
// Everything works without this file.
(() => {
  "use strict";
  // What is said of documents stands beside them: a page without any does not carry it.
  const words = { ...document.currentScript.dataset, ...document.querySelector("[data-heavy]")?.dataset };
  // A photographed page must stay readable and cross a slow line: pixels of its longest side, quality, and the bytes
  // that it may weigh there. The last one is taken whatever it weighs.
  const LIGHT = 80000;
  const TRIES = [[1600, 0.7, 47000], [1600, 0.55, 47000], [1600, 0.4, 47000], [1400, 0.4, LIGHT], [1280, 0.4, 96000], [1280, 0.3, Infinity]];
  // Levels of grey below which a difference from what surrounds it may be taken for noise: pencil is far above.
  const GRAIN = 14;

  const here = () => location.pathname + location.search;
  let shown = here();

  // Said beside what was pressed, on a page that may be many screens long.
  function say(form, text, tone, near = form.pressed) {
    let note = form.said;
    if (!note) {
      note = form.said = document.createElement("p");
      note.dataset.said = "";
      note.setAttribute("role", "status");
    }
    const place = near?.isConnected && (near.closest(".actions, .field") || near);
    if (place && place.nextElementSibling !== note) place.after(note);
    else if (!place && !note.isConnected) form.append(note);
    note.className = "notice " + tone;
    if (note.textContent !== text) note.textContent = text;
    if (tone === "warn") note.scrollIntoView({ block: "nearest" });
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
  }

  function drawn(picture, width, height) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width));
    canvas.height = Math.max(1, Math.round(height));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    // A browser that hides its canvas gives back noise: the photo would be lost.
    if (pen.getImageData(0, 0, 1, 1).data.some((level) => level < 250)) throw new Error("canvas");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return pen;
  }

  // The shorter side of a JPEG, from its header: nothing is decoded. 0 when it is not known.
  async function shorter(file) {
    const view = new DataView(await file.slice(0, 400000).arrayBuffer());
    for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
      const mark = view.getUint16(at);
      if (mark < 0xff00) break;
      if (mark >= 0xffc0 && mark <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(mark)) {
        return Math.min(view.getUint16(at + 5), view.getUint16(at + 7));
      }
    }
    return 0;
  }

  // Upright, and made smaller while it is decoded: twelve million pixels are too many for a cheap phone to keep.
  async function decoded(file) {
    const how = { imageOrientation: "from-image" };
    if (await shorter(file) > TRIES[0][0]) Object.assign(how, { resizeWidth: TRIES[0][0], resizeQuality: "high" });
    return createImageBitmap(file, how).catch(() => createImageBitmap(file));
  }

  // Paper in poor light is all noise, and noise is what weighs: where a point hardly differs from what surrounds it,
  // it takes its place. How much is noise is read from the photo itself, so writing stays as it is.
  function calm(pen) {
    const { width, height } = pen.canvas;
    const soft = drawn(drawn(pen.canvas, width / 3, height / 3).canvas, width, height).getImageData(0, 0, width, height).data;
    const whole = pen.getImageData(0, 0, width, height), point = whole.data;
    const seen = new Uint32Array(256);
    let left = 0, typical = 0;
    for (let at = 1; at < point.length; at += 28, left += 0.5) seen[Math.abs(point[at] - soft[at])] += 1;
    while ((left -= seen[typical]) > 0) typical += 1;
    const most = Math.min(GRAIN, 3 * (typical + 0.5));
    for (let at = 0; at < point.length; at += 4) {
      const far = Math.abs(0.3 * (point[at] - soft[at]) + 0.59 * (point[at + 1] - soft[at + 1]) + 0.11 * (point[at + 2] - soft[at + 2]));
      if (far >= 2 * most) continue;
      const kept = Math.max(0, far / most - 1);
      for (let one = at; one < at + 3; one += 1) point[one] = soft[one] + (point[one] - soft[one]) * kept;
    }
    pen.putImageData(whole, 0, 0);
  }

  async function packed(picture) {
    const webp = drawn(picture, 1, 1).canvas.toDataURL("image/webp").startsWith("data:image/webp");
    let pen, side, blob;
    for (const [longest, quality, most] of TRIES) {
      if (blob && most !== Infinity && blob.size > 1.7 * most) { blob = null; continue; }
      if (longest !== side) {
        const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
        pen = drawn(picture, picture.width * scale, picture.height * scale);
        calm(pen);
        side = longest;
      }
      blob = await new Promise((done) => pen.canvas.toBlob(done, webp ? "image/webp" : "image/jpeg", quality));
      if (!blob || blob.size <= most) break;
    }
    return blob;
  }

  async function lighter(file) {
    if (file.size <= LIGHT || !/^image\/(jpeg|png|webp|hei[cf]|avif)$/.test(file.type) || !self.createImageBitmap) return file;
    let blob;
    try {
      const picture = await decoded(file);
      blob = await packed(picture);
      picture.close();
    } catch {
      return file;
    }
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + "." + blob.type.slice(6).replace("jpeg", "jpg"), { type: blob.type });
  }

  const kilobytes = (octets) => Math.max(1, Math.round(octets / 1000));

  // Whether the field lets this file be chosen: "all files" of a browser's window offers the others too.
  function fits(file, input) {
    const name = file.name.toLowerCase(), kinds = input.accept.split(",");
    return !input.accept || kinds.some((kind) => (kind.startsWith(".") ? name.endsWith(kind) : kind === file.type));
  }

  // It stays said: a form is not sent as if nothing had been chosen.
  function refuse(input, text, tell) {
    input.value = "";
    input.setAttribute("aria-invalid", "true");
    delete input.form.dataset.without;
    tell(text);
  }

  // A document that was refused and not replaced: the first press says that it goes without, the next one goes.
  // Where that document is all that the button sends, nothing goes.
  function without(form, button) {
    const refused = [...form.querySelectorAll("input[type=file][aria-invalid=true]")].find((one) => !one.files.length);
    if (!refused) return false;
    const own = refused.closest("[data-to]")?.dataset.to, others = form.querySelectorAll("textarea, select, input:not([type=hidden])");
    if (others.length === 1 || (own && own === button?.getAttribute("formaction"))) {
      refused.focus();
      return true;
    }
    if (form.dataset.without) return false;
    form.dataset.without = "1";
    form.querySelectorAll("input[name=refused]").forEach((one) => one.remove());
    say(form, words.without, "warn", refused);
    refused.focus();
    return true;
  }

  // How much of a long text is written, beside how much may be: nothing is cut, what is too much is refused in words.
  function count(box) {
    const note = box.id && document.getElementById(box.id + "_most");
    if (!note) return;
    const written = [...box.value.trim()].length, over = written - Number(note.dataset.most);
    note.lastElementChild.textContent = written ? (over > 0 ? words.over : words.written).replace("{count}", written).replace("{over}", over) : "";
    note.classList.toggle("over", over > 0);
  }

  // What cannot be taken is said before a byte leaves: its kind, then its weight once it was made lighter.
  async function chosen(input) {
    const file = input.files[0];
    if (!file) return;
    const note = input.closest(".field")?.querySelector("[data-upload-note]");
    const tell = (text) => { if (note) note.textContent = text; };
    const size = (one) => (one.size < 1000000 ? kilobytes(one.size) + " " + words.kb : (one.size / 1000000).toFixed(1).replace(".", ",") + " " + words.mb);
    input.removeAttribute("aria-invalid");
    const field = input.closest(".field"); // what was said of the one before is over
    field?.classList.remove("wrong");
    field?.querySelector(".errorlist")?.remove();
    if (!fits(file, input)) return refuse(input, words.kind, tell);
    const photo = "upload" in input.form.dataset;
    if (photo && file.size > LIGHT) tell(words.working);
    const small = photo ? await lighter(file) : file;
    if (input.files[0] !== file) return;
    if (small.size > Number(input.dataset.limit || Infinity)) return refuse(input, words.heavy.replace("{size}", size(small)), tell);
    if (small !== file) {
      const box = new DataTransfer();
      box.items.add(small);
      input.files = box.files;
    }
    tell(small === file ? size(file) : words.smaller + " " + size(file) + " → " + size(small));
  }

  // What is typed stays in this tab until it is sent: a page loaded again, or shown in the other language, has it. Whoever
  // comes to the page from elsewhere is asked: on a shared telephone it may be somebody else's.
  const KEPT = "typed";
  const store = () => { try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; } };
  const put = (all) => { try { sessionStorage.setItem(KEPT, JSON.stringify(all)); } catch { /* a browser that keeps nothing */ } };
  const nameOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname.replace(/\/fr(?=\/)/, "");
  const plain = (address) => address && new URL(address).pathname.replace(/\/fr(?=\/)/, "");
  const READY = "\0"; // words that a page proposes, the same in both languages
  const SKIPPED = ["hidden", "file", "password", "submit", "button", "search"];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function fields(form) {
    if (form.method !== "post" || form.querySelector("[type=password]")) return [];
    return [...form.elements].filter((one) => one.name && !SKIPPED.includes(one.type) && !("confirms" in one.dataset) && one.autocomplete !== "one-time-code" && one.getAttribute("spellcheck") !== "false");
  }

  // What the fields of a form say by their names: now, or as the page came.
  function said(form, came) {
    const found = {};
    for (const one of fields(form)) {
      const all = (found[one.name] ||= []);
      if (one.options) all.push(...[...one.options].filter((row) => (came ? row.defaultSelected : row.selected)).map((row) => row.value));
      else if (/^(radio|checkbox)$/.test(one.type)) { if (came ? one.defaultChecked : one.checked) all.push(one.value); }
      else all.push(!came && one.value !== one.defaultValue ? one.value : "ready" in one.dataset ? READY : one.defaultValue);
    }
    return found;
  }

  // A page that only asks for a code holds what was sent to its address, and keeps nothing of its own.
  function keep(form) {
    if ("holds" in form.dataset) return;
    const now = said(form), came = said(form, true), all = store();
    const typed = Object.keys(now).filter((name) => !same(now[name], came[name])).map((name) => [name, now[name], came[name]]);
    delete all[nameOf(form)];
    if (typed.length) all[nameOf(form)] = { typed, at: here(), title: document.querySelector("h1")?.textContent.trim() };
    put(all);
  }

  function write(form, name, values) {
    for (const one of fields(form).filter((field) => field.name === name)) {
      if (one.options) [...one.options].forEach((row) => { row.selected = values.includes(row.value); });
      else if (/^(radio|checkbox)$/.test(one.type)) one.checked = values.includes(one.value);
      else { one.value = values[0]; count(one); }
      const folded = one.closest("details");
      if (folded) folded.open = true;
    }
  }

  // A field that came with other words since keeps them: somebody, or this form itself, wrote them meanwhile.
  function giveBack(root, ask) {
    const all = store();
    for (const form of root.querySelectorAll("form")) {
      const came = said(form, true), now = said(form);
      const lost = (all[nameOf(form)]?.typed || []).filter(([name, typed, base]) => same(came[name], base) && !same(now[name], typed));
      const back = () => {
        lost.forEach(([name, typed]) => write(form, name, typed));
        say(form, words.back, "info");
      };
      if (lost.length && ask) offer(form, back);
      else if (lost.length) back();
    }
  }

  // Nothing of what is kept is shown before the answer; whoever begins to write anew has answered.
  function offer(form, back) {
    const note = document.createElement("div");
    note.className = "notice info";
    note.setAttribute("role", "status");
    note.append(words.kept);
    for (const [label, act] of [[words.bring, back], [words.drop, () => forget(form)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = label;
      button.addEventListener("click", () => { note.remove(); act(); });
      note.append(" ", button);
    }
    form.prepend(note);
    form.addEventListener("input", () => note.remove(), { once: true });
  }

  // Words that came back to be written on stand nowhere but in their page: a page loaded again has them too.
  function unsent() {
    const all = store();
    document.querySelectorAll("[data-unsent]").forEach((one) => { all[nameOf(one.form)] = { typed: [[one.name, [one.value], ["ready" in one.dataset ? READY : ""]]] }; });
    put(all);
  }

  function forget(form) {
    const all = store();
    delete all[nameOf(form)];
    put(all);
  }

  // What was sent is forgotten by the page that follows, unless that page asks for it again; a page loaded again, or gone
  // back to, still has it.
  function opened() {
    const holds = document.querySelector("[data-holds]");
    if (!holds) history.replaceState(history.state, "", location.href); // a page that answers a form is read again by its address: Back and reload send nothing twice
    const [visit] = performance.getEntriesByType("navigation");
    const asked = [...document.querySelectorAll("form")].filter((form) => form === holds || form.querySelector("[role=alert]")).map(nameOf);
    const all = store();
    asked.forEach((name) => { if (all[name]) delete all[name].sent; }); // it was not taken: it is kept on
    put(all);
    unsent();
    const stays = ([name, one]) => !one.sent || asked.includes(name);
    const left = visit && visit.type === "navigate";
    if (left) put(Object.fromEntries(Object.entries(store()).filter(stays)));
    giveBack(document, left && plain(document.referrer) !== plain(location.href) && !asked.length);
  }

  // What waits in this tab and does not go along with the button that closes: words of another page, or words of this one
  // that nobody brought back.
  function elsewhere(form, button) {
    const along = button?.name ? button.form : null, now = along ? said(along) : {};
    const goes = (name, one) => along && nameOf(along) === name && ("holds" in along.dataset || one.typed.every(([field, typed]) => same(now[field], typed)));
    return Object.entries(store()).filter(([name, one]) => !one.sent && !goes(name, one)).map(([, one]) => one);
  }

  // Said once: whoever presses again throws them away.
  function warned(form, button) {
    const left = form.dataset.warned || document.querySelector("[data-holds]") ? [] : elsewhere(form, button);
    if (!left.length) return false;
    form.dataset.warned = "1";
    say(form, words.elsewhere, "warn", button);
    for (const { at, title } of left.filter((one) => one.at && one.title)) {
      const link = document.createElement("a");
      link.href = at;
      link.textContent = title;
      form.said.append(document.createElement("br"), link);
    }
    return true;
  }

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  function show(page, address, files) {
    const main = page.querySelector("main"), root = document.documentElement;
    if (!main || page.documentElement.lang !== root.lang) return location.assign(address);
    for (const part of ["main", ".top"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    document.title = page.title;
    const moved = here() !== new URL(address).pathname + new URL(address).search;
    if (!main.querySelector("[data-holds]")) history[moved ? "pushState" : "replaceState"](null, "", address);
    shown = here();
    for (const input of main.querySelectorAll("input[type=file]")) if (files.has(input.name)) input.files = files.get(input.name);
    self.htmx?.process(main);
    watch(main);
    giveBack(main);
    const first = main.querySelector("[autofocus]"), folded = first?.closest("details");
    if (folded) folded.open = true;
    (first || main).focus();
    if (first) first.scrollIntoView();
    else scrollTo(0, 0);
  }

  // In steps of five seconds: what changes at every moment is read aloud at every moment.
  function travelling(event, left) {
    const weight = kilobytes(event.total), seconds = Math.ceil(left / 5) * 5;
    if (!seconds) return words.sending;
    return words.left.replace("{weight}", weight).replace("{seconds}", seconds);
  }

  function carried(form, body, address) {
    const call = new XMLHttpRequest();
    const bar = form.querySelector("progress");
    const begun = Date.now();
    call.open("POST", address);
    call.setRequestHeader("HX-Request", "true"); // the page that follows may come in the same answer
    call.upload.onprogress = (event) => {
      if (!bar || !event.lengthComputable) return;
      bar.hidden = false;
      bar.value = (event.loaded * 100) / event.total;
      const passed = (Date.now() - begun) / 1000, left = (passed * (event.total - event.loaded)) / event.loaded;
      if (passed > 1) say(form, travelling(event, left), "info");
    };
    return new Promise((done, failed) => {
      call.onload = () => (call.status >= 400 && !/<main/.test(call.responseText) ? failed() : done(call));
      call.onerror = call.ontimeout = failed;
      call.send(body);
    }).finally(() => { if (bar) bar.hidden = true; });
  }

  // One document, one request, where the form says so (data-each): those that were chosen beside it go first.
  async function send(form, button) {
    const waiting = [...form.querySelectorAll("input[type=file]")].filter((one) => one.files.length);
    const own = (input) => input.closest("[data-to]")?.dataset.to;
    const pressed = button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
    const last = waiting.find((one) => own(one) === pressed) || (button?.hasAttribute("formaction") ? null : waiting.at(-1));
    const first = "each" in form.dataset ? waiting.filter((one) => one !== last) : [];
    const files = new Map(waiting.map((one) => [one.name, one.files]));
    let answer;
    for (const input of [...first, null]) {
      const body = new FormData(form);
      if ("each" in form.dataset) waiting.filter((one) => one !== (input || last)).forEach((one) => body.delete(one.name));
      if (!input && button?.name) body.append(button.name, button.value);
      answer = await carried(form, body, input ? own(input) : pressed);
      if (input) files.delete(input.name);
      else if (answer.status < 400) files.clear();
      if (answer.status >= 400) break;
    }
    const alone = "each" in form.dataset && button?.hasAttribute("formaction"); // what is written beside it waits
    if (answer.status < 400 && !alone) forget(form);
    const page = parsed(answer.responseText), trouble = answer.status >= 400 && page.querySelector("main .error");
    if (!trouble) return show(page, new URL(answer.getResponseHeader("Content-Location") || answer.responseURL, location.href).href, files);
    release(form); // a page that only says what went wrong takes the place of nothing
    say(form, [...trouble.querySelectorAll("h1, p:not(:last-child)")].map((one) => one.textContent.trim()).join(" · "), "warn");
  }

  // Only the council closes what is open; without a line the page can be emptied, and closes as soon as there is one.
  function stillOpen(form, button) {
    say(form, words.open, "warn");
    const note = form.said, clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button quiet";
    clear.textContent = words.clear;
    clear.addEventListener("click", () => {
      put({});
      document.querySelectorAll("form").forEach((one) => { if (one !== form || button?.name === "left") one.reset(); });
      [...document.querySelectorAll("main > *, form > .field, form > .card, form > .cards")].forEach((one) => { one.hidden = !one.contains(form) && !one.contains(note); });
      document.querySelector("h1")?.replaceChildren();
      clear.remove();
    });
    note.append(" ", clear);
    if (form.dataset.waits) return;
    form.dataset.waits = "1";
    addEventListener("online", () => form.requestSubmit(button), { once: true });
  }

  async function submitted(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    form.pressed = event.submitter;
    if (form.dataset.sent) return event.preventDefault();
    const closes = "forget" in form.dataset || event.submitter?.name === "close" || /\/close\/$/.test(event.submitter?.getAttribute("formaction"));
    if (navigator.onLine === false) {
      event.preventDefault();
      return closes ? stillOpen(form, event.submitter) : say(form, words.offline, "warn");
    }
    if (!closes && without(form, event.submitter)) return event.preventDefault();
    if (closes && warned(form, event.submitter)) return event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    say(form, words.sending, "info");
    if (closes) { // nothing stays in the page that is left
      document.querySelectorAll("form").forEach((one) => { if (one !== form) one.reset(); });
      return put({});
    }
    if (![...form.querySelectorAll("input[type=file]")].some((one) => one.files.length)) {
      const all = store(), one = all[nameOf(form)];
      if (one && form.dataset.holds !== "read" && !(button?.name === "in" && button.hasAttribute("formaction"))) one.sent = true;
      return put(all);
    }
    event.preventDefault();
    await form.looking;
    if (without(form, button)) return release(form); // refused while the button was pressed
    send(form, button).catch(() => {
      release(form);
      say(form, words.offline, "warn");
    });
  }

  function watch(root) {
    root.querySelectorAll("textarea").forEach(count);
    root.querySelectorAll("input[type=file]").forEach((input) => {
      input.addEventListener("change", () => { input.form.looking = Promise.all([input.form.looking, chosen(input).catch(() => {})]); });
    });
  }

  document.addEventListener("submit", submitted);
  document.addEventListener("input", (event) => {
    if (event.target.form) keep(event.target.form);
    count(event.target);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
  addEventListener("popstate", () => { if (here() !== shown) location.reload(); });
  watch(document);
  opened();
})();
