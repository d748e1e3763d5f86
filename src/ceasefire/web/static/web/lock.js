// Warns before the page locks, and hands over what was typed when it does. It stores nothing here:
// the server keeps the form, marked so that it is never carried out.
const script = document.querySelector("script[data-locks-after]");
const seconds = Number(script.dataset.locksAfter);
const warning = document.getElementById("lock-warning");
const WARN_BEFORE = 120;
const TELL_EVERY = 60;
let toldAt = Date.now();
let touchedAt = Date.now();
let typedIn = null;

const since = (moment) => (Date.now() - moment) / 1000;

async function stillHere() {
  toldAt = Date.now();
  const answer = await fetch(script.dataset.stillHere, { redirect: "manual" });
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
  if (touchedAt > toldAt && since(toldAt) >= TELL_EVERY) stillHere().catch(() => {});
  warning.hidden = since(touchedAt) < seconds - WARN_BEFORE;
  if (since(touchedAt) > seconds && since(toldAt) > seconds) lock();
}

for (const kind of ["input", "keydown", "pointerdown"]) {
  document.addEventListener(kind, () => { touchedAt = Date.now(); });
}
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && form.method === "post") typedIn = form;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.requestConfig.headers["X-Ceasefire-Poll"]) toldAt = Date.now();
});
warning.querySelector("button").addEventListener("click", () => { touchedAt = Date.now(); stillHere(); });
setInterval(look, Math.min(5, seconds / 4) * 1000);
