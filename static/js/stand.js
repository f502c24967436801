/* Answering by keys, and an address that follows the question shown. Without this file every button and link works.
   The keys can be turned off, since single letters get in the way of some who speak to their browser. */
(() => {
  const help = document.getElementById("keys");
  if (!help) return;
  const toggle = help.querySelector("button");
  const BY_KEY = {
    a: "stand-agree", 1: "stand-agree",
    d: "stand-disagree", 2: "stand-disagree",
    p: "stand-pass", 3: "stand-pass",
    arrowleft: "stand-back", arrowright: "stand-on",
  };
  const stored = () => { try { return localStorage.getItem("stand-keys") !== "off"; } catch { return true; } };
  const store = (on) => { try { on ? localStorage.removeItem("stand-keys") : localStorage.setItem("stand-keys", "off"); } catch { /* it then lasts for this page */ } };
  let on = stored();

  /* What the keys do is said on the buttons too, for those who ask their screen reader. */
  const tell = () => {
    toggle.textContent = on ? toggle.dataset.off : toggle.dataset.on;
    for (const [id, keys] of [["agree", "A 1"], ["disagree", "D 2"], ["pass", "P 3"], ["back", "ArrowLeft"], ["on", "ArrowRight"]]) {
      const target = document.getElementById(`stand-${id}`);
      if (target) on ? target.setAttribute("aria-keyshortcuts", keys) : target.removeAttribute("aria-keyshortcuts");
    }
  };
  const types = (element) => element.closest("input, select, textarea, [contenteditable]") !== null;
  const passedOver = (event) =>
    !on || event.defaultPrevented || event.repeat || event.isComposing ||
    event.ctrlKey || event.altKey || event.metaKey || event.shiftKey ||
    types(event.target) || document.querySelector("#question.htmx-request, #question .htmx-request") !== null;

  document.addEventListener("keydown", (event) => {
    const target = document.getElementById(BY_KEY[event.key.toLowerCase()]);
    if (!target || passedOver(event)) return;
    event.preventDefault();
    target.click();
  });
  toggle.addEventListener("click", () => { on = !on; store(on); tell(); });
  document.addEventListener("htmx:after:swap", () => {
    const question = document.getElementById("question");
    if (question) history.replaceState(history.state, "", question.dataset.address);
    tell();
  });
  help.hidden = false;
  tell();
})();
