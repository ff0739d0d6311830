// Saves waiting: what the pages do without it by a button, it does at once. It checks while one types, shows the page as it
// would be, adds and takes away items without loading the page anew, and warns of leaving with something unsaved.
(() => {
  "use strict";

  // An ID from a title, as the program makes it.
  const slug = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const short = (id) => id.length <= 48 ? id : id.slice(0, 48).replace(/-[^-]*$/, "");
  for (const title of document.querySelectorAll("[data-slug]")) {
    const id = document.getElementById(title.dataset.slug);
    let own = id.value !== "";
    id.addEventListener("input", () => { own = id.value !== ""; });
    title.addEventListener("input", () => { if (!own) id.value = short(slug(title.value)); });
  }

  const form = document.getElementById("form");
  if (!form) return;
  const summary = document.getElementById("summary");
  const frame = document.getElementById("preview");
  const word = document.getElementById("preview-word");
  let isDirty = false;
  let isSaving = false;
  let waiting = null;
  let asking = null;

  addEventListener("beforeunload", (event) => {
    if (isDirty && !isSaving) {
      event.preventDefault();
      event.returnValue = form.dataset.leave;
    }
  });

  const fields = (act) => {
    const data = new URLSearchParams(new FormData(form));
    if (act) data.set("do", act);
    return data;
  };

  function mark(faults) {
    for (const list of form.querySelectorAll("[data-faults-of]")) {
      const own = faults.filter((fault) => fault.field === list.dataset.faultsOf);
      const html = own.map((fault) => fault.html).join("");
      if (list.innerHTML !== html) list.innerHTML = html;
      const input = [...form.elements].find((element) => element.name === list.dataset.faultsOf && element.type !== "hidden");
      if (!input) continue;
      if (own.some((fault) => fault.error)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  // A page that went to its anchor by itself would take this one along.
  const toAnchor = (anchor) => {
    const place = anchor && frame.contentDocument?.getElementById(anchor);
    if (place) frame.contentWindow.scrollTo(0, place.getBoundingClientRect().top + frame.contentWindow.scrollY - 16);
  };
  frame.addEventListener("load", () => toAnchor(frame.dataset.anchor));
  if (frame.contentDocument?.readyState === "complete") toAnchor(frame.dataset.anchor);

  function show(address, hasErrors) {
    if (!address) {
      word.textContent = !hasErrors ? word.dataset.none : frame.hidden ? word.dataset.later : word.dataset.old;
      return;
    }
    word.textContent = "";
    frame.hidden = false;
    const target = new URL(address, location.href);
    frame.dataset.anchor = target.hash.slice(1);
    target.hash = "";
    const place = frame.contentWindow?.scrollY ?? 0;
    if (frame.src === target.href) {
      frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
      frame.contentWindow.location.reload();
    } else {
      frame.src = target.href;
    }
  }

  async function check() {
    asking?.abort();
    asking = new AbortController();
    try {
      const response = await fetch(form.dataset.check, { method: "POST", body: fields(), signal: asking.signal });
      if (!response.ok) return;
      const found = await response.json();
      if (found.conflict) {
        summary.innerHTML = '<p class="bad"><strong></strong></p>';
        summary.querySelector("strong").textContent = found.conflict;
        return;
      }
      mark(found.faults);
      if (summary.innerHTML !== found.summary) {
        const isOpen = summary.querySelector("details")?.open;
        summary.innerHTML = found.summary;
        const list = summary.querySelector("details");
        if (list && isOpen !== undefined) list.open = isOpen;
      }
      show(found.preview, found.faults.some((fault) => fault.error));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(check, 350);
  }

  /** Does what a button means on the server and takes over the fields that come back. */
  async function act(name, button) {
    clearTimeout(waiting);
    asking?.abort();
    button?.setAttribute("aria-busy", "true");
    const response = await fetch(form.action, { method: "POST", body: fields(name), redirect: "follow" });
    if (response.redirected) {
      isDirty = false;
      location.assign(response.url);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const open = [...form.querySelectorAll("#fields details")].map((details) => details.open);
    const fresh = page.getElementById("fields");
    if (!fresh) return;
    document.getElementById("fields").replaceWith(fresh);
    const opened = [...fresh.querySelectorAll(":scope > details")];
    [...opened].forEach((details, at) => { details.open ||= open[at] ?? false; });
    summary.innerHTML = page.getElementById("summary").innerHTML;
    isDirty = true;
    focus(name);
    soon();
  }

  /** Where the hand goes on: the new item's first field, the list from which one went. */
  function focus(name) {
    const [what, field] = [name.split(":")[0], name.slice(name.indexOf(":") + 1)];
    const at = (id) => document.getElementById("f-" + id.replace(/[^a-zA-Z0-9_]/g, "-"));
    if (what === "add") {
      const items = at(field)?.querySelectorAll(":scope > .item, :scope > fieldset > .item");
      const last = items?.[items.length - 1];
      for (let above = last?.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
      last?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    } else if (what === "remove") {
      at(field.replace(/\.[^.]*$/, ""))?.focus();
    } else if (what === "up") {
      const place = Number(field.replace(/.*\./, "")) - 1;
      at(field.replace(/[^.]*$/, "") + place)?.focus();
    } else if (what === "refresh") {
      document.getElementById(field)?.focus();
    } else {
      at(field.split(":").pop())?.focus();
    }
  }

  form.addEventListener("input", () => { isDirty = true; soon(); });
  form.addEventListener("change", (event) => {
    isDirty = true;
    if (event.target.matches("[data-way]")) act("refresh:" + event.target.id);
    const chosen = event.target.parentElement.querySelector(":scope > .chosen");
    if (chosen && event.target.list) {
      const option = [...event.target.list.options].find((option) => option.value === event.target.value);
      chosen.textContent = option?.textContent ?? "";
    }
  });
  form.addEventListener("submit", (event) => {
    const name = event.submitter?.value ?? "save";
    if (name === "save" || name === "publish") {
      isSaving = true;
      return;
    }
    event.preventDefault();
    act(name, event.submitter);
  });
  // A fault in the summary leads into a part that is folded.
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let above = target.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  });
})();
