// Loaded before the page is drawn: whether to show the list or the drawn map, as chosen last, else as the window is wide.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("map"); } catch { /* then the width decides */ }
  document.documentElement.dataset.map = chosen || (matchMedia("(min-width: 54rem)").matches ? "drawn" : "list");
})();
