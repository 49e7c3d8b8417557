/** The screen of a case: of the conversation, or of the complaint, that the address names. */
"use client";

import { useSearchParams } from "next/navigation";
import { Empty } from "@/components/ui/Feedback";
import { useStaffWords } from "@/messages/staff";
import { ComplaintCase } from "./ComplaintCase";
import { ConversationCase } from "./ConversationCase";

export function CasePage() {
  const { t } = useStaffWords();
  const address = useSearchParams();
  const conversation = address.get("conversation");
  const complaint = address.get("complaint");
  if (conversation)
    return <ConversationCase key={conversation} id={conversation} replying={address.has("reply")} />;
  if (complaint) return <ComplaintCase key={complaint} id={complaint} replying={address.has("reply")} />;
  return (
    <div className="p-6">
      <Empty>{t("desk.case.missing")}</Empty>
    </div>
  );
}
