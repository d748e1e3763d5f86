// Coding by keyboard: a figure chooses an answer and goes on to the next question; J and K move.
"use strict";
const form = document.querySelector("form.coding");
const questions = [...form.querySelectorAll(".field")].map((field) =>
  [...field.querySelectorAll("input, select, textarea")]);
const at = () => questions.findIndex((answers) => answers.includes(document.activeElement));
// Where no group is known to be involved, whose it was is not asked.
const unasked = () => ["not", "undetermined"].includes(form.elements.involvement.value);
const go = (nth) => {
  const answers = questions[Math.max(0, Math.min(nth, questions.length - 1))];
  (answers.find((one) => one.checked) || answers[0]).focus();
};
form.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, input:not([type=radio])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const chosen = questions[at()]?.[Number(event.key) - 1];
  if (event.key === "j") go(at() + 1);
  else if (event.key === "k") go(at() - 1);
  else if (chosen) {
    chosen.checked = true;
    const skips = chosen.name === "involvement" && unasked();
    if (skips) for (const one of form.elements.basis) one.checked = false;
    go(at() + (skips ? 2 : 1));
  } else return;
  event.preventDefault();
});
if (!form.querySelector(".wrong")) go(0);
