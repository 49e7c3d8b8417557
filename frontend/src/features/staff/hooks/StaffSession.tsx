/** Who is signed in at the desk. The tokens live as long as the tab; an expired one is renewed once, quietly. */
"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { call } from "@/api/client";
import { ApiError } from "@/api/problem";
import type { StaffTokens } from "@/api/types";
import { refresh } from "../api/auth";

const KEY = "support.staff";

interface StaffSession {
  /** Undefined until the tab's storage was read. */
  signedIn: boolean | undefined;
  expired: boolean;
  enter: (tokens: StaffTokens) => void;
  leave: () => void;
  /** A GET with the staff token. @throws {ApiError} */
  read: <T>(path: string) => Promise<T>;
}

const StaffContext = createContext<StaffSession | null>(null);

export function StaffSessionProvider({ children }: { children: ReactNode }) {
  const tokens = useRef<StaffTokens | null>(null);
  const [signedIn, setSignedIn] = useState<boolean>();
  const [expired, setExpired] = useState(false);

  const keep = useCallback((next: StaffTokens | null) => {
    tokens.current = next;
    if (next) window.sessionStorage.setItem(KEY, JSON.stringify(next));
    else window.sessionStorage.removeItem(KEY);
    setSignedIn(next !== null);
  }, []);

  useEffect(
    () => keep(JSON.parse(window.sessionStorage.getItem(KEY) ?? "null") as StaffTokens | null),
    [keep],
  );

  const read = useCallback(
    async <T,>(path: string): Promise<T> => {
      try {
        return await call<T>(path, { token: tokens.current?.access_token });
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401 || !tokens.current) throw error;
        try {
          keep({ ...tokens.current, ...(await refresh(tokens.current.refresh_token)) });
        } catch {
          setExpired(true);
          keep(null);
          throw error;
        }
        return call<T>(path, { token: tokens.current.access_token });
      }
    },
    [keep],
  );

  const session = useMemo<StaffSession>(
    () => ({
      signedIn,
      expired,
      read,
      leave: () => keep(null),
      enter: (next) => {
        setExpired(false);
        keep(next);
      },
    }),
    [signedIn, expired, read, keep],
  );
  return <StaffContext.Provider value={session}>{children}</StaffContext.Provider>;
}

export function useStaffSession(): StaffSession {
  const session = useContext(StaffContext);
  if (session === null) throw new Error("useStaffSession needs a StaffSessionProvider above it");
  return session;
}
