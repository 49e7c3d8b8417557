/** Listens to what happens in the shop, so that every screen of the desk is fresh without a reload. */
"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { events } from "@/api/stream";
import { type Desk, useDesk } from "./StaffSession";
import { refresh } from "./useDeskData";

const EVENTS = "/api/staff/events";
const FRESHEN_AFTER_MS = 250; // what happens at once is read again once
const SETTLED_MS = 3_000; // what was read as the screen opened, once it stands
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];
/** What an event may have changed: all that lies under these addresses. */
const STALE = ["inbox", "cases", "customers", "complaints", "enquiries", "unanswered", "outbox"].map(
  (name) => `/api/staff/${name}`,
);

const LiveContext = createContext(false);

/** True while events arrive. */
export const useLiveState = (): boolean => useContext(LiveContext);

function freshener(cache: QueryClient): (after?: number) => void {
  let planned: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  return (after = FRESHEN_AFTER_MS) => {
    const wanted = Date.now() + after;
    if (planned && due <= wanted) return;
    clearTimeout(planned);
    due = wanted;
    planned = setTimeout(() => {
      planned = undefined;
      void refresh(cache, STALE);
    }, after);
  };
}

async function listen(
  desk: Desk,
  signal: AbortSignal,
  onOpen: () => void,
  onEvent: () => void,
): Promise<void> {
  const response = await desk.open(EVENTS, { signal });
  onOpen();
  if (response.body) for await (const _ of events(response.body)) onEvent();
}

export function LiveDesk({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const desk = useRef(useDesk());
  const [live, setLive] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const freshen = freshener(cache);
    let heard = false;
    const opened = () => {
      setLive(true);
      freshen(heard ? FRESHEN_AFTER_MS : SETTLED_MS); // something may have happened while nobody listened
      heard = true;
    };
    const keepListening = async () => {
      let failures = 0;
      while (!stop.signal.aborted) {
        try {
          await listen(desk.current, stop.signal, opened, () => freshen());
          failures = 0; // the server ends a stream in good order after a while
        } catch {
          setLive(false);
          const pause = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    };
    void keepListening();
    return () => stop.abort();
  }, [cache]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}
