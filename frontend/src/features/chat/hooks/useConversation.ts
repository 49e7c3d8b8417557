/** One conversation: what the shopper can do to it. Answers and news come in by the hooks beside this one. */
import { useCallback, useMemo, useReducer, useRef } from "react";
import { prepareAnswers } from "../components/parts";
import {
  type Asked,
  type Conversation,
  EMPTY,
  isBusy,
  type Kept,
  openQuestion,
  reduce,
  type Thumb,
} from "../model/conversation";
import { newId } from "../model/ids";
import { forget } from "../model/storage";
import { useLive } from "./useLive";
import { useReceiving } from "./useReceiving";
import { useStored } from "./useStored";

export interface ChatActions {
  /** Sends a message; `instead` names an earlier question that it takes the place of. */
  ask: (text: string, instead?: string) => void;
  decide: (actionId: string, accept: boolean, label: string) => void;
  retry: () => void;
  stop: () => void;
  clear: () => void;
  /** Takes up an earlier conversation. */
  goOn: (kept: Kept) => void;
  /** Begins to write a question anew; null leaves it as it was. */
  edit: (id: string | null) => void;
  thumb: (id: string, thumb: Thumb) => void;
  /** Goes on under a session that proved who is asking (the order look-up does). */
  identify: (sessionId: string) => void;
}

export function useConversation(): { state: Conversation; actions: ChatActions } {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const latest = useRef(state);
  latest.current = state;
  useStored(state, dispatch);
  useReceiving(state, dispatch);
  useLive(state, dispatch);

  const start = useCallback((said: Pick<Asked, "text" | "decision">, instead?: string) => {
    if (isBusy(latest.current)) return;
    const entry: Asked = { role: "shopper", id: newId(), at: Date.now(), ...said };
    prepareAnswers();
    // The session is named here, so that even the first answer can be fetched again.
    dispatch({ type: "asked", entry, sessionId: latest.current.sessionId ?? newId(), instead });
  }, []);

  const actions = useMemo<ChatActions>(
    () => ({
      ask: (text, instead) => start({ text }, instead),
      decide: (action_id, accept, label) => start({ text: label, decision: { action_id, accept } }),
      retry: () => dispatch({ type: "retried" }),
      stop: () => {
        const question = openQuestion(latest.current);
        if (question) dispatch({ type: "finished", question: question.id, at: Date.now(), stopped: true });
      },
      clear: () => {
        forget();
        dispatch({ type: "cleared" });
      },
      goOn: (kept) => dispatch({ type: "restored", kept }),
      edit: (id) => dispatch({ type: "editing", id }),
      thumb: (id, thumb) => dispatch({ type: "thumbed", id, thumb }),
      identify: (sessionId) => dispatch({ type: "identified", sessionId }),
    }),
    [start],
  );
  return { state, actions };
}
