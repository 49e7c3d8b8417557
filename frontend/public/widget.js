/* Puts the shop's support chat on any page:
   <script src="https://SHOP/widget.js" data-tenant="slug" data-position="left" data-color="#0f4c43" data-theme="dark"
     data-lang="de" data-greeting="Hello!" data-user-token="…" defer></script>
   Then: SupportChat.open(), .close(), .ask(text), .user(token), .context({ product: "X1 Laptop", order: "ORD-1001" }),
   .on("open" | "close" | "ready" | "message" | "refused", listener). The token is signed by the shop's own server. */
(() => {
  const script = document.currentScript;
  if (!script || window.SupportChat) return;
  const { tenant, position, theme, lang, greeting, userToken } = script.dataset;
  const names = { de: "Support-Chat", es: "Chat de ayuda", fr: "Chat d’assistance", hi: "सहायता चैट" };
  const { color = "#0f4c43", label = names[lang] || "Support chat" } = script.dataset;
  const home = new URL(script.src).origin;
  const side = position === "left" ? "left" : "right";
  const narrow = matchMedia("(max-width: 479px)");
  const listeners = {};
  const waiting = [];
  let frame;
  let here = false;
  let ready = false;
  let isOpen = false;

  // Inline and !important: the host's style sheets cannot reach in, and its content policy does not forbid it.
  const style = (element, rules) => {
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, "important");
  };
  const base = {
    all: "initial",
    position: "fixed",
    "z-index": "2147483647",
    border: "0",
    "box-sizing": "border-box",
  };
  const emit = (event, detail) => {
    for (const listener of listeners[event] || []) listener(detail);
  };
  const post = (message) => {
    if (ready) frame.contentWindow.postMessage(message, home);
    else waiting.push(message);
  };

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", "false");
  style(button, {
    ...base,
    [side]: "20px",
    bottom: "20px",
    width: "58px",
    height: "58px",
    "border-radius": "29px",
    background: color,
    color: "#fff",
    cursor: "pointer",
    "box-shadow": "0 8px 28px rgb(0 0 0 / 0.28)",
  });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute(
    "d",
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 13.5zM8.8 10.2l2.2 2.2 4.2-4.4",
  );
  svg.append(path);
  style(svg, {
    width: "28px",
    height: "28px",
    display: "block",
    margin: "auto",
    fill: "none",
    stroke: "#fff",
    "stroke-width": "2",
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
    "pointer-events": "none",
  });
  style(svg, { stroke: `oklch(from ${color} calc((0.7 - l) * 99) 0 0)` }); // dark on a light colour, where known
  const badge = document.createElement("span");
  badge.setAttribute("aria-live", "polite");
  button.append(svg, badge);
  let unread = 0;
  const count = (messages) => {
    unread = messages;
    badge.textContent = unread || "";
    style(badge, {
      all: "initial",
      display: unread ? "block" : "none",
      position: "absolute",
      top: "-4px",
      [side]: "-4px",
      "min-width": "22px",
      "box-sizing": "border-box",
      padding: "0 6px",
      "border-radius": "11px",
      background: "#a3231b",
      color: "#fff",
      font: "600 12px/22px system-ui, sans-serif",
      "text-align": "center",
    });
    button.setAttribute("aria-label", unread ? `${label} (${unread})` : label);
  };
  count(0);

  const place = () => {
    style(button, { display: isOpen ? "none" : "block" });
    if (!frame) return;
    // What an open keyboard leaves; a pinch is no keyboard.
    const view = window.visualViewport;
    const [top, height] =
      view && view.scale === 1 ? [`${view.offsetTop}px`, `${view.height}px`] : ["0", "100dvh"];
    const size = narrow.matches
      ? { inset: "0", top, bottom: "auto", width: "100vw", height, "border-radius": "0" }
      : {
          inset: "auto",
          [side]: "20px",
          bottom: "20px",
          width: "420px",
          height: "min(720px, calc(100dvh - 40px))",
          "border-radius": "20px",
        };
    style(frame, {
      ...base,
      ...size,
      display: isOpen ? "block" : "none",
      "box-shadow": "0 16px 56px rgb(0 0 0 / 0.3)",
      "color-scheme": "auto",
    });
  };

  const build = () => {
    const address = new URL("/embed/", home);
    address.searchParams.set("origin", location.origin);
    for (const [name, value] of Object.entries({ tenant, theme, lang, greeting }))
      if (value) address.searchParams.set(name, value);
    frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = label;
    frame.allow = "clipboard-write";
    frame.addEventListener("load", () => setTimeout(refused, 4000));
    document.body.append(frame);
  };
  // A browser does not tell that a frame was refused. One that was not speaks before it has loaded, however slow.
  const refused = () => {
    if (here || !frame) return;
    frame.remove();
    frame = undefined;
    isOpen = false;
    place();
    button.title = `${label}: not available here`;
    console.warn(
      `${label}: ${home} cannot be reached, or does not list ${location.origin} as an allowed domain.`,
    );
    emit("refused");
  };
  const toggle = (open) => {
    if (open === isOpen) return;
    if (open && !frame) build();
    isOpen = open;
    button.setAttribute("aria-expanded", String(open));
    place();
    if (open) count(0);
    if (open) post({ type: "support:open" });
    else button.focus();
    emit(open ? "open" : "close");
  };

  button.addEventListener("click", () => toggle(true));
  narrow.addEventListener("change", place);
  for (const event of ["resize", "scroll"])
    window.visualViewport?.addEventListener(event, () => isOpen && place());
  addEventListener("message", (event) => {
    if (!frame || event.origin !== home || event.source !== frame.contentWindow) return;
    const { type, detail } = event.data || {};
    if (type === "support:here") here = true;
    if (type === "support:close") toggle(false);
    if (type === "support:message") {
      if (!isOpen) count(unread + 1);
      emit("message", detail);
    }
    if (type === "support:ready") {
      ready = true;
      button.title = "";
      if (userToken) post({ type: "support:user", token: userToken });
      for (const message of waiting.splice(0)) post(message);
      emit("ready");
    }
  });
  window.SupportChat = {
    open: () => toggle(true),
    close: () => toggle(false),
    ask(text) {
      toggle(true);
      post({ type: "support:ask", text: String(text) });
    },
    user: (token) => post({ type: "support:user", token }),
    context: (values) => post({ type: "support:context", values }),
    on(event, listener) {
      listeners[event] = [...(listeners[event] || []), listener];
    },
  };
  // A page that navigates by itself may throw its body's contents, or the body, away.
  const attach = () => {
    if (!document.body) return;
    if (!button.isConnected) document.body.append(button);
    if (frame && !frame.isConnected) {
      ready = false; // it loads anew
      document.body.append(frame);
    }
    kept.observe(document.body, { childList: true });
  };
  const kept = new MutationObserver(attach);
  kept.observe(document.documentElement, { childList: true });
  attach();
})();
