// Forms on a slow line: sent once, warned when the line is cut, photos made lighter on the device.
// Everything works without this file.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const HEAVY = 300000, SIDE = 1600, QUALITY = 0.78;

  const here = () => location.pathname + location.search;
  let shown = here();

  function say(form, text, tone) {
    let note = form.querySelector("[data-said]");
    if (!note) {
      note = document.createElement("p");
      note.dataset.said = "";
      note.setAttribute("role", "status");
      form.append(note);
    }
    note.className = "notice " + tone;
    note.textContent = text;
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
  }

  async function lighter(file) {
    if (file.size <= HEAVY || !/^image\/(jpeg|png|webp|heic)$/.test(file.type) || !self.createImageBitmap) return file;
    let picture;
    try {
      picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      return file;
    }
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }

  async function shrink(input) {
    const file = input.files[0];
    if (!file) return;
    const small = await lighter(file);
    if (small === file || input.files[0] !== file) return;
    const box = new DataTransfer();
    box.items.add(small);
    input.files = box.files;
    const note = input.closest(".field")?.querySelector("[data-upload-note]");
    const size = (one) => Math.max(1, Math.round(one.size / 1000)) + " " + words.kb;
    if (note) note.textContent = words.smaller + " " + size(file) + " → " + size(small);
  }

  function show(text, address) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const main = page.querySelector("main");
    if (!main) return location.assign(address);
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    if (here() !== new URL(address).pathname + new URL(address).search) history.pushState(null, "", address);
    shown = here();
    const first = main.querySelector("[autofocus]") || main;
    first.focus();
    scrollTo(0, 0);
    watch(main);
  }

  function send(form, button) {
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    const call = new XMLHttpRequest();
    const bar = form.querySelector("progress");
    call.open("POST", form.action);
    call.upload.onprogress = (event) => {
      if (bar && event.lengthComputable) {
        bar.hidden = false;
        bar.value = (event.loaded * 100) / event.total;
      }
    };
    call.onload = () => show(call.responseText, call.responseURL || location.href);
    call.onerror = call.ontimeout = () => {
      if (bar) bar.hidden = true;
      release(form);
      say(form, words.offline, "warn");
    };
    call.send(body);
  }

  async function submitted(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    if (navigator.onLine === false) {
      event.preventDefault();
      return say(form, words.offline, "warn");
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    say(form, words.sending, "info");
    if ("upload" in form.dataset && self.FormData) {
      event.preventDefault();
      await form.shrinking;
      send(form, button);
    }
  }

  function watch(root) {
    root.querySelectorAll("form[data-upload] input[type=file]").forEach((input) => {
      input.addEventListener("change", () => { input.form.shrinking = shrink(input).catch(() => {}); });
    });
  }

  document.addEventListener("submit", submitted);
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
  addEventListener("popstate", () => { if (here() !== shown) location.reload(); });
  watch(document);
})();
