/** What every screen of the desk stands in: who is not signed in meets the door, whose time is up signs in on top. */
"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { changeAddress } from "@/address";
import { Dialog } from "@/components/ui/Dialog";
import { useStaffWords } from "@/messages/staff";
import { LiveDesk } from "../hooks/LiveDesk";
import { StaffSessionProvider, useStaffSession } from "../hooks/StaffSession";
import { Shell } from "./Shell";
import { ChoosePassword, PasswordForm, SignIn } from "./SignIn";
import { ToastProvider } from "./Toasts";

function SignInAgain() {
  const { t } = useStaffWords();
  const { leave } = useStaffSession();
  return (
    <Dialog title={t("staff.signin")} onClose={leave}>
      <p className="mb-4 text-ink-2">{t("staff.expired")}</p>
      <PasswordForm />
    </Dialog>
  );
}

/** Shown at once, before it is known who is there; hidden from whoever has signed in in this browser. */
function Door() {
  return (
    <div className="in-data-desk:invisible">
      <SignIn />
    </div>
  );
}

function Entrance({ children }: { children: ReactNode }) {
  const { person, expired } = useStaffSession();
  const link = useSearchParams().get("token");
  if (link) return <ChoosePassword token={link} onDone={() => changeAddress({ token: null })} />;
  if (person === undefined) return <Door />;
  if (person === null) return <SignIn />;
  return (
    <>
      <LiveDesk>
        <Shell>{children}</Shell>
      </LiveDesk>
      {expired && <SignInAgain />}
    </>
  );
}

export function StaffEntrance({ children }: { children: ReactNode }) {
  return (
    <StaffSessionProvider>
      <ToastProvider>
        <Suspense fallback={<Door />}>
          <Entrance>{children}</Entrance>
        </Suspense>
      </ToastProvider>
    </StaffSessionProvider>
  );
}
