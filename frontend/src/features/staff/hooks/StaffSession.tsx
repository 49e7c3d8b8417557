/** Who is signed in at the desk, and the calls made in that person's name. */
"use client";

import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { type CallOptions, call, send } from "@/api/client";
import { upload } from "@/api/files";
import type { StaffTokens } from "@/api/types";
import { refresh } from "../api/auth";
import { TokenKeeper } from "../model/keeper";
import { mayAs, type Person, personOf, type StaffRole } from "../model/person";

type DeskCall = Omit<CallOptions, "token" | "session">;

/** Calls in the name of who is signed in. Each throws ApiError. */
export interface Desk {
  call: <T>(path: string, options?: DeskCall) => Promise<T>;
  /** The raw response: a file, or a stream of events. */
  open: (path: string, options?: DeskCall) => Promise<Response>;
  upload: <T>(
    path: string,
    form: FormData,
    onProgress: (share: number) => void,
    method?: "POST" | "PUT",
  ) => Promise<T>;
}

interface StaffSession {
  /** Undefined until the browser's storage was read, null when nobody is signed in. */
  person: Person | null | undefined;
  /** The time is up: the screen stays as it is and its calls wait until somebody signs in again. */
  expired: boolean;
  enter: (tokens: StaffTokens) => void;
  leave: () => void;
  desk: Desk;
}

const StaffContext = createContext<StaffSession | null>(null);

function deskOf(keeper: () => TokenKeeper): Desk {
  return {
    call: (path, options) => keeper().run((token) => call(path, { ...options, token })),
    open: (path, options) => keeper().run((token) => send(path, { ...options, token })),
    upload: (path, form, onProgress, method) =>
      keeper().run((token) => upload(path, form, { method, token, onProgress })),
  };
}

export function StaffSessionProvider({ children }: { children: ReactNode }) {
  const [keeper, setKeeper] = useState<TokenKeeper | null>(null);
  const [person, setPerson] = useState<Person | null>();
  const [expired, setExpired] = useState(false);

  useEffect(() => {
    const made = new TokenKeeper(refresh, () => setExpired(true));
    setKeeper(made);
    // a screen is much to draw at once: as a transition it leaves room for what the person does meanwhile
    startTransition(() => setPerson(made.current && personOf(made.current)));
    return made.follow((tokens) => {
      setPerson(tokens && personOf(tokens));
      setExpired(false);
    });
  }, []);

  const session = useMemo<StaffSession>(() => {
    const keep = (tokens: StaffTokens | null) => {
      keeper?.keep(tokens);
      setPerson(tokens && personOf(tokens));
      setExpired(false);
    };
    const needed = () => {
      if (!keeper) throw new Error("the desk is called before anybody signed in");
      return keeper;
    };
    return { person, expired, enter: keep, leave: () => keep(null), desk: deskOf(needed) };
  }, [keeper, person, expired]);
  return <StaffContext.Provider value={session}>{children}</StaffContext.Provider>;
}

export function useStaffSession(): StaffSession {
  const session = useContext(StaffContext);
  if (session === null) throw new Error("useStaffSession needs a StaffSessionProvider above it");
  return session;
}

export const useDesk = (): Desk => useStaffSession().desk;

/** Whether the person at the desk has at least that role. */
export function useMay(needed: StaffRole): boolean {
  const { person } = useStaffSession();
  return person != null && mayAs(person.role, needed);
}
