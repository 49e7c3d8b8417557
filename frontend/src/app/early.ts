/** A script in the head that keeps what a person does to a page before it is alive: a slow phone shows the page long
 * before its own scripts have come. `Alive` does it then, so that nothing typed or pressed is lost, and no form is
 * sent the browser's own way, with what was typed in the address.
 */
interface Early {
  /** Fields that were changed, each with what it held last. */
  typed: Map<EventTarget, string>;
  /** Buttons that were pressed and forms that were sent, each once, in their order. */
  pressed: Set<EventTarget>;
  /** Ends the keeping. */
  end: () => void;
}

declare global {
  interface Window {
    early?: Early;
  }
}

export const KEEP_EARLY = `(() => {
  const typed = new Map(), pressed = new Set(), kinds = ["input", "keydown", "click", "submit"];
  const keep = (event) => {
    const { target, type } = event, button = type === "click" && target.closest("button");
    if (type === "input") {
      typed.set(target, target.value);
      pressed.delete(target.form);
    }
    const sends = type === "keydown" && target.enterKeyHint === "send" && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!button && !sends && type !== "submit") return;
    event.preventDefault();
    pressed.add(button || target.form || target);
  };
  for (const kind of kinds) addEventListener(kind, keep, true);
  window.early = { typed, pressed, end: () => { for (const kind of kinds) removeEventListener(kind, keep, true) } };
})()`;
