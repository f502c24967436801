/* The matrix: arrow keys lead from cell to cell, and a cell tells what is said at the place it leads to.
   Without this file each cell is a link like any other. */
(() => {
  const table = document.querySelector("table.matrix");
  if (!table) return;
  const isList = matchMedia("(max-width: 46rem)");
  const rows = [...table.rows].filter((row) => !row.classList.contains("group"));

  /* What can be moved to in a cell: its link, else the cell itself. */
  const enter = (cell) => {
    const target = cell.querySelector("a") || cell;
    if (target === cell) cell.tabIndex = -1;
    target.focus();
  };

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const held = (number, most) => Math.max(0, Math.min(number, most));
  const goal = (key, row, column, leap) => {
    if (STEPS[key]) return [row + STEPS[key][0], column + STEPS[key][1]];
    if (key === "Home") return [leap ? 0 : row, 0];
    if (key === "End") return [leap ? rows.length - 1 : row, rows[row].cells.length - 1];
    return null;
  };

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    const row = cell ? rows.indexOf(cell.parentElement) : -1;
    if (isList.matches || row < 0 || event.altKey || event.metaKey || event.shiftKey) return;
    const found = goal(event.key, row, cell.cellIndex, event.ctrlKey);
    if (!found || (event.ctrlKey && STEPS[event.key])) return;
    event.preventDefault();
    const next = rows[held(found[0], rows.length - 1)];
    enter(next.cells[held(found[1], next.cells.length - 1)]);
  });

  /* The gist of a place, beside the link that leads there: it waits a moment, can be pointed at, and Escape lets it go. */
  const peek = document.createElement("div");
  const place = document.createElement("small");
  const gist = document.createTextNode("");
  peek.className = "peek";
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  peek.hidden = true;
  peek.append(gist, place);
  document.body.append(peek);
  let shown = null;
  let waiting = 0;

  const hide = () => {
    clearTimeout(waiting);
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    peek.hidden = true;
  };
  const show = (link) => {
    if (shown !== link) hide();
    clearTimeout(waiting);
    shown = link;
    gist.data = link.dataset.gist;
    place.textContent = link.dataset.place;
    peek.hidden = false;
    link.setAttribute("aria-describedby", "peek");
    const at = link.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 8 < innerHeight;
    peek.style.left = `${Math.max(8, Math.min(at.left, innerWidth - peek.offsetWidth - 24))}px`;
    peek.style.top = `${below ? at.bottom + 4 : Math.max(4, at.top - peek.offsetHeight - 4)}px`;
  };
  const later = (work, wait) => { clearTimeout(waiting); waiting = setTimeout(work, wait); };
  const link = (event) => event.target.closest("a[data-gist]");

  table.addEventListener("pointerover", (event) => {
    const found = link(event);
    if (found && event.pointerType !== "touch") later(() => show(found), shown ? 60 : 250);
  });
  table.addEventListener("pointerout", (event) => { if (link(event)) later(hide, 250); });
  peek.addEventListener("pointerover", () => clearTimeout(waiting));
  peek.addEventListener("pointerout", () => later(hide, 250));
  table.addEventListener("focusin", (event) => {
    const found = link(event);
    found && found.matches(":focus-visible") ? show(found) : hide();
  });
  table.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", () => { if (shown && shown !== document.activeElement) hide(); else if (shown) show(shown); }, { passive: true, capture: true });
  addEventListener("resize", hide);
})();
