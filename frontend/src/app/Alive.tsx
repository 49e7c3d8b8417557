/** Does what a person did to the page before it was alive. Its effect runs after those of the whole page. */
"use client";

import { useEffect } from "react";

type Field = HTMLInputElement | HTMLTextAreaElement;

const hasText = (field: EventTarget): field is Field =>
  field instanceof HTMLTextAreaElement ||
  (field instanceof HTMLInputElement && !/^(checkbox|radio|file)$/.test(field.type));

/** Tells React of a change that it was not there to see. */
function retype(field: EventTarget, text: string): void {
  if (hasText(field)) {
    // React takes a text for news when it is not what was last set on the element itself
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (field instanceof HTMLSelectElement) {
    field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (field instanceof HTMLInputElement && field.type !== "file") {
    field.checked = !field.checked;
    field.click();
  }
}

function press(target: EventTarget): void {
  if (target instanceof HTMLFormElement) target.requestSubmit();
  else if (target instanceof HTMLElement) target.click();
}

export function Alive() {
  useEffect(() => {
    const { early } = window;
    if (!early) return;
    delete window.early;
    early.end();
    for (const [field, text] of early.typed) retype(field, text);
    setTimeout(() => early.pressed.forEach(press)); // once what was typed has been drawn
  }, []);
  return null;
}
