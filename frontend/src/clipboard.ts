/** Puts a text on the clipboard, also where the page is not served over TLS and the browser's own way is closed. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(field); // beside an open dialog nothing is selected
  field.select();
  document.execCommand("copy");
  field.remove();
}
