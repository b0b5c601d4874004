/* Elements are made here, and text only ever becomes text. */

const SAFE = /^(?:https?|tel|mailto):/i;

/** Make an element: el("p", { class: "note", onclick: f }, "text", otherElement). */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text for screen readers only. */
export function hidden(text) {
  return el("span", { class: "hidden" }, text);
}

export function button(title, onclick, properties = {}) {
  return el("button", { type: "button", onclick, ...properties }, title);
}

/** A link, or plain text if the address is none that may be followed. Other sites open beside the chat. */
export function link(address, text, base) {
  if (!SAFE.test(address)) return document.createTextNode(text);
  const stays = !address.startsWith("http") || address.startsWith(`${location.origin}/`);
  const made = el("a", { href: address, rel: "noopener noreferrer", target: stays ? null : "_blank" }, text);
  if (!stays && !address.startsWith(`${base}/`)) made.append(hidden(" (öffnet ein neues Fenster)"));
  return made;
}
