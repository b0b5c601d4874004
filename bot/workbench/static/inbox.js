// Single keys for the inbox. They can be switched off (WCAG 2.1.4), and never act while somebody types.
(() => {
  "use strict";
  const STORED = "werkbank.tasten";
  const toggle = document.getElementById("tasten");
  const hints = document.querySelectorAll(".key");
  let on = true;
  try { on = localStorage.getItem(STORED) !== "aus"; } catch { /* not allowed to remember */ }

  const show = () => {
    toggle.setAttribute("aria-pressed", String(on));
    toggle.querySelector(".kern-label").textContent = on ? "Tasten an" : "Tasten aus";
    for (const hint of hints) hint.hidden = !on;
  };
  toggle.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(STORED, on ? "an" : "aus"); } catch { /* only for this page then */ }
    show();
  });

  const types = (element) => element.matches("input:not([type=checkbox]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && types(event.target)) event.target.blur();
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || types(event.target)) return;
    const key = CSS.escape(event.key.toLowerCase());
    const field = document.querySelector(`[data-focus="${key}"]`);
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!field && !target) return;
    event.preventDefault();
    if (field) field.focus();
    else target.click();
  });
})();
