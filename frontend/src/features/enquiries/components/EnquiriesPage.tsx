/** Enquiries with what was read from them, the likeliest sales marked, and where each exchange stands. */
"use client";

import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Select } from "@/features/staff/components/Select";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { ENQUIRIES, ENQUIRY_STATUSES, type EnquiryList } from "../api/enquiries";
import { EnquiryItem } from "./EnquiryItem";

export function EnquiriesPage() {
  const { t, label, plural } = useStaffWords();
  const address = useSearchParams();
  const status = address.get("status") ?? "";
  const asked = address.get("id");
  const enquiries = useDeskData<EnquiryList>(ENQUIRIES, { status, page_size: 200 });
  return (
    <DeskPage
      title={t("desk.nav.enquiries")}
      lead={enquiries.data && plural("desk.enquiries.count", enquiries.data.total)}
      actions={
        <>
          {asked && (
            <Button look="secondary" small onClick={() => changeAddress({ id: null })}>
              {t("desk.enquiries.all")}
            </Button>
          )}
          <Select
            bare
            label={t("staff.column.status")}
            value={status}
            onChange={({ target }) => changeAddress({ status: target.value })}
            options={[
              ["", t("desk.filter.any")],
              ...ENQUIRY_STATUSES.map((name) => [name, label("desk.enquiry.status", name)] as const),
            ]}
          />
        </>
      }
    >
      <Loaded
        query={enquiries}
        empty={t("desk.enquiries.empty")}
        isEmpty={({ results }) => results.length === 0}
      >
        {({ results }) => (
          <ul className="space-y-3">
            {results
              .filter(({ id }) => asked === null || id === asked)
              .map((enquiry) => (
                <EnquiryItem key={enquiry.id} enquiry={enquiry} />
              ))}
          </ul>
        )}
      </Loaded>
    </DeskPage>
  );
}
