// Keeps the verifier for use without network. It serves only the page, its script and the key list.
"use strict";
const HOME = "__HOME__", STORE = "tadbir-verifier-" + HOME + "-__VERSION__";
const KEPT = [HOME, HOME + "/verify.js", HOME + "/keys.json"];

self.addEventListener("install", event => {
  event.waitUntil(caches.open(STORE).then(store => store.addAll(KEPT.map(address => new Request(address, {cache: "reload"}))))
    .then(() => self.skipWaiting()));
});

self.addEventListener("activate", event => {
  event.waitUntil(caches.keys()
    .then(names => Promise.all(names.filter(name => name.startsWith("tadbir-verifier-" + HOME + "-") && name !== STORE)
      .map(name => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", event => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin || !KEPT.includes(address.pathname)) return;
  // The network first, so that a new key or a revoked one is seen; the kept copy when there is none.
  event.respondWith(fetch(event.request).then(answer => {
    if (answer.ok && !address.search) {
      const copy = answer.clone();
      event.waitUntil(caches.open(STORE).then(store => store.put(address.pathname, copy)));
    }
    return answer;
  }).catch(() => caches.match(address.pathname).then(kept => kept || Response.error())));
});
