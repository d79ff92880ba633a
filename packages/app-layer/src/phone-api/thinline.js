/*
 * thinline.js: gives a page the phone of its agent. Apache-2.0.
 *
 *   const phone = Thinline.connect({ url: 'http://localhost:8000' });
 *   phone.on('call', (call) => …);  // or link, line, agent, quality, audio, notices, state; change after each; error
 *   await phone.dial('601');        // or an Error with .failure: code, message, cause, remedy
 */
(() => {
  const here = document.currentScript?.src;

  class Phone {
    #url;
    #headers;
    #listeners = new Set();
    #lastId = '';
    #ended = new AbortController();
    /** Whether events come; calls and lines by their ids. */
    connected = false;
    calls = new Map();
    lines = new Map();

    constructor(url, secret) {
      this.#url = url.replace(/\/$/, '');
      this.#headers = secret ? { Authorization: `Bearer ${secret}` } : {};
      this.#follow();
    }
    close() {
      this.#ended.abort();
    }
    on(name, listener) {
      const own = { name, listener };
      this.#listeners.add(own);
      return () => this.#listeners.delete(own);
    }

    dial = async (target, more) => (await this.ask('POST', 'calls', { target, ...more })).id;
    answer = (id) => this.#call(id, 'answer');
    reject = (id) => this.#call(id, 'reject');
    hangUp = (id) => this.ask('DELETE', `calls/${encodeURIComponent(id)}`);
    hold = (id) => this.#call(id, 'hold');
    resume = (id) => this.#call(id, 'resume');
    mute = (id, on = true) => this.#call(id, on ? 'mute' : 'unmute');
    sendDtmf = (id, digits) => this.#call(id, 'dtmf', { digits });
    transfer = (id, target) => this.#call(id, 'transfer', { target });
    #call = (id, verb, body) => this.ask('POST', `calls/${encodeURIComponent(id)}/${verb}`, body);

    /** Any request below /phone/. It has a key, so that what is sent again for want of an answer is done once. */
    async ask(method, path, body) {
      const headers = { ...this.#headers, 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') };
      if (body) headers['Content-Type'] = 'application/json';
      const options = { method, headers, body: body && JSON.stringify(body), credentials: 'include' };
      const send = () => fetch(`${this.#url}/phone/${path}`, options);
      const response = await send().catch(send);
      return response.status === 204 ? {} : this.#read(response);
    }
    async #read(response) {
      const answer = await response.json();
      if (response.ok) return answer;
      const { message, remedy } = answer.failure;
      throw Object.assign(new Error(`${message} ${remedy}`), answer);
    }

    async #follow() {
      let wait = 0;
      while (!this.#ended.signal.aborted) {
        try {
          await this.#listen();
        } catch (error) {
          if (!this.#ended.signal.aborted) this.#tell('error', error);
        }
        wait = this.connected ? 500 : Math.min(wait * 2 + 500, 5000);
        this.connected = false;
        this.#tell('change', this);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    /** By fetch, as EventSource sends no secret. */
    async #listen() {
      const headers = { ...this.#headers, ...(this.#lastId && { 'Last-Event-ID': this.#lastId }) };
      const options = { headers, credentials: 'include', cache: 'no-store', signal: this.#ended.signal };
      const response = await fetch(`${this.#url}/phone/events`, options);
      if (!response.ok) await this.#read(response);
      this.connected = true;
      const parts = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (let part = await parts.read(); !part.done; part = await parts.read()) {
        const frames = (rest + part.value).split('\n\n');
        rest = frames.pop();
        if (rest.length > 1 << 20) throw new Error('No events');
        for (const frame of frames) this.#hear(frame);
      }
    }
    #hear(frame) {
      const { id, event, data } = Object.fromEntries(frame.split('\n').map((line) => line.split(/: (.*)/)));
      if (id) this.#lastId = id;
      if (!event) return;
      const it = JSON.parse(data);
      if (event === 'state') {
        this.calls = new Map(it.calls.map((call) => [call.id, call]));
        this.lines = new Map(it.lines.map((line) => [line.id, line]));
      }
      if (event === 'line') this.lines.set(it.id, { ...this.lines.get(it.id), ...it });
      if (event === 'agent') this.lines.set(it.lineId, { ...this.lines.get(it.lineId), agent: it.agent });
      if (event === 'call') this.calls.set(it.id, it);
      if (it?.state === 'RELEASED') this.calls.delete(it.id);
      this.#tell(event, it);
      this.#tell('change', this);
    }
    #tell(name, it) {
      for (const own of this.#listeners) if (own.name === name) own.listener(it);
    }
  }

  /** url: by default where this script came from. secret: policy.connector.secret. */
  globalThis.Thinline = {
    connect: ({ url = new URL('.', here).href, secret } = {}) => new Phone(url, secret),
  };
})();
