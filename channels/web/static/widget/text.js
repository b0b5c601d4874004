/* From the words of the bot to lines, lists and links. */

import { el, link } from "./dom.js";

const LINKS = /(https?:\/\/[^\s<>"„“]*[^\s<>"„“.,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:Telefon:? |an: ))([+(]?\d[\d ()/–-]+\d)/g;
const LABEL = /^([A-ZÄÖÜ][^:.!?•]{1,50}): (.+)$/s;
const POINT = /^(?:•|\d+\.) /;

export function phoneLink(phone) {
  const digits = phone.replace(/\D/g, "");
  if (phone.trim().startsWith("+")) return `tel:+${digits}`;
  return digits.startsWith("0") ? `tel:+49${digits.slice(1)}` : `tel:${digits}`;
}

/** An address as people read it: whole, or only its host; what cannot be read stays as it is. */
export function shown(address, onlyHost) {
  try {
    const url = new URL(address);
    const host = url.hostname.replace(/^www\./, "");
    return onlyHost ? host : host + (url.pathname + url.search).replace(/\/$/, "");
  } catch {
    return address;
  }
}

/** The text as nodes; addresses on the web, mail addresses and phone numbers become links. */
export function linked(text, isSource = false) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(LINKS)) {
    const [whole, address, mail, lead, phone] = match;
    nodes.push(text.slice(at, match.index) + (lead ?? ""));
    if (address) nodes.push(link(address, shown(address, isSource)));
    else if (mail) nodes.push(link(`mailto:${mail}`, mail));
    else nodes.push(link(phoneLink(phone), phone));
    at = match.index + whole.length;
  }
  return [...nodes, text.slice(at)].filter(Boolean);
}

function line(text) {
  const label = LABEL.exec(text);
  if (!label) return el("p", {}, ...linked(text));
  if (label[1] === "Stand") return el("p", { class: "small" }, ...linked(text, true));
  const careful = label[1].startsWith("Erst beantragen") || label[1] === "Wichtig";
  const [first, ...others] = linked(text);  // as a whole: „Telefon:“ tells that a number follows
  return el("p", { class: careful ? "care" : null }, el("strong", {}, `${label[1]}:`), first.slice(label[1].length + 1), ...others);
}

/** Lines as paragraphs; points and numbered steps become lists. */
export function lines(texts) {
  const nodes = [];
  for (const text of texts) {
    if (!POINT.test(text)) {
      nodes.push(line(text));
      continue;
    }
    const kind = text.startsWith("•") ? "UL" : "OL";
    if (nodes.at(-1)?.tagName !== kind) nodes.push(el(kind));
    nodes.at(-1).append(el("li", {}, ...linked(text.replace(POINT, ""))));
  }
  return nodes;
}

export function germanDate(iso) {
  return iso.split("-").reverse().join(".");
}
