// Checks the seal of a paper act in the browser: COSE_Sign1 (RFC 9052), ES256, with WebCrypto. No library.
"use strict";
(() => {
  const box = document.getElementById("seal-result");
  if (!box) return;
  const home = box.dataset.home;

  // ---- CBOR, only what a seal holds: integers, byte and text strings, arrays, maps, one tag, booleans
  function decode(bytes) {
    let at = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = new TextDecoder("utf-8", {fatal: true});
    function length(small) {
      if (small < 24) return small;
      if (small === 24) { at += 1; return view.getUint8(at - 1); }
      if (small === 25) { at += 2; return view.getUint16(at - 2); }
      if (small === 26) { at += 4; return view.getUint32(at - 4); }
      throw new Error("cbor");
    }
    function cut(size) {
      if (at + size > bytes.length) throw new Error("cbor");
      at += size;
      return bytes.subarray(at - size, at);
    }
    function item(depth) {
      if (depth > 6) throw new Error("cbor");
      const first = view.getUint8(at++), kind = first >> 5, small = first & 31;
      if (kind === 7) {
        if (small === 20) return false;
        if (small === 21) return true;
        throw new Error("cbor");
      }
      const size = length(small);
      if (kind === 0) return size;
      if (kind === 1) return -1 - size;
      if (kind === 2) return cut(size);
      if (kind === 3) return text.decode(cut(size));
      if (kind === 4) return Array.from({length: size}, () => item(depth + 1));
      if (kind === 5) {
        const map = new Map();
        for (let i = 0; i < size; i++) { const key = item(depth + 1); if (map.has(key)) throw new Error("cbor"); map.set(key, item(depth + 1)); }
        return map;
      }
      return {tag: size, value: item(depth + 1)};
    }
    const value = item(0);
    if (at !== bytes.length) throw new Error("cbor");
    return value;
  }

  function head(kind, size) {
    return size < 24 ? [kind << 5 | size] : size < 256 ? [kind << 5 | 24, size] : [kind << 5 | 25, size >> 8, size & 255];
  }
  function signedBytes(header, payload) {
    const name = new TextEncoder().encode("Signature1");
    return Uint8Array.from([0x84, ...head(3, name.length), ...name, ...head(2, header.length), ...header, 0x40,
      ...head(2, payload.length), ...payload]);
  }
  function fromText(text) {
    // As the server reads it: dashes of every kind, nothing that nobody sees.
    const bare = text.replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, "");
    const plain = bare.replace(/^.*#/, "").replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(plain), sign => sign.charCodeAt(0));
  }
  const isDraft = text => /#draft\.[0-9a-f]{64}$/.test(text.trim());
  const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");

  async function check(text, list) {
    let kid, claims, key, body, signature;
    if (isDraft(text)) return {verdict: "draft"};
    try {
      const message = decode(fromText(text));
      const [header, other, payload, sign] = message.value;
      const protectedHeader = decode(header);
      if (message.tag !== 18 || protectedHeader.get(1) !== -7 || other.size !== 0 || sign.length !== 64) return {verdict: "unreadable"};
      kid = hex(protectedHeader.get(4));
      claims = decode(payload);
      body = signedBytes(header, payload);
      signature = sign;
      if (claims.get(-70005) !== 1) return {verdict: "unreadable"};
    } catch (error) { return {verdict: "unreadable"}; }
    key = list.keys.find(one => one.kid === kid);
    if (!key) return {verdict: "unknown-key", kid};
    const algorithm = {name: "ECDSA", namedCurve: "P-256"};
    const imported = await crypto.subtle.importKey("jwk", key.jwk, algorithm, false, ["verify"]);
    const good = await crypto.subtle.verify({name: "ECDSA", hash: "SHA-256"}, imported, signature, body);
    if (!good) return {verdict: "changed", kid};
    const issued = claims.get(6) * 1000;
    if (key.council !== claims.get(1)) return {verdict: "other-council", kid};
    if (issued < Date.parse(key.from) || issued > Date.parse(key.to)) return {verdict: "key-period", kid};
    if (key.revoked && issued >= Date.parse(key.revoked)) return {verdict: "key-revoked", kid};
    return {verdict: "good", kid, key, number: claims.get(2), kind: claims.get(-70001), date: claims.get(-70002),
      sha256: hex(claims.get(-70003)), signed: claims.get(-70006), demo: claims.get(-70004) || key.demo};
  }

  // ---- words
  const words = {
    good: ["الختم سليم", "Le cachet est valide"],
    unreadable: ["هذا ليس رمز وثيقة من وثائق المجلس", "Ce code n’est pas celui d’un document du conseil"],
    "unknown-key": ["الختم بمفتاح لا يعرفه هذا المجلس: لا تعتمدوا هذه الوثيقة", "Cachet fait avec une clé inconnue de ce conseil : ne vous y fiez pas"],
    changed: ["الرمز مغير: لا تعتمدوا هذه الوثيقة", "Le code a été modifié : ne vous y fiez pas"],
    "other-council": ["المفتاح لمجلس آخر", "La clé est celle d’un autre conseil"],
    "key-period": ["المفتاح لم يكن ساريا عند تاريخ الإصدار", "La clé n’était pas en vigueur à la date d’émission"],
    "key-revoked": ["صدرت الوثيقة بعد سحب المفتاح: لا تعتمدوها", "Émis après la révocation de la clé : ne vous y fiez pas"],
    "no-keys": ["تعذر الحصول على لائحة المفاتيح: أعيدوا المحاولة عند توفر الشبكة", "Liste des clés indisponible : réessayez avec le réseau"],
    "no-crypto": ["هذا المتصفح لا يستطيع التحقق: استعملوا رقم الوثيقة ورمز التحقق أسفله", "Ce navigateur ne peut vérifier : utilisez le numéro et le code ci-dessous"],
    draft: ["هذه نسخة معدة للإمضاء وليست الوثيقة الرسمية: لهذه رقم ورمز للتحقق", "Exemplaire à signer, non le document officiel : celui-ci porte un numéro et un code de vérification"],
    session: ["أمضاها صاحب الإمضاء بنفسه من حسابه", "Signé par le signataire lui-même dans sa session"],
    qualified: ["ممضاة بتوقيع إلكتروني مؤهل", "Signé par une signature électronique qualifiée"],
    by_hand: ["مصرح بأنها ممضاة بخط اليد؛ تعرف النظام على رمز المطبوع في نسخة ممسوحة", "Déclaré signé à la main ; le code de l’imprimé a été reconnu sur une copie numérisée"],
    said: ["مصرح بأنها ممضاة بخط اليد؛ لم يُتعرف على نسخة ممسوحة", "Déclaré signé à la main ; aucune copie numérisée reconnue"],
    signature: ["الإمضاء", "Signature"],
    scan: ["سلم النسخة الممسوحة", "Copie numérisée remise par"],
    recorded: ["سجل الإمضاء", "Signature enregistrée par"],
    number: ["رقم الوثيقة", "Numéro"], kind: ["نوعها", "Nature"], date: ["تاريخها", "Date"],
    council: ["الصادرة عنه", "Émis par"], key: ["المفتاح الموثوق به", "Clé à laquelle on se fie"],
    compare: ["قارنوا الرقم والنوع والتاريخ بما هو مطبوع على الورقة.", "Comparez le numéro, la nature et la date avec le papier."],
    demo: ["نموذج للتجربة لا أثر قانوني له", "SPÉCIMEN sans effet juridique"],
    valid: ["المجلس يؤكد الآن أن الوثيقة قائمة.", "Le conseil confirme à l’instant que le document est en vigueur."],
    struck: ["أصدر المجلس هذه الوثيقة، لكن لا أثر لها الآن: شُطب على تبليغها ولم يُسجل تبليغ آخر.", "Le conseil a émis ce document, mais il est sans effet : sa notification a été rayée et aucune autre n’a été enregistrée depuis."],
    unnotified: ["أصدر المجلس هذه الوثيقة، لكن لا أثر لها بعد: لم يُسجل تبليغها.", "Le conseil a émis ce document, mais il est encore sans effet : sa notification n’est pas enregistrée."],
    annulled: ["أُلغيت هذه الوثيقة", "Ce document a été annulé"],
    replaced: ["عُوضت هذه الوثيقة بالوثيقة رقم", "Ce document a été remplacé par le n°"],
    unknown: ["الختم سليم لكن المجلس لا يجد هذه الوثيقة في سجله: اتصلوا به.", "Cachet valide, mais le conseil ne trouve pas ce document : contactez-le."],
    erased: ["لم يعد المجلس يحتفظ بنص هذه الوثيقة: مُسح وفق القانون رقم 09.08 بتاريخ", "Le conseil ne conserve plus le texte de ce document : effacé en application de la loi n° 09-08, le"],
    limited: ["عدد كبير من الطلبات: أعيدوا المحاولة ابتداء من الساعة", "Trop de demandes : réessayez à partir de"],
    offline: ["بدون شبكة: لا يُعرف هل أُلغيت الوثيقة أو عُوضت، ولا هل سُحب المفتاح منذ آخر زيارة.", "Sans réseau : on ne peut savoir si le document a été annulé ou remplacé, ni si la clé a été révoquée depuis la dernière visite."],
  };

  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const key in attributes || {}) made.setAttribute(key, attributes[key]);
    return made;
  }
  function both(name, pair, more) {
    const made = element(name);
    made.append(element("span", pair[0] + (more ? " " : ""), {lang: "ar", dir: "rtl"}));
    if (more) made.append(element("bdi", more));
    made.append(element("br"), element("span", pair[1] + (more ? " " : ""), {lang: "fr", dir: "ltr"}));
    if (more) made.append(element("bdi", more));
    return made;
  }
  function row(list, label, value) {
    list.append(element("dt", label[0] + " · " + label[1]));
    const held = element("dd");
    held.append(element("bdi", value));
    list.append(held);
  }

  function show(found, list, state) {
    box.replaceChildren();
    box.hidden = false;
    const stands = found.verdict === "good" && (!state || state.status === "valid" || state.status === "limited" || state.status === "offline");
    const waits = state && state.status === "valid" && words[state.effect];
    box.className = "notice " + (stands ? waits ? "warn" : "good" : "bad");
    box.dataset.verdict = found.verdict;
    if (state) box.dataset.status = state.status;
    // The worst news is read first.
    const bad = state && !stands && (words[state.status] || words.unknown), first = bad || waits;
    if (first) box.append(both("h2", first, bad && state.status === "replaced" ? state.replaced_by : ""));
    box.append(both(first ? "p" : "h2", words[found.verdict]));
    if (found.verdict !== "good") return;
    if (found.demo) box.append(both("p", words.demo));
    const facts = element("dl", "", {class: "kv"});
    const kind = list.kinds[found.kind] || [found.kind, found.kind];
    row(facts, words.number, found.number);
    row(facts, words.kind, kind[0] + " · " + kind[1]);
    row(facts, words.date, found.date);
    const signed = words[(state && state.signed) || found.signed];
    if (signed) row(facts, words.signature, signed[0] + " · " + signed[1]);
    if (state && state.recorded_by) row(facts, words.recorded, state.recorded_by[0] + " · " + state.recorded_by[1]);
    if (state && state.scan) row(facts, words.scan, state.scan.join(" · "));
    row(facts, words.council, list.council.name_ar + " · " + list.council.name_fr);
    row(facts, words.key, found.kid + " · " + found.key.subject);
    box.append(facts, both("p", words.compare));
    if (state && stands && !waits) box.append(both("p", words[state.status], state.again));
    if (state && state.erased) box.append(both("p", words.erased, state.erased));
  }

  async function status(found) {
    try {
      const answer = await fetch(home + "/status?sha256=" + found.sha256, {cache: "no-store", credentials: "omit"});
      const state = await answer.json();
      return words[state.status] ? state : {status: "offline"};
    } catch (error) { return {status: "offline"}; }
  }

  async function verify(text) {
    const before = document.getElementById("answer"); // of another paper
    if (before) before.remove();
    box.hidden = true;
    if (!self.crypto || !crypto.subtle) { show({verdict: "no-crypto"}); return; }
    let list;
    try {
      const answer = await fetch(home + "/keys.json", {credentials: "omit"});
      if (!answer.ok) throw new Error("keys");
      list = await answer.json();
    } catch (error) { show({verdict: "no-keys"}); return; }
    const found = await check(text, list);
    show(found, list);
    if (found.verdict === "good") show(found, list, await status(found));
  }

  const paste = document.getElementById("seal-paste");
  if (paste) {
    paste.hidden = false;
    paste.addEventListener("submit", event => { event.preventDefault(); verify(paste.elements.text.value); });
  }
  const start = () => { if (location.hash.length > 1) verify(location.hash); };
  addEventListener("hashchange", start);
  start();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(home + "/sw.js", {scope: home}).catch(() => {});
})();
