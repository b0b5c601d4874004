/* <digital-navigator>: the chat, on our pages and on others. See /einbetten for its attributes. */

import { Chat, Problem, randomId } from "./chat.js";
import { button, el, hidden } from "./dom.js";
import { Feedback } from "./feedback.js";
import { download, print, save } from "./keep.js";
import { botMessage, problemMessage, userMessage } from "./message.js";
import { linked } from "./text.js";
import { accentSheet } from "./colours.js";
import { frame } from "./frame.js";

const BASE = new URL(import.meta.url).origin;
const PROBLEMS = {
  offline: "Es gibt gerade keine Verbindung. Ihre Nachricht steht noch oben. Prüfen Sie Ihr Internet und senden Sie noch einmal.",
  timeout: "Die Antwort dauert zu lange. Ihre Nachricht steht noch oben. Senden Sie sie bitte noch einmal.",
  busy: "Gerade sind es zu viele Nachrichten. Warten Sie bitte eine Minute und senden Sie dann noch einmal.",
  server: "Das hat nicht geklappt. Das liegt an uns. Senden Sie bitte noch einmal.",
  missing: "Der Chat ist gerade nicht erreichbar. Senden Sie bitte später noch einmal.",
  refused: "Diese Nachricht können wir nicht annehmen. Schreiben Sie sie bitte anders.",
};
const HUMAN = "/mensch_sprechen";
const PLAIN = "/einfache_sprache";
const ORDINARY = `${PLAIN}{"plain_language": "aus"}`;
const TITLES = {
  [HUMAN]: "Mit einem Menschen sprechen",
  [PLAIN]: "Bitte in einfacher Sprache",
  [ORDINARY]: "Bitte wieder ausführlich",
};

class DigitalNavigator extends HTMLElement {
  #chat = new Chat(BASE);
  #ui = null;
  #config = null;
  #css = null;
  #waiting = false;
  #said = [];

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    document.addEventListener("click", (event) => this.#askedElsewhere(event));
    this.#start();
  }

  /** Ask a question as if it had been typed. */
  async ask(question) {
    await this.open();
    await this.#send(question, { text: question });
  }

  /** Show the chat; the launcher does it when it is pressed. */
  async open() {
    await this.#built();
    if (this.#ui.panel && !this.#ui.panel.open) this.#ui.show();
    this.#ui.input.focus({ preventScroll: !this.#ui.panel });
  }

  get #isLauncher() {
    return this.dataset.display === "launcher";
  }

  async #start() {
    this.#css = await fetch(`${BASE}/static/widget/widget.css`, { credentials: "omit" }).then((file) => file.text());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(this.#css);
    this.shadowRoot.adoptedStyleSheets = [sheet, accentSheet(this.dataset)];
    if (!this.#isLauncher) return this.#built();
    const opener = button(this.dataset.label || "Fragen?", () => this.open(), { class: "launcher primary", "aria-haspopup": "dialog" });
    this.shadowRoot.append(opener);
  }

  #built() {
    return (this.#building ??= this.#build());
  }
  #building = null;

