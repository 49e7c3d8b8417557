/** Files that came with a complaint. */
"use client";

import { Paperclip } from "lucide-react";
import { save } from "@/api/files";
import { Button } from "@/components/ui/Button";
import { useDesk } from "@/features/staff/hooks/StaffSession";
import type { CustomerFile } from "../api/cases";

export function Attachments({ attachments }: { attachments: CustomerFile["attachments"] }) {
  const desk = useDesk();
  if (attachments.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {attachments.map(({ id, complaint_id, name }) => (
        <li key={id}>
          <Button
            look="secondary"
            small
            onClick={async () =>
              save(await desk.open(`/api/complaints/${complaint_id}/attachments/${id}`), name)
            }
          >
            <Paperclip size={14} aria-hidden />
            {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}
