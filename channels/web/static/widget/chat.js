/* The conversation with the server. The session lives in this tab only, and only once something was said. */

const KEY = "digitalnavigator";
const SECONDS = 30;

/** What went wrong: kind is offline, timeout, busy, refused or server; text is the sentence of the server, if any. */
export class Problem extends Error {
  constructor(kind, text = "") {
    super(text);
    this.kind = kind;
  }
}

export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* A site may forbid its storage; then the conversation lives as long as the page. */
function storage(method, ...values) {
  try {
    return sessionStorage[method](KEY, ...values);
  } catch {
    return null;
  }
}

export class Chat {
  constructor(base) {
    this.base = base;
    this.session = storage("getItem");
  }

  config() {
    return this.#json("/api/config");
  }

  /** Send {text} or {payload}; the same id again gets the stored reply. Returns {messages, cards, request_id}. */
  async send(message, id) {
    if (!this.session) {
      this.session = randomId();
      storage("setItem", this.session);
    }
    const body = { session: this.session, message_id: id, ...message };
    try {
      return await this.#request("/api/chat/stream", { body }, readStream);
    } catch (error) {
      if (error.kind !== "offline" && error.kind !== "missing") throw error;
      return { cards: {}, ...(await this.#json("/api/chat", { body })) };
    }
  }

  history() {
    return this.#json("/api/chat/history", { mine: true });
  }

  stored() {
    return this.#json("/api/chat/export", { mine: true });
  }

  async erase() {
    if (this.session) await this.#json("/api/chat", { mine: true, method: "DELETE" });
    this.session = null;
    storage("removeItem");
  }

  rate(request, helpful, reason) {
    return this.#json("/api/feedback", { body: { session: this.session, request_id: request, helpful, reason } });
  }

  #json(path, options) {
    return this.#request(path, options, (response) => response.json());
  }

  async #request(path, { body, mine, method } = {}, read) {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), SECONDS * 1000);
    try {
      const response = await fetch(this.base + path, {
        method: method ?? (body ? "POST" : "GET"), signal: given.signal, credentials: "omit",
        headers: { ...(body && { "Content-Type": "application/json" }), ...(mine && { "X-Navigator-Session": this.session }) },
        body: body && JSON.stringify(body) });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem(given.signal.aborted ? "timeout" : "offline");
    } finally {
      clearTimeout(timer);
    }
  }
}

async function refusal(response) {
  const { status } = response;
  const text = await response.json().then((data) => data.error.message, () => "");
  if (status === 404 || status === 405) return new Problem("missing", text);
  return new Problem(status === 429 ? "busy" : status < 500 ? "refused" : "server", text);
}

/** Read server-sent events until the reply is whole; a stream that breaks off counts as no connection. */
async function readStream(response) {
  const reply = { messages: [], cards: {} };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + decoder.decode(value, { stream: !done })).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      const read = data && JSON.parse(data);
      if (name === "cards") reply.cards = read;
      else if (name === "message") reply.messages.push(read);
      else if (name === "done") return { ...reply, ...read };
      else if (name === "error") throw new Problem(read.error.code === "busy" ? "busy" : read.error.code === "internal" ? "server" : "refused", read.error.message);
    }
    if (done) throw new Problem("offline");
  }
}
