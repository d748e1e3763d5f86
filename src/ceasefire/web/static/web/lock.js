// Warns before the page locks, and hands over what was typed when it does. It stores nothing here:
// the server keeps the form, marked so that it is never carried out.
// In a room of its own: going back may run it again on the same page.
(() => {
  const script = document.querySelector("script[data-locks-after]");
  const seconds = Number(script.dataset.locksAfter);
  const warning = document.getElementById("lock-warning");
  const WARN_BEFORE = 120;
  const EVERY = 60;
  const POLLING = { "X-Ceasefire-Poll": "1" };
  let spokeAt = Date.now();
  let touchedAt = Date.now();
  let typedIn = null;

  const since = (moment) => (Date.now() - moment) / 1000;

  // Tells that somebody is here or, with POLLING, asks only; a locked session answers otherwise.
  async function speak(headers) {
    spokeAt = Date.now();
    const answer = await fetch(script.dataset.stillHere, { redirect: "manual", headers });
    if (answer.status !== 204) lock();
  }

  function lock() {
    if (!typedIn) return location.reload();
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "keep_draft", value: "1" });
    typedIn.append(mark);
    HTMLFormElement.prototype.submit.call(typedIn);
  }

  function look() {
    warning.hidden = since(touchedAt) < seconds - WARN_BEFORE;
    if (since(spokeAt) < EVERY) return;
    // A computer that slept comes back with an old touch: that is nobody's being here.
    if (touchedAt > spokeAt && since(touchedAt) < 2 * EVERY) speak({}).catch(() => {});
    else if (since(touchedAt) > seconds) speak(POLLING).catch(() => {});
  }

  for (const kind of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(kind, () => { touchedAt = Date.now(); });
  }
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post") typedIn = form;
  });
  warning.querySelector("button").addEventListener("click", () => speak({}).catch(() => {}));
  setInterval(look, 5000);
})();
