// Put into every page before its own script: notes when the key worker has unlocked, when the list on screen stands
// opened, and when what a key press asked for is drawn. Changes nothing.
(() => {
  const noted = { unlocked: 0, keys: [] };
  const seen = new Promise((tell) => {
    noted.seen = tell;
  });
  const drawn = () => noted.keys.splice(0);
  globalThis.noted = { seen, drawn };

  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message?.call === "unlock") {
      const answered = ({ data }) => {
        if (data.id !== message.id) return;
        this.removeEventListener("message", answered);
        noted.unlocked = performance.now();
        requestAnimationFrame(look);
      };
      this.addEventListener("message", answered);
    }
    return post.call(this, message, ...more);
  };

  const onScreen = (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  function look() {
    const rows = [...document.querySelectorAll("table.tips tbody tr")].filter(onScreen);
    if (rows.length === 0 || rows.some((row) => row.querySelector(".veil"))) {
      requestAnimationFrame(look);
      return;
    }
    noted.seen([performance.now() - noted.unlocked, rows.length]);
  }

  // A frame's callbacks run before it is painted; a message sent from there arrives after.
  function painted(then) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  }

  addEventListener(
    "keydown",
    (pressed) => {
      if (pressed.target?.id !== "find") return;
      const from = pressed.timeStamp;
      addEventListener("input", () => painted(() => noted.keys.push(performance.now() - from)), { once: true });
    },
    true,
  );
})();
