/* Voting in place: says what happened to those who cannot see it, and why something did not happen.
   Without this file the same forms load the page anew. */
(() => {
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);

  const say = (text) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  };

  /* The sentence of an error page: what went wrong, else its heading. */
  const sentence = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const part = page.querySelector("main .lede p") || page.querySelector("h1");
    return part ? part.textContent.trim() : "";
  };

  const complain = (box, text) => {
    let line = box.querySelector(":scope > .state.error.now");
    if (!line) {
      line = document.createElement("p");
      line.className = "state error now";
      box.append(line);
    }
    line.textContent = text;
    say(text);
  };

  /* A slider beside a number: either moves the other, and the slider says its value in percent. */
  const slide = (root) => {
    for (const slider of root.querySelectorAll("input[data-slides][hidden]")) {
      const number = document.getElementById(slider.dataset.slides);
      const tell = () => { slider.setAttribute("aria-valuetext", `${slider.value}%`); };
      slider.hidden = false;
      slider.addEventListener("input", () => { number.value = slider.value; tell(); });
      number.addEventListener("input", () => { slider.value = number.value || 50; tell(); });
      tell();
    }
  };

  document.addEventListener("htmx:before:swap", (event) => {
    const context = event.detail.ctx;
    if (context.response.status < 400 || context.text.includes("data-said")) return;
    event.preventDefault();
    const box = context.sourceElement.closest(".act");
    if (box) complain(box, sentence(context.text));
  });
  document.addEventListener("htmx:error", (event) => {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    const box = source && source.closest(".act");
    if (box) complain(box, document.documentElement.dataset.unsent || "Nothing was saved: the site could not be reached.");
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const box of document.querySelectorAll(".act[data-said]")) {
      say(box.dataset.said);
      box.removeAttribute("data-said");
      if (document.activeElement === document.body) box.focus({ preventScroll: true });
    }
    slide(document);
  });
  slide(document);
  /* htmx would wait for a timer, which may come after the page has loaded: an answer given before would leave it. */
  htmx.process(document.body);
})();
