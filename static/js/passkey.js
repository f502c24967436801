/* Passkeys: asks the browser for one, and sends what it says. Without this file the pages offer the other ways.

   form[data-passkey="create"|"get"]   data-options: what the browser is asked with, as the server wrote it; without it,
                                       asked for at the form's own address once the button is pressed */
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  /* What the server wrote, with bytes where the browser wants bytes. */
  const prepared = ({ publicKey }) => {
    const told = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (told.user) told.user = { ...told.user, id: bytes(told.user.id) };
    if (told.excludeCredentials) told.excludeCredentials = listed(told.excludeCredentials);
    if (told.allowCredentials) told.allowCredentials = listed(told.allowCredentials);
    return { publicKey: told };
  };

  /* What the browser answered, with text where it has bytes. */
  const answered = (credential) => {
    const { response } = credential, said = { clientDataJSON: text(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) said[name] = text(response[name]);
    }
    if (response.getTransports) said.transports = response.getTransports();
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { name: String(answer.status) });
    return answer.json();
  };

  const words = { NotAllowedError: "refused", AbortError: "refused", InvalidStateError: "known", 429: "often" };

  const ask = async (form) => {
    const button = form.querySelector("button"), line = form.querySelector(".state.error");
    button.disabled = true;
    line.textContent = "";
    try {
      const told = prepared(await options(form));
      form.elements.credential.value = JSON.stringify(answered(await navigator.credentials[form.dataset.passkey](told)));
      form.submit();
    } catch (error) {
      line.textContent = form.dataset[words[error.name] || "failed"];
    } finally {
      button.disabled = false;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const able = Boolean(window.PublicKeyCredential);
    form.hidden = !able;
    form.nextElementSibling.hidden = able;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
})();
