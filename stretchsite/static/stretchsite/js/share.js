/**
 * Shows the buttons that need a script: the device's own way to share, and copying the link.
 */

const address = document.querySelector("[data-share-address]")?.textContent.trim();
const said = document.querySelector("[data-share-said]");

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    // Whoever closes the device's own window has changed their mind, which is no fault.
    navigator.share({ title: button.dataset.title, url: address }).catch(() => {});
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address);
    said.textContent = button.dataset.copied;
  });
}
