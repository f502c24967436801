// Loaded before the page is drawn: the theme the reader chose, and the switch that only script can offer.
(() => {
  const root = document.documentElement;
  // The curation room keeps its own word for the system's theme, auto, in the same place.
  const known = (theme) => (theme === "light" || theme === "dark" ? theme : null);
  const stored = () => { try { return known(localStorage.getItem("theme")); } catch { return null; } };
  const store = (theme) => { try { theme ? localStorage.setItem("theme", theme) : localStorage.removeItem("theme"); } catch { /* it then lasts for this page */ } };
  const wear = (theme) => { theme ? root.dataset.theme = theme : delete root.dataset.theme; };
  const show = (theme) => document.querySelectorAll(".theme select").forEach((select) => { select.value = theme || ""; });

  root.classList.add("js");
  wear(stored());
  document.addEventListener("DOMContentLoaded", () => show(stored()));
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".theme select")) return;
    store(event.target.value);
    wear(event.target.value);
    show(event.target.value);
  });
  addEventListener("storage", () => { wear(stored()); show(stored()); });
})();