  /* All is put together before it is shown, so that nothing jumps and nothing is announced. */
  async #build() {
    this.#config = { ...(await this.#chat.config().catch(() => ({}))) };
    this.#config.phone ??= this.dataset.phone;
    this.#config.service_name ??= "Digitalnavigator";
    this.#ui = frame(this.#config, this.#isLauncher ? this.dataset.label || "Fragen?" : null, {
      send: () => this.#typed(),
      human: () => this.#press(HUMAN),
      plain: () => this.#press(this.#ui.plain.getAttribute("aria-pressed") === "true" ? ORDINARY : PLAIN),
      restart: () => this.#restart(),
      download: () => download(this.#said, this.#config.service_name),
      stored: () => this.#stored(),
      print: () => print(this.#ui.log, this.#css, this.#config.service_name),
      erase: () => this.#erase(),
    });
    this.#ui.feedback = new Feedback(this.#ui.rating, this.#config.reasons ?? [], {
      rate: (...rating) => this.#chat.rate(...rating), say: (text) => this.#say(text), done: () => this.#ui.input.focus() });
    this.#greet();
    if (this.#chat.session) await this.#restore();
    this.#ui.input.value = this.dataset.question ?? "";
    this.shadowRoot.append(this.#ui.root);
  }

  #greet() {
    const { greeting, buttons, phone, opening_hours: hours } = this.#config;
    const [hello = "", question = "Was haben Sie vor?"] = (greeting ??
      "Hier antwortet ein KI-System, kein Mensch. Die Auskünfte sind unverbindlich. Ihren Namen und Ihre Adresse brauchen wir nicht.").split("\n\n");
    const human = phone ? `Lieber mit einem Menschen sprechen? Rufen Sie uns an: ${phone}${hours ? ` (${hours})` : ""}` : "";
    const texts = [hello, human, this.dataset.startText || question].filter(Boolean);
    this.#ui.log.append(el("div", { class: "message bot" }, hidden(`${this.#config.service_name}: `),
      ...texts.map((text) => el("p", {}, ...linked(text)))));
    this.#said = [[this.#config.service_name, texts.join("\n")]];
    this.#offer(buttons ?? []);
  }

  async #restore() {
    try {
      const { messages, cards } = await this.#chat.history();
      for (const each of this.#withoutPlace(messages)) this.#show(each, cards);
      const last = messages.findLastIndex((each) => each.by === "user");
      if (last >= 0) this.#offer(messages.slice(last + 1).flatMap((each) => each.buttons));
    } catch {
      this.#say("Das bisherige Gespräch lässt sich gerade nicht laden. Sie können trotzdem weiterschreiben.");
    }
  }

  /* Where people ask from was said by the site, not by them. */
  #withoutPlace(messages) {
    if (!messages[0]?.payload || messages[0].payload !== this.#place()) return messages;
    const next = messages.findIndex((each, at) => at && each.by === "user");
    return next < 0 ? [] : messages.slice(next);
  }

  #place() {
    return this.dataset.region ? `/angaben_machen${JSON.stringify({ place: this.dataset.region })}` : null;
  }

  #show(message, cards) {
    const mine = message.by === "user";
    const text = TITLES[message.payload] ?? message.text;
    if (mine && message.payload?.startsWith(PLAIN)) this.#isPlain(message.payload !== ORDINARY);
    this.#ui.log.append(mine ? userMessage(text) : botMessage(message, cards, this.#config.service_name, BASE));
    this.#said.push([mine ? "Sie" : this.#config.service_name, text]);
    return this.#ui.log.lastElementChild;
  }

  #say(text) {
    this.#ui.status.replaceChildren(text);
  }

  #offer(buttons) {
    const seen = new Set([HUMAN]);  // one tap away anyhow
    const fresh = buttons.filter(({ payload }) => !seen.has(payload) && seen.add(payload));
    this.#ui.choices.replaceChildren(...fresh.map(({ title, payload }) => el("li", {},
      button(title, () => { this.#focusAfterChoice(); this.#send(title, { payload }); }))));
    return fresh.length;
  }

  /* The pressed button goes away. With a finger the input would call up the keyboard over the answer. */
  #focusAfterChoice() {
    (matchMedia("(pointer: coarse)").matches ? this.#ui.log : this.#ui.input).focus({ preventScroll: true });
  }

  #typed() {
    const text = this.#ui.input.value.trim();
    if (!text || this.#waiting) return;
    this.#ui.input.value = "";
    this.#send(text, { text });
  }

  async #send(shown, message) {
    if (this.#waiting) return;
    this.#show({ by: "user", text: shown, payload: message.payload }).scrollIntoView({ block: "nearest" });
    await this.#exchange(message, `m${randomId()}`);
  }

  async #exchange(message, id) {
    this.#waiting = true;
    this.#ui.feedback.hide();
    this.#offer([]);
    this.#ui.typing(`${this.#config.service_name} schreibt …`);
    const question = this.#ui.log.lastElementChild;
    try {
      if (this.#place() && !this.#chat.session) await this.#chat.send({ payload: this.#place() }, "region");
      this.#answered(await this.#chat.send(message, id));
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("server");
      this.#failed(problem, () => this.#exchange(message, id));
    }
    this.#waiting = false;
    question.scrollIntoView({ block: "start" });
  }

  #answered({ messages, cards, request_id: request }) {
    for (const each of messages) if (each.text !== this.#config.notice) this.#show(each, cards);
    const choices = this.#offer(messages.flatMap((each) => each.buttons));
    this.#ui.quiet(choices ? `${choices} Vorschläge zum Weitermachen` : "");
    this.#ui.feedback.ask(request);
  }

  #failed({ kind, message }, again) {
    const text = message || PROBLEMS[kind] || PROBLEMS.server;
    const { phone } = this.#config;
    const node = problemMessage(text, phone && !text.includes(phone) ? phone : null);
    this.#ui.log.append(node);
    this.#ui.quiet("");
    if (kind === "refused") return;
    this.#ui.choices.replaceChildren(el("li", {}, button("Noch einmal senden", () => {
      node.remove();
      this.#focusAfterChoice();
      again();
    })));
  }

  #isPlain(on) {
    this.#ui.plain.setAttribute("aria-pressed", on);
  }

  #press(payload) {
    return this.#send(TITLES[payload], { payload });
  }

  async #restart() {
    if (this.#waiting) return;
    this.#clear();
    if (this.#chat.session) await this.#exchange({ payload: "/neu_anfangen" }, `m${randomId()}`);
  }

  #clear() {
    this.#ui.log.replaceChildren();
    this.#said = [];
    this.#ui.feedback.hide();
    this.#greet();
    this.#ui.input.focus();
  }

  async #stored() {
    if (!this.#chat.session) return this.#say("Von Ihnen ist hier noch nichts gespeichert.");
    try {
      save((await this.#chat.stored()).text, "meine-daten.txt");
    } catch (problem) {
      this.#failed({ kind: problem.kind, message: "Ihre Daten ließen sich nicht laden. Versuchen Sie es bitte noch einmal." }, () => this.#stored());
    }
  }

  async #erase() {
    try {
      await this.#chat.erase();
      this.#clear();
      this.#isPlain(false);
      this.#say("Der Verlauf ist gelöscht, hier und auf dem Server.");
    } catch (problem) {
      this.#failed({ kind: problem.kind, message: "Das Löschen hat nicht geklappt. Versuchen Sie es bitte noch einmal." }, () => this.#erase());
    }
  }

  /* Links with data-question anywhere on the page ask it here; without this script they lead to the chat page. */
  #askedElsewhere(event) {
    const source = event.target.closest?.("[data-question]");
    if (!source || source === this || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.ask(source.dataset.question);
  }
}

customElements.define("digital-navigator", DigitalNavigator);
