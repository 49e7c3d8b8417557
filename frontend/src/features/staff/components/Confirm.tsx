/** Asks once more before something that cannot be undone. */
"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useStaffWords } from "@/messages/staff";

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirm: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ title, children, confirm, busy = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useStaffWords();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="space-y-5">
        <div className="text-ink-2">{children}</div>
        <div className="grid grid-cols-2 gap-3">
          <Button look="secondary" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button disabled={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
