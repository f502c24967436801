/* Sending: an entry is put into the outbox first, and leaves it once the site has it; so a lost connection, a closed
   page or a sign-out loses no word. What has arrived although its answer was lost is sent again without harm: the site
   takes the same entry once. Two windows send in turn. */
(() => {
  const desk = self.desk;
  if (!desk) return;
  const { kept, words } = desk;
  const AGAIN = 4000;
  const MOST_TRIES = 5;
  let timer = 0;
  let trouble = "";
  let sending = false;

  const form = (fields) => new URLSearchParams(fields);
  const label = (item) => item.fields.find(([name]) => name === "text" || name === "rationale")?.[1] || item.said;

  /* Every entry that is still here, with what is wrong with one that was not taken. */
  const show = () => {
    const box = document.getElementById("outbox");
    const list = kept.outbox();
    box.hidden = !list.length;
    box.querySelector("ul").replaceChildren(...list.map((item) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("span"), { className: "claim-text", textContent: label(item) }));
      if (item.problem) {
        row.append(Object.assign(document.createElement("p"), { className: "state error", textContent: desk.told(words.refused, item.problem) }));
        for (const [act, word] of [["mend", words.mend], ["discard", words.discard]]) {
          const button = Object.assign(document.createElement("button"), { type: "button", textContent: word });
          button.dataset.act = act;
          button.dataset.id = item.id;
          row.append(button, " ");
        }
      }
      return row;
    }));
  };

  const without = (id) => kept.put(kept.outbox().filter((item) => item.id !== id));
  const waiting = () => kept.outbox().filter((item) => !item.problem);
  const hold = (word) => {
    trouble = word;
    desk.say(desk.told(words[word], waiting().length), true);
    clearTimeout(timer);
    timer = setTimeout(desk.flush, AGAIN);
    show();
  };

  const problemIn = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return (page.querySelector(".state.error, .errorlist, .lede p") || page.querySelector("h1") || page.body).textContent.trim();
  };

  /* What came back for one entry: true where the next may be sent. */
  const answered = async (item, response) => {
    if (response.status === 401 || response.redirected) { hold("out"); return false; }
    if (response.status >= 500 || response.status === 429) { again(item); return false; }
    const html = await response.text();
    if (response.ok) {
      without(item.id);
      const last = !waiting().length;
      desk.put(html);
      if (trouble && last) desk.say(words.back);
      if (last) trouble = "";
      return true;
    }
    refused(item, response.status, html);
    return true;
  };

  /* The site fails at this one: it is sent again a few times, and then stands aside so that others can go. */
  const again = (item) => {
    const tries = (item.tries ?? 0) + 1;
    const stuck = tries >= MOST_TRIES && { problem: words.stuck };
    kept.put(kept.outbox().map((one) => (one.id === item.id ? { ...one, tries, ...stuck } : one)));
    hold("failed");
  };

  /* Not taken: shown in the entry with what is wrong, unless something else is being written there. Whoever leaves it
     finds it again where it was typed. */
  const refused = (item, status, html) => {
    const parts = html.includes('id="entry-form"');
    if (parts && !desk.isWriting()) {
      without(item.id);
      desk.put(html, { entry: true });
      kept.keep(desk.about(), item.fields);
      desk.stashed();
      desk.focusEntry();
      return;
    }
    kept.put(kept.outbox().map((one) => (one.id === item.id ? { ...one, problem: problemIn(html), status } : one)));
    if (parts) desk.put(html);
    desk.say(desk.told(words.refused, problemIn(html)), true);
  };

  const sendAll = async () => {
    for (let item = waiting()[0]; item; item = waiting()[0]) {
      let response;
      try {
        response = await desk.ask(item.url, { method: "POST", body: form(item.fields) });
      } catch { hold("offline"); return; }
      if (!await answered(item, response)) return;
      show();
    }
  };

  desk.flush = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    try {
      await (navigator.locks ? navigator.locks.request("desk outbox", sendAll) : sendAll());
    } finally { sending = false; }
    show();
  };

  /* Puts a form's fields on their way; whether this device keeps them meanwhile. */
  desk.send = (url, fields, said) => {
    const id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()} ${Math.random()}`;
    const safe = kept.put([...kept.outbox(), { id, url, fields, said }]);
    if (!trouble) desk.say(words.sending);
    show();
    desk.flush();
    return safe;
  };

  document.getElementById("outbox").addEventListener("click", (event) => {
    const { act, id } = event.target.dataset;
    const item = kept.outbox().find((one) => one.id === id);
    if (!item) return;
    without(id);
    show();
    if (act === "mend") desk.mend(item);
  });
  addEventListener("online", desk.flush);
  addEventListener("storage", (event) => { if (kept.hears(event)) show(); });

  /* What others have changed since: asked every few seconds, seldom where nobody looks. */
  const watch = async () => {
    try {
      const response = await desk.ask(desk.bench.dataset.changes, { headers: { "If-None-Match": `"${desk.mark()}"` } });
      if (response.status === 401 || response.redirected) { if (!trouble) hold("out"); }
      else if (response.status === 200 && !sending) others(await response.text());
      if (response.ok || response.status === 304) restored();
    } catch { if (!trouble) hold("offline"); }
    setTimeout(watch, document.hidden ? 20000 : 4000);
  };
  const restored = () => {
    if (!trouble) return;
    if (waiting().length) desk.flush();
    else {
      trouble = "";
      const left = kept.outbox().length;
      desk.say(left ? desk.told(words.refused, words.stuck) : words.back, left > 0);
    }
  };
  const versions = () => new Map([...document.querySelectorAll("#claims .card")].map((card) => [card.id, card.dataset.version]));
  const others = (html) => {
    const before = versions();
    desk.put(html);
    let changed = before.size !== versions().size;
    for (const [id, version] of versions()) {
      if (before.get(id) === version) continue;
      changed = true;
      document.getElementById(id).classList.add("fresh");
    }
    const entry = document.getElementById("entry");
    const mine = entry.dataset.key && document.getElementById(`edit-${entry.dataset.key}`)?.closest(".card");
    if (entry.dataset.key && (!mine || !mine.dataset.version.includes(entry.dataset.version))) desk.say(words.yoursChanged);
    else if (changed && !trouble) desk.say(words.changed);
  };

  desk.watch = () => { show(); desk.flush(); setTimeout(watch, 4000); };
})();
