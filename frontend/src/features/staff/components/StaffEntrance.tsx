/** What every screen of the desk stands in: who is not signed in meets the door, whose time is up signs in on top. */
"use client";

import clsx from "clsx";
import { type ReactNode, useEffect, useState } from "react";
import { changeAddress } from "@/address";
import { Dialog } from "@/components/ui/Dialog";
import { useStaffWords } from "@/messages/staff";
import { LiveDesk } from "../hooks/LiveDesk";
import { StaffSessionProvider, useStaffSession } from "../hooks/StaffSession";
import { EmptyFrame } from "./Frame";
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

/** The one-time link by which somebody was invited, once the address has been read. */
function useLink(): [link: string | null, used: () => void] {
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => setLink(new URLSearchParams(window.location.search).get("token")), []);
  const used = () => {
    setLink(null);
    changeAddress({ token: null });
  };
  return [link, used];
}

function Entrance({ children }: { children: ReactNode }) {
  const { person, expired } = useStaffSession();
  const [link, used] = useLink();
  if (link) return <ChoosePassword token={link} onDone={used} />;
  // The door is there before it is known who is there, and stays the same one, with what was typed into it;
  // whoever has signed in in this browser does not see it.
  if (!person)
    return (
      <>
        <div className={clsx(person === undefined && "in-data-desk:invisible")}>
          <SignIn />
        </div>
        {person === undefined && <EmptyFrame />}
      </>
    );
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
        <Entrance>{children}</Entrance>
      </ToastProvider>
    </StaffSessionProvider>
  );
}
