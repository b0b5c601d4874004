/* Whether the last answer helped. Stands outside the log, so that it is not read out with every answer. */

import { button, el } from "./dom.js";

export class Feedback {
  #place;
  #reasons;
  #does;

  /** Args: element to fill, reasons as {value, title}, {rate(request, helpful, reason), say(text), done()}. */
  constructor(place, reasons, does) {
    this.#place = place;
    this.#reasons = reasons;
    this.#does = does;
  }

  hide() {
    this.#place.replaceChildren();
  }

  ask(request) {
    if (!request) return this.hide();
    this.#show("War diese Antwort hilfreich?", [
      button("Ja", () => this.#rate(request, true)),
      button("Nein", () => this.#askWhy(request)),
    ]);
  }

  #askWhy(request) {
    this.#does.rate(request, false).catch(() => {});
    this.#show("Was war nicht gut?", this.#reasons.map(({ value, title }) =>
      button(title, () => this.#rate(request, false, value))));
    this.#place.querySelector("button")?.focus();
  }

  async #rate(request, helpful, reason) {
    this.hide();
    this.#does.done();
    const noted = await this.#does.rate(request, helpful, reason).catch(() => null);
    this.#does.say(noted?.noted ? "Danke für Ihre Bewertung." : "Die Bewertung kam leider nicht an.");
  }

  #show(question, buttons) {
    this.#place.replaceChildren(el("p", { id: "rating" }, question),
      el("div", { role: "group", "aria-labelledby": "rating" }, ...buttons));
  }
}
