/** Speaks with the page that frames the chat: only with the origin the loader named, only with the parent window. */
import { useCallback, useEffect } from "react";

export type HostMessage =
  | { type: "support:open" }
  | { type: "support:ask"; text: string }
  | { type: "support:user"; token: unknown }
  | { type: "support:context"; values: unknown };
type OwnMessage = { type: "support:ready" | "support:close" } | { type: "support:message"; detail: unknown };

function hostOrigin(): string | null {
  const origin = new URLSearchParams(window.location.search).get("origin");
  return origin && window.parent !== window && URL.canParse(origin) ? new URL(origin).origin : null;
}

export function useHostPage(onMessage: (message: HostMessage) => void): (message: OwnMessage) => void {
  const tell = useCallback((message: OwnMessage) => {
    const origin = hostOrigin();
    if (origin) window.parent.postMessage(message, origin);
  }, []);

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source === window.parent && event.origin === hostOrigin())
        onMessage(event.data as HostMessage);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [onMessage]);

  useEffect(() => tell({ type: "support:ready" }), [tell]);
  return tell;
}
