/* Take the conversation along: as a text file, or on paper. */

import { el } from "./dom.js";

/** Save the conversation; entries are [who, text]. The browser makes the file, nothing is sent. */
export function download(entries, service) {
  const day = new Date().toLocaleDateString("de-DE", { day: "2-digit", month: "2-digit", year: "numeric" });
  const text = [`Gespräch mit: ${service}, ${day}`, "Die Auskünfte sind unverbindlich.",
    ...entries.map(([who, said]) => `${who}:\n${said}`)].join("\n\n");
  save(text, `${service.toLowerCase()}-gespraech.txt`);
}

/** Save a text as a file. */
export function save(text, name) {
  const url = URL.createObjectURL(new Blob([text.replace(/\n/g, "\r\n")], { type: "text/plain;charset=utf-8" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Print the conversation alone, whatever stands around it: it is copied into an empty frame. */
export function print(log, css, service) {
  const frame = el("iframe", { class: "paper", "aria-hidden": "true", tabindex: "-1" });
  log.parentNode.append(frame);
  const { contentDocument: paper, contentWindow: view } = frame;
  const copy = paper.importNode(log, true);
  copy.querySelectorAll("details").forEach((each) => { each.open = true; });
  const title = paper.createElement("h1");
  title.textContent = `Gespräch mit: ${service}`;
  paper.title = title.textContent;
  paper.documentElement.lang = "de";
  paper.body.append(title, copy);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  paper.adoptedStyleSheets = [sheet];
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
