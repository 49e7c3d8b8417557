/** The shopper's own conversations: those the server knows of this session or customer, and those left on this device. */
import { useEffect, useState } from "react";
import type { Said } from "@/api/types";
import { getCurrent } from "../api/current";
import { getConversation, listConversations } from "../api/history";
import type { Entry } from "../model/conversation";
import { pastSessions } from "../model/past";

export interface Earlier {
  key: string;
  title: string;
  at: string;
  messages: number;
  current: boolean;
  /** The session that can go on with it, where there is one. */
  sessionId: string | null;
  read: (signal?: AbortSignal) => Promise<Said[]>;
}

interface History {
  earlier: Earlier[] | null;
  error: unknown;
}

async function ofServer(session: string, signal: AbortSignal): Promise<Earlier[]> {
  const { results } = await listConversations(session, signal);
  return results.map(({ id, title, updated_at, messages, current }) => ({
    key: id,
    title,
    at: updated_at,
    messages,
    current,
    sessionId: current ? session : null,
    read: async (stop) => (await getConversation(id, session, stop)).messages,
  }));
}

const ofDevice = (): Earlier[] =>
  pastSessions().map(({ sessionId, title, messages, at }) => ({
    key: sessionId,
    title,
    at: new Date(at).toISOString(),
    messages,
    current: false,
    sessionId,
    read: async (stop) => (await getCurrent(sessionId, undefined, stop)).messages,
  }));

export function useHistory(session: string | null): History {
  const [history, setHistory] = useState<History>({ earlier: null, error: null });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const load = async () => {
      try {
        const known = session ? await ofServer(session, signal) : [];
        const left = ofDevice().filter(({ sessionId }) => sessionId !== session);
        setHistory({ earlier: [...known, ...left], error: null });
      } catch (error) {
        if (!signal.aborted) setHistory({ earlier: null, error });
      }
    };
    void load();
    return () => controller.abort();
  }, [session]);
  return history;
}

/** What was said, as entries of a conversation. Cards and sources were for the moment and are not kept. */
export const asEntries = (said: Said[]): Entry[] =>
  said.map(({ id, role, text, at, staff_name }) => {
    const spoken = { id, text, at: Date.parse(at) };
    if (role === "staff") return { ...spoken, role, name: staff_name };
    if (role === "shopper") return { ...spoken, role, settled: true };
    return { ...spoken, role, reply: null };
  });
