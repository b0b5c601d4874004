/* The plain chat page: sends messages to /api/chat and shows the reply. No text is ever read as HTML. */
"use strict";

(() => {
  const log = document.getElementById("log");
  const choices = document.getElementById("choices");
  const status = document.getElementById("status");
  const form = document.getElementById("form");
  const input = document.getElementById("text");
  const service = document.querySelector(".site-brand").textContent;
  const session = randomId();
  let waiting = false;

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function link(url, text) {
    const made = element("a", "", text);
    made.href = url;
    made.rel = "noopener noreferrer";
    made.target = "_blank";
    return made;
  }

  /* Put addresses that stand in the text into links; everything else stays plain text. */
  function fillWithLinks(parent, text) {
    for (const part of text.split(/(https?:\/\/[^\s<>"„“]*[^\s<>"„“.,;:!?)])/)) {
      parent.append(/^https?:\/\//.test(part) ? link(part, part) : part);
    }
  }

  function germanDate(iso) {
    return iso.split("-").reverse().join(".");
  }

  function sourceList(sources) {
    const list = element("ul", "sources");
    for (const source of sources) {
      const item = element("li", "", "Quelle: ");
      item.append(link(source.url, new URL(source.url).hostname), ", geprüft am " + germanDate(source.checked_on));
      list.append(item);
    }
    return list;
  }

  function show(who, text, className, sources) {
    const box = element("div", "message " + className);
    box.append(element("span", "speaker", who));
    const body = element("span");
    fillWithLinks(body, text);
    box.append(body);
    if (sources && sources.length) box.append(sourceList(sources));
    log.append(box);
    return box;
  }

  function offer(buttons) {
    choices.replaceChildren();
    for (const button of buttons) {
      const item = element("li");
      const made = element("button", "", button.title);
      made.type = "button";
      made.dataset.payload = button.payload;
      item.append(made);
      choices.append(item);
    }
  }

  /* One more try with the same id: if only the reply was lost, the stored one comes back. */
  async function post(body) {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    let response;
    try {
      response = await fetch("/api/chat", options);
    } catch {
      response = await fetch("/api/chat", options);
    }
    const data = await response.json();
    if (!response.ok) throw new Error(data.error.message);
    return data;
  }

  async function send(said, message) {
    if (waiting) return;
    waiting = true;
    status.textContent = "Einen Moment bitte …";
    choices.replaceChildren();
    const question = show("Sie", said, "user");
    question.scrollIntoView({ block: "end" });
    try {
      const reply = await post({ session, message_id: randomId(), ...message });
      for (const each of reply.messages) show(service, each.text, "bot", each.answer.sources);
      offer(reply.messages.flatMap((each) => each.buttons));
    } catch (error) {
      const text = error instanceof TypeError || error instanceof SyntaxError
        ? "Die Verbindung hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie uns an."
        : error.message;
      show(service, text, "bot problem");
    }
    status.textContent = "";
    waiting = false;
    question.scrollIntoView({ block: "start" });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || waiting) return;
    input.value = "";
    send(text, { text });
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  choices.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    input.focus();
    if (button.dataset.text) send(button.textContent, { text: button.dataset.text });
    else send(button.textContent, { payload: button.dataset.payload });
  });
})();
