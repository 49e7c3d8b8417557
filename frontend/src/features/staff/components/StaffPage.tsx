/** The desk: who is not signed in meets the door, who is sees its lists. */
"use client";

import { LogOut } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { Wordmark } from "@/components/shell/Wordmark";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";
import { StaffSessionProvider, useStaffSession } from "../hooks/StaffSession";
import { DeskList } from "./DeskList";
import { ChoosePassword, SignIn } from "./SignIn";
import { ComplaintRows, ConversationRows, OutboxRows } from "./Tables";

const TABS = ["conversations", "complaints", "outbox"] as const;
type Tab = (typeof TABS)[number];

function Tabs({ current, onChange }: { current: Tab; onChange: (tab: Tab) => void }) {
  const { t } = useWords();
  return (
    <nav aria-label={t("staff.tabs")} className="flex gap-1 overflow-x-auto">
      {TABS.map((tab) => (
        <Button
          key={tab}
          look="quiet"
          aria-current={tab === current ? "page" : undefined}
          onClick={() => onChange(tab)}
          className="aria-[current]:bg-brand-soft aria-[current]:text-ink"
        >
          {t(`staff.tab.${tab}`)}
        </Button>
      ))}
    </nav>
  );
}

function Desk() {
  const { t } = useWords();
  const { leave } = useStaffSession();
  const asked = useSearchParams().get("tab");
  const tab = TABS.find((name) => name === asked) ?? "conversations";
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="page flex min-h-(--header-height) flex-wrap items-center gap-x-6 gap-y-1 py-2">
          <Wordmark />
          <Tabs current={tab} onChange={(next) => changeAddress({ tab: next })} />
          <Button look="quiet" className="ms-auto" onClick={leave}>
            <LogOut size={16} aria-hidden />
            {t("staff.signout")}
          </Button>
        </div>
      </header>
      <main id="content" className="page pt-8 pb-20">
        <h1 className="mb-5 text-3xl">{t(`staff.tab.${tab}`)}</h1>
        {tab === "conversations" && (
          <DeskList name="conversations">{(rows) => <ConversationRows rows={rows} />}</DeskList>
        )}
        {tab === "complaints" && (
          <DeskList name="complaints">{(rows) => <ComplaintRows rows={rows} />}</DeskList>
        )}
        {tab === "outbox" && <DeskList name="outbox">{(rows) => <OutboxRows rows={rows} />}</DeskList>}
      </main>
    </>
  );
}

function Entrance() {
  const { signedIn } = useStaffSession();
  const token = useSearchParams().get("token");
  if (token) return <ChoosePassword token={token} onDone={() => changeAddress({ token: null })} />;
  if (signedIn === undefined) return null;
  return signedIn ? <Desk /> : <SignIn />;
}

export function StaffPage() {
  return (
    <StaffSessionProvider>
      <Entrance />
    </StaffSessionProvider>
  );
}
