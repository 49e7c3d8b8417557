/** Tries what the chat would answer to a message after what was said here before; nothing of it counts. */
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import {
  PLAYGROUND,
  POLICY,
  type Policy,
  type PolicyView,
  SETTINGS,
  type ShopSettings,
  type Tried,
} from "../api/settings";

interface Trial {
  message: string;
  tone: string;
  customer: string;
  window: string;
}

export interface Said {
  asked: string;
  tried: Tried;
}

export function useTrial(said: Said[], rules: Policy | undefined, onDone: (said: Said) => void) {
  const settings = useDeskData<ShopSettings>(SETTINGS).data;
  const policy = useDeskData<PolicyView>(POLICY).data?.policy;
  const trial = useDeskChange({
    shown: true,
    run: (desk, { message, tone, customer, window }: Trial) =>
      desk.call<Tried>(PLAYGROUND, {
        method: "POST",
        body: {
          message,
          history: said.flatMap(({ asked, tried }) => [asked, tried.reply.response]),
          customer_id: customer || null,
          settings: settings && { ...settings, tone },
          policy:
            rules ?? (policy && window !== "" ? { ...policy, return_window_days: Number(window) } : null),
        },
      }),
    onDone: (tried, { message }) => onDone({ asked: message, tried }),
  });
  return { trial, settings, policy };
}
