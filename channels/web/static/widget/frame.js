/* What stands around the conversation: log, suggestions, input, tools; in a panel on foreign sites. */

import { button, el, hidden, link } from "./dom.js";
import { phoneLink } from "./text.js";

const NARROW = "(max-width: 40rem), (max-height: 30rem)";

/** Build everything. Args: configuration, label of the launcher or null, what the buttons do. */
export function frame(config, launcher, does) {
  const log = el("div", { class: "log", role: "log", "aria-label": "Gespräch", tabindex: "0" });
  const status = el("p", { class: "status", role: "status" });
  const choices = el("ul", { class: "choices", "aria-label": "Vorschläge" });
  const rating = el("div", { class: "rating" });
  const input = el("textarea", { id: "text", rows: "1", maxlength: "4096", autocomplete: "off",
    placeholder: "Ihre Frage", enterkeyhint: "send",
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      does.send();
    } });
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); does.send(); input.focus(); } },
    el("label", { for: "text" }, "Ihre Frage"),
    el("div", { class: "row" }, input, el("button", { type: "submit", class: "primary" }, "Senden")));
  const plain = button("Einfache Sprache", does.plain, { "aria-pressed": "false" });
  const root = el("div", { class: "navigator" }, log, status, choices, rating,
    el("div", { class: "foot" }, form, tools(config, does, plain)));
  const ui = { root, log, status, choices, rating, input, plain,
    typing: (text) => status.replaceChildren(el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), text),
    quiet: (text) => status.replaceChildren(hidden(text)) };
  return launcher ? inPanel(ui, config, launcher) : ui;
}

function tools(config, does, plain) {
  const sure = el("div", { class: "sure", role: "group", "aria-label": "Verlauf löschen", hidden: true },
    el("p", {}, "Soll das Gespräch hier und auf dem Server gelöscht werden? Auch ein Rückrufwunsch ist dann weg."),
    button("Ja, löschen", () => { close(); does.erase(); }),
    button("Abbrechen", () => { sure.hidden = true; summary.focus(); }));
  const item = (title, action) => button(title, () => { close(); summary.focus(); action(); });
  const summary = el("summary", {}, "Mehr");
  const menu = el("details", { class: "menu", onkeydown: (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    event.preventDefault();
    close();
    summary.focus();
  } }, summary, el("div", { class: "items" },
    plain, item("Neu anfangen", does.restart), item("Herunterladen", does.download),
    item("Drucken", does.print), item("Meine Daten", does.stored),
    button("Verlauf löschen", () => { sure.hidden = false; sure.querySelector("button").focus(); }), sure));
  const close = () => { menu.open = false; sure.hidden = true; };
  plain.addEventListener("click", () => { close(); summary.focus(); });
  return el("div", { class: "tools" }, button("Mit einem Menschen sprechen", does.human),
    config.phone ? el("span", { class: "phone" }, hidden("Telefon: "), link(phoneLink(config.phone), config.phone)) : null,
    menu);
}

/* A dialog beside the page; on small screens it covers the page, which then rests. */
function inPanel(ui, config, launcher) {
  const close = () => panel.close();
  const panel = el("dialog", { class: "panel", "aria-label": `Chat: ${config.service_name}`,
    onkeydown: (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } },
    onclose: () => { opener().hidden = false; opener().focus(); } },
  el("div", { class: "head" }, el("strong", {}, config.service_name), button("Schließen", close)), ui.root);
  const opener = () => panel.getRootNode().querySelector(".launcher");
  return { ...ui, root: panel, panel, show: () => {
    opener().hidden = true;
    if (matchMedia(NARROW).matches) panel.showModal();
    else panel.show();
    ui.log.lastElementChild?.scrollIntoView({ block: "nearest" });
  } };
}
