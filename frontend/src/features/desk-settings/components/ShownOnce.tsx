/** A secret on the only occasion on which it is shown. */
"use client";

import { Copy } from "lucide-react";
import { copy } from "@/clipboard";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useToast } from "@/features/staff/components/Toasts";
import { useStaffWords } from "@/messages/staff";

interface ShownOnceProps {
  title: string;
  secret: string;
  onClose: () => void;
}

export function ShownOnce({ title, secret, onClose }: ShownOnceProps) {
  const { t } = useStaffWords();
  const say = useToast();
  const keep = async () => {
    await copy(secret);
    say(t("common.copied"));
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="space-y-4">
        <p>{t("desk.secret.once")}</p>
        <code className="block rounded-small bg-sunken p-3 text-sm break-all select-all">{secret}</code>
        <div className="flex gap-3">
          <Button onClick={() => void keep()}>
            <Copy size={15} aria-hidden />
            {t("common.copy")}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {t("desk.secret.kept")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
