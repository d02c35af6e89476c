/* Search in pages that are opened as files: browsers start no worker there, so a frame runs it.
 *
 * Material for MkDocs expects the interface of the package `iframe-worker`, and its name. Unlike
 * that, this writes no script into the frame, so that a Content-Security-Policy can forbid those.
 */
"use strict";
(() => {
  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
      this.onmessage = null;
      this.onerror = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      this.inside = this.frame.contentWindow;
      this.inside.document.open();
      this.inside.document.write("<!doctype html><html><body></body></html>");
      this.inside.document.close();
      this.inside.postMessage = (data) => {
        const sent = structuredClone(data);
        setTimeout(() => this.tell("onmessage", new MessageEvent("message", { data: sent })));
      };
      this.inside.importScripts = (...urls) =>
        urls.reduce((done, one) => done.then(() => this.load(one)), Promise.resolve());
      this.inside.addEventListener("error", ({ message, filename, lineno, colno, error }) =>
        this.tell("onerror", new ErrorEvent("error", { message, filename, lineno, colno, error })),
      );
      this.ready = this.load(`${url}`);
    }

    load(url) {
      return new Promise((resolve, reject) => {
        const script = this.inside.document.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = reject;
        this.inside.document.body.append(script);
      });
    }

    tell(handler, event) {
      this.dispatchEvent(event);
      this[handler]?.(event);
    }

    postMessage(data) {
      const sent = structuredClone(data);
      this.ready.then(() => {
        this.inside.dispatchEvent(new MessageEvent("message", { data: sent }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  }

  window.IFrameWorker = IFrameWorker;
  if (location.protocol === "file:") window.Worker = IFrameWorker;

  // The index of the search is the largest file of a site, and the theme asks for it on each page:
  // it gets it when the reader turns to the search, or comes from a result of it.
  const turned = new Promise((resolve) => {
    const search = "[data-md-component=search], [for=__search]";
    const turn = ({ target }) => target.closest?.(search) && resolve();
    for (const kind of ["focusin", "pointerover"]) addEventListener(kind, turn);
    if (/[?&][hq]=/.test(location.search)) resolve();
  });
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (...call) {
    this.waits = /\/search\/search_index\.json$/.test(call[1]);
    return open.apply(this, call);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (!this.waits) return send.apply(this, body);
    turned.then(() => send.apply(this, body));
  };
})();
