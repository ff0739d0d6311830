// The feedback form's comforts: the procedure from the address, a choice that finds "ruou" in "rượu", faults beside their
// fields, and a draft that stays on the device. Without this file the form works all the same.
(() => {
  const form = document.querySelector('form.feedback[data-draft]');
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const words = form.dataset;

  // The procedure, from the page that led here.
  const asked = new URLSearchParams(location.search).get('procedure');
  const procedure = field('procedure');
  if (asked && !procedure.value) procedure.value = asked.slice(0, 300);

  // A choice that does not mind accents and capitals: among the page's own names, or, where the site has too many for a page,
  // among what the search finds.
  const SHOWN = 6;
  const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
  const fromList = (list) => {
    const options = [...list.options].map(({ value, label }) => ({ name: `${value} ${label}`, code: value, text: folded(`${value} ${label}`) }));
    // The browser's own list would find only what is typed with every accent.
    procedure.removeAttribute('list');
    const known = options.find(({ code }) => code === procedure.value);
    if (known) procedure.value = known.name;
    return (typed) => {
      const wanted = folded(typed).split(/\s+/).filter(Boolean);
      return options.filter(({ text }) => wanted.every((word) => text.includes(word))).map(({ name }) => name);
    };
  };
  const fromIndex = ({ engine, index }) => {
    const start = new URL(index, location.href);
    const load = async (path) => {
      const response = await fetch(new URL(path, start));
      if (!response.ok) throw new Error(`${response.status} ${path}`);
      return response.text();
    };
    let opened;
    const open = async () => {
      const search = new (await import(engine)).Search(load);
      await search.open();
      return search;
    };
    return async (typed) => {
      const search = await (opened ??= open().catch((error) => {
        opened = undefined;
        throw error;
      }));
      const kind = search.index.kinds.findIndex(({ word }) => word === 'procedure');
      const records = await (await search.find(typed, { kind })).page();
      return records.map(({ key, title }) => `${key} ${title}`);
    };
  };
  const find = procedure.list ? fromList(procedure.list) : procedure.dataset.index ? fromIndex(procedure.dataset) : null;
  if (find) {
    const found = document.createElement('ul');
    found.className = 'found';
    procedure.after(found);
    const choice = (name) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name;
      button.addEventListener('click', () => {
        procedure.value = name;
        found.replaceChildren();
        procedure.focus();
        keep();
      });
      item.append(button);
      return item;
    };
    let turns = 0;
    const show = async () => {
      const mine = ++turns;
      const typed = procedure.value.trim();
      // Without an answer the field takes whatever is typed, as it does without this script.
      const names = typed ? await Promise.resolve(find(typed)).catch(() => []) : [];
      if (mine !== turns) return;
      found.replaceChildren(...(names.includes(procedure.value) ? [] : names.slice(0, SHOWN).map(choice)));
    };
    let pause;
    procedure.addEventListener('input', () => {
      clearTimeout(pause);
      pause = setTimeout(show, procedure.dataset.index ? 200 : 0);
    });
  }

  // Faults, in words of ours, each at its field.
  form.noValidate = true;
  const controls = () => [...form.elements].filter((control) => control.willValidate && control.type !== 'hidden');
  const place = (control) => control.closest('fieldset > .choice') ? control.closest('fieldset') : control.closest('.field, .choice');
  const fault = (control) => {
    const { validity } = control;
    if (control.name === 'message' && !control.value.trim()) return words.message;
    if (validity.valueMissing) return control.name === 'topic' ? words.topic : words.message;
    if (control.name === 'email' && !validity.valid) return words.email;
    if (control.name === 'phone' && control.value && !/^[+\d][\d .()-]{7,}$/.test(control.value.trim())) return words.phone;
    return validity.valid ? '' : words.message;
  };
  const mark = (control) => {
    const text = fault(control);
    const spot = place(control);
    if (!spot) return text;
    const id = `fault_${control.name}`;
    let note = document.getElementById(id);
    if (text && !note) {
      note = document.createElement('p');
      note.id = id;
      note.className = 'fault';
      spot.append(note);
    }
    if (note && !text) note.remove();
    else if (note) note.textContent = text;
    const hints = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((part) => part && part !== id);
    control.setAttribute('aria-describedby', [...hints, ...(text ? [id] : [])].join(' '));
    if (text) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
    return text;
  };
  form.addEventListener('focusout', ({ target }) => {
    if (controls().includes(target) && target.value) mark(target);
  });
  form.addEventListener('input', ({ target }) => {
    if (target.getAttribute('aria-invalid') || target.name === 'topic') mark(target);
    keep();
  });
  form.addEventListener('submit', (event) => {
    const ill = controls().filter((control) => mark(control));
    if (ill.length) {
      event.preventDefault();
      ill[0].focus();
    } else {
      keep('sent');
    }
  });

  // A draft of what was written, not of who wrote it: the device may be another's tomorrow.
  const KEY = `minhbach-feedback ${location.pathname}`;
  const DAY = 24 * 60 * 60 * 1000;
  const storage = (work) => {
    try { return work(localStorage); } catch { return null; } // Where a browser keeps nothing, there is no draft.
  };
  const topic = () => form.querySelector('[name=topic]:checked')?.value ?? '';
  function keep(state = '') {
    const draft = { at: Date.now(), state, topic: topic(), procedure: procedure.value, message: field('message').value };
    storage((store) => (draft.message ? store.setItem(KEY, JSON.stringify(draft)) : store.removeItem(KEY)));
  }
  const put = (draft) => {
    field('message').value = draft.message;
    if (!asked) procedure.value = draft.procedure;
    const chosen = [...form.querySelectorAll('[name=topic]')].find(({ value }) => value === draft.topic);
    if (chosen) chosen.checked = true;
  };
  const draft = storage((store) => JSON.parse(store.getItem(KEY)));
  if (draft && Date.now() - draft.at > (draft.state === 'sent' ? 1 : 7) * DAY) storage((store) => store.removeItem(KEY));
  else if (draft && !field('message').value) {
    const note = document.createElement('p');
    note.className = 'notice draft';
    note.setAttribute('role', 'status');
    const button = (text, work) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = text;
      made.addEventListener('click', () => { work(); note.remove(); });
      return made;
    };
    const forget = button(words.forget, () => {
      storage((store) => store.removeItem(KEY));
      field('message').value = '';
    });
    if (draft.state === 'sent') {
      // It most likely arrived: nobody shall send it twice without wanting to.
      note.append(words.sent, ' ', button(words.restore, () => put(draft)), ' ', forget);
    } else {
      put(draft);
      note.append(words.draft, ' ', forget);
    }
    form.prepend(note);
  }
})();
