// Browsers refuse workers to pages that are opened from a disk; the search of the manual is one. There it runs in a hidden
// frame instead. (The name makes the builder leave out its own script for this, which would be loaded from the internet.)
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.onmessage = this.onerror = this.onmessageerror = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => this.answer("message", new MessageEvent("message", { data }));
      this.loaded = new Promise((resolve) => {
        const script = inside.document.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = () => this.answer("error", new Event("error"));
        inside.document.head.append(script);
      });
    }

    answer(kind, event) {
      this.dispatchEvent(event);
      this["on" + kind]?.(event);
    }

    async postMessage(data) {
      await this.loaded;
      this.frame.contentWindow?.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
