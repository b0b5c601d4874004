/* One message of the bot: its words, with programmes and contacts as cards. Nothing is said twice. */

import { el, hidden, link } from "./dom.js";
import { germanDate, lines, linked, phoneLink, shown } from "./text.js";

const VERDICTS = { passt: ["good", "passt nach Ihren Angaben"], passt_nicht: ["bad", "passt nicht"],
  offen: ["care", "ob es passt, ist offen"] };
const REASON = /^(?:Grund|Offen|Das prüft die Stelle): /;
const FURTHER = /^(?:Bedingung|Nächster Schritt): /;
const RESPONSIBLE = "Für Ihren Ort zuständig: ";

export function userMessage(text) {
  return el("div", { class: "message user" }, hidden("Sie: "), el("p", {}, text));
}

export function problemMessage(text, phone) {
  const call = phone ? el("p", {}, "Oder rufen Sie uns an: ", link(phoneLink(phone), phone)) : null;
  return el("div", { class: "message problem" }, hidden("Hinweis: "), el("p", {}, ...linked(text)), call);
}

/** Args: message of the API, {programmes, contacts} by id, name of the service, address of our server. */
export function botMessage(message, cards, service, base) {
  const { answer } = message;
  const show = { answer, base, programmes: pick(answer.programmes, cards.programmes), used: new Set(),
    contacts: pick(answer.contacts, cards.contacts) };
  const blocks = message.text.split(/\n\s*\n/);
  const question = answer.asks ? lastQuestion(blocks) : null;
  const body = blocks.filter(Boolean).flatMap((block) => {
    const texts = block.split("\n");
    return card(texts, show) ?? lines(texts);
  });
  const others = show.contacts.filter((contact) => !message.text.includes(contact.name));
  return el("div", { class: "message bot" }, hidden(`${service}: `), ...body,
    ...others.map((contact) => contactCard(contact, base)), sources(answer.sources),
    question && el("p", { class: "asks" }, ...linked(question)));
}

/* Take the question out of the end of the text: it stands last, next to the ways to answer it. */
function lastQuestion(blocks) {
  const texts = blocks.at(-1).split("\n");
  const isAlone = texts.length === 1 && blocks.length > 1;
  if (!isAlone && !texts.at(-1).endsWith("?")) return null;
  const question = texts.pop();
  blocks[blocks.length - 1] = texts.join("\n");
  return question;
}

/* The records of a reply, with what we know of them; the state in words goes before its code. */
function pick(entries, known) {
  return entries.filter(({ id }) => known?.[id]).map((entry) => ({ ...entry, ...known[entry.id] }));
}

function card(texts, show) {
  const programme = show.programmes.find(({ id, name }) => texts[0].startsWith(name) && !show.used.has(id));
  if (programme) {
    show.used.add(programme.id);
    return [programmeCard(programme, texts, show)];
  }
  const contact = show.contacts.find(({ name }) => texts[0] === name || texts[0].startsWith(RESPONSIBLE + name));
  return contact ? [contactBlock(contact, texts, show.base)] : null;
}

function badge(tone, text) {
  return el("span", { class: `badge ${tone}` }, text);
}

function title(record, base) {
  return el("p", { class: "title" }, link(base + record.path, record.name, base));
}

function programmeCard(programme, texts, { answer, base, programmes }) {
  const { name, about, status, tone } = programme;
  const rest = texts[0] === `${name} (${about})` ? texts.slice(1) : texts;
  const verdict = tone === "bad" || (programme.verdict === "offen" && answer.kind === "programme")
    ? null : VERDICTS[programme.verdict];
  const folded = answer.kind === "verdict" ? [REASON, "Die Gründe ansehen"]
    : answer.kind === "programmes" && programmes.length > 1 ? [FURTHER, "Bedingung und nächster Schritt"] : [/^$/, ""];
  const inside = rest.filter((text) => folded[0].test(text));
  const before = rest.findIndex((text) => folded[0].test(text));
  const open = rest.filter((text) => !folded[0].test(text));
  const cut = before < 0 ? open.length : before;
  return el("div", { class: "card" }, title(programme, base),
    el("p", { class: "about" }, about, " ", badge(tone, status), " ", verdict ? badge(...verdict) : null),
    ...lines(open.slice(0, cut)),
    inside.length ? el("details", {}, el("summary", {}, folded[1]), ...lines(inside)) : null,
    ...lines(open.slice(cut)));
}

/* A contact that has a block of its own in the text. */
function contactBlock(contact, texts, base) {
  const best = texts[0].startsWith(RESPONSIBLE) ? [texts[0].slice(RESPONSIBLE.length + contact.name.length + 2)] : [];
  const lead = best.length ? el("p", { class: "small" }, RESPONSIBLE.trim()) : null;
  return el("div", { class: "card contact" }, lead, title(contact, base),
    ...lines([...best.filter(Boolean), ...texts.slice(1)]));
}

/* A contact the text does not name. */
function contactCard(contact, base) {
  const ways = contact.ways.filter(({ href }) => href).map(({ label, value, href, note, age }) =>
    el("p", {}, el("strong", {}, `${label}:`), " ", link(href, value.replace(/^https?:\/\/(?:www\.)?/, "")),
      note ? ` (${note})` : null, age ? ` – ${age}, bitte prüfen` : null));
  return el("div", { class: "card contact" }, el("p", { class: "small" }, "Auch zuständig:"), title(contact, base),
    ...ways);
}

function sources(all) {
  if (!all.length) return null;
  const items = all.map(({ url, checked_on: day }) =>
    el("li", {}, link(url, shown(url, true)), `, geprüft am ${germanDate(day)}`));
  return el("details", { class: "sources" }, el("summary", {}, `Quellen (${all.length})`), el("ul", {}, ...items));
}
