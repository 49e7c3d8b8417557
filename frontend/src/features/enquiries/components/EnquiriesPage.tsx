/** Enquiries with what was read from them, the likeliest sales marked, and where each exchange stands. */
"use client";

import { useSearchParams } from "next/navigation";
import { changeAddress } from "@/address";
import { Button } from "@/components/ui/Button";
import { DeskPage } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Pager } from "@/features/staff/components/Pager";
import { Select } from "@/features/staff/components/Select";
import { useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { ENQUIRIES, ENQUIRY_STATUSES, type Enquiry, type EnquiryList } from "../api/enquiries";
import { EnquiryItem } from "./EnquiryItem";

const PAGE_SIZE = 50;

export function EnquiriesPage() {
  const { t, label, plural } = useStaffWords();
  const address = useSearchParams();
  const status = address.get("status") ?? "";
  const asked = address.get("id");
  const page = Number(address.get("page") ?? 1);
  const listed = useDeskData<EnquiryList>(asked ? null : ENQUIRIES, { status, page, page_size: PAGE_SIZE });
  const one = useDeskData<Enquiry>(asked ? `${ENQUIRIES}/${encodeURIComponent(asked)}` : null);
  const to = (next: number) => () => changeAddress({ page: String(next) });
  return (
    <DeskPage
      title={t("desk.nav.enquiries")}
      lead={!asked && listed.data ? plural("desk.enquiries.count", listed.data.total) : undefined}
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
            onChange={({ target }) => changeAddress({ status: target.value, page: null, id: null })}
            options={[
              ["", t("desk.filter.any")],
              ...ENQUIRY_STATUSES.map((name) => [name, label("desk.enquiry.status", name)] as const),
            ]}
          />
        </>
      }
    >
      {asked ? (
        <Loaded query={one}>
          {(enquiry) => (
            <ul>
              <EnquiryItem enquiry={enquiry} />
            </ul>
          )}
        </Loaded>
      ) : (
        <Loaded
          query={listed}
          empty={t("desk.enquiries.empty")}
          isEmpty={({ results }) => results.length === 0 && page === 1}
        >
          {({ results, total }) => (
            <>
              <ul className="space-y-3">
                {results.map((enquiry) => (
                  <EnquiryItem key={enquiry.id} enquiry={enquiry} />
                ))}
              </ul>
              <Pager
                back={page > 1 ? to(page - 1) : undefined}
                on={page * PAGE_SIZE < total ? to(page + 1) : undefined}
              />
            </>
          )}
        </Loaded>
      )}
    </DeskPage>
  );
}
