/* What this device keeps of what is being typed: unsaved entries by what they are about, and entries on their way.
   Where localStorage is shut or full it keeps them for as long as the page is open, and says so. */
(() => {
  const bench = document.getElementById("bench");
  if (!bench) return;
  const STEM = `desk:${bench.dataset.curator}:${bench.dataset.essay}:`;
  const memory = new Map();
  let lasting = true;
  try {
    localStorage.setItem(`${STEM}try`, "1");
    localStorage.removeItem(`${STEM}try`);
  } catch { lasting = false; }

  const read = (name) => {
    if (!lasting && memory.has(name)) return memory.get(name);
    try { return JSON.parse(localStorage.getItem(STEM + name)) ?? undefined; } catch { return undefined; }
  };
  const write = (name, value) => {
    memory.set(name, value);
    try {
      if (value === undefined) localStorage.removeItem(STEM + name);
      else localStorage.setItem(STEM + name, JSON.stringify(value));
      return lasting;
    } catch { return (lasting = false); }
  };

  self.desk = {
    bench,
    words: document.getElementById("words").dataset,
    kept: {
      lasting: () => lasting,
      /* The fields of an entry that was begun, by what it is about: "mark 12", "change 7", "link some-claim". */
      draft: (about) => read(`draft:${about}`),
      keep: (about, fields) => write(`draft:${about}`, fields),
      drop: (about) => write(`draft:${about}`, undefined),
      /* Entries on their way, oldest first: {id, url, fields, said, problem}. */
      outbox: () => read("outbox") ?? [],
      put: (list) => write("outbox", list.length ? list : undefined),
      hears: (event) => event.key === `${STEM}outbox`,
    },
  };
})();
