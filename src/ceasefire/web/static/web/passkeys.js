// Hands each form that is marked for a passkey to the sign-in library's own functions.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    const { passkey, button, credential, passwordless, options } = form.dataset;
    const act = passkey === "addForm" ? "add" : passkey === "loginForm" ? "login" : "authenticate";
    const ids = { [act]: button, credential, passwordless };
    window.allauth.webauthn.forms[passkey]({ ids: options ? { ...ids, data: options } : ids });
  }
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll(".passkey-trouble")) words.hidden = false;
});
