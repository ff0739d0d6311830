// Keeps an open page at the newest build while a site is written. `serve` adds it on the way to the browser; no published
// page has it.
(() => {
  "use strict";
  const me = document.currentScript;
  let version = Number(me.dataset.version);
  const place = "minhbach-scroll:" + location.pathname;

  // After a reload the reader is where they were.
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    const [x, y] = JSON.parse(kept);
    const back = () => scrollTo({ left: x, top: y, behavior: "instant" });
    back();
    addEventListener("load", () => { back(); history.scrollRestoration = "auto"; }, { once: true });
  }

  function reload() {
    sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    location.reload();
  }

  // A published style sheet is called `NAME.HASH.css`; the new one has another hash.
  function restyle(addresses) {
    for (const [name, address] of Object.entries(addresses)) {
      const stem = name.replace(/\.css$/, "");
      for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
        const path = new URL(link.href).pathname;
        const at = path.lastIndexOf("/assets/" + stem + ".");
        const isOld = at >= 0 && /^[0-9a-f]+\.css$/.test(path.slice(at + "/assets/".length + stem.length + 1));
        if (!isOld || path === address) continue;
        const fresh = link.cloneNode();
        fresh.href = address;
        // The old one goes when the new one is there, so that the page is never bare.
        fresh.addEventListener("load", () => link.remove(), { once: true });
        link.after(fresh);
      }
    }
  }

  let cover = null;
  function showFaults(text) {
    if (cover) cover.remove();
    cover = null;
    if (text === null) return;
    cover = document.createElement("div");
    const inside = cover.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = ":host{all:initial}section{position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:70vh;overflow:auto;" +
      "background:#1c1b1a;color:#f4f1ec;border-top:4px solid #e5484d;padding:1rem 1.25rem;font:14px/1.5 ui-monospace,monospace}" +
      "pre{margin:0;white-space:pre;font:inherit}button{float:right;font:inherit;color:inherit;background:none;" +
      "border:1px solid currentColor;border-radius:4px;padding:.1rem .6rem;cursor:pointer}";
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", document.documentElement.lang === "vi" ? "Đóng" : "Close");
    close.addEventListener("click", () => showFaults(null));
    const words = document.createElement("pre");
    words.textContent = text;
    box.append(close, words);
    inside.append(style, box);
    document.body.append(cover);
  }

  const events = new EventSource(me.dataset.events);
  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    if (now.version !== version) {
      if (!now.styles || now.version !== version + 1) return reload();
      version = now.version;
      restyle(now.styles);
    }
    showFaults(now.faults);
  });
  // A page that comes back from the browser's memory has missed what happened meanwhile.
  addEventListener("pageshow", (event) => event.persisted && reload());
  addEventListener("pagehide", () => events.close());
})();
