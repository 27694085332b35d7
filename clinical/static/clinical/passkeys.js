// Has the browser make or show a passkey, and sends what it says with the form. Without it there is the code to type.

const form = document.querySelector("form[data-passkey]");
const button = form?.querySelector("[data-passkey-button]");
const failed = form?.querySelector("[data-passkey-failed]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The site's question, with bytes where it has letters. */
function asked() {
  const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const held of [...(publicKey.excludeCredentials ?? []), ...(publicKey.allowCredentials ?? [])]) held.id = bytes(held.id);
  return { publicKey };
}

/** The browser's answer, with letters where it has bytes. */
function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} });
}

async function go() {
  if (!form.reportValidity()) return;
  failed.hidden = true;
  button.disabled = true;
  try {
    const isNew = form.dataset.passkey === "make";
    const credential = await (isNew ? navigator.credentials.create(asked()) : navigator.credentials.get(asked()));
    form.elements.passkey.value = answered(credential);
    form.submit();
  } catch {
    failed.hidden = false;
    button.disabled = false;
    button.focus();
  }
}

if (button && window.PublicKeyCredential) {
  form.hidden = false;
  document.querySelector("[data-no-passkeys]")?.remove();
  button.addEventListener("click", go);
}
