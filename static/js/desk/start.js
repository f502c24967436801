/* The workbench by script: without it every link and form of the page does the same, a page at a time. */
(() => {
  const desk = self.desk;
  if (!desk || !document.getElementById("entry")) return;
  desk.beginEntry();
  desk.beginWalk();
  if (location.hash === "#entry") desk.focusEntry();
  desk.watch();
})();
