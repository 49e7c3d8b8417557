/** Where a complaint stands, and the way to file one. */
"use client";

import { useSearchParams } from "next/navigation";
import type { FormEvent } from "react";
import { changeAddress } from "@/address";
import type { ComplaintDetail } from "@/api/types";
import { ComplaintCardView } from "@/components/cards/ComplaintCardView";
import { GuestForm } from "@/components/shell/GuestForm";
import { Button } from "@/components/ui/Button";
import { ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { Field } from "@/components/ui/Field";
import { useWords } from "@/messages";
import { needsIdentity, useComplaint, useComplaintProof } from "../hooks/useComplaint";
import { Attachments } from "./Attachments";
import { ComplaintForm } from "./ComplaintForm";
import { OwnComplaints } from "./OwnComplaints";

function NumberForm({ id, onShow }: { id: string; onShow: (id: string) => void }) {
  const { t } = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = String(new FormData(event.currentTarget).get("complaint")).trim();
    if (number) onShow(number.toUpperCase());
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-3">
      <Field
        key={id}
        name="complaint"
        label={t("complaints.number")}
        placeholder={t("complaints.number.placeholder")}
        defaultValue={id}
        autoComplete="off"
        required
        className="min-w-0 flex-1"
      />
      <Button type="submit">{t("complaints.submit")}</Button>
    </form>
  );
}

function Notes({ notes = [] }: { notes: ComplaintDetail["notes"] }) {
  const { t, moment } = useWords();
  if (notes.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="text-lg">{t("complaints.notes")}</h2>
      <ol className="mt-3 space-y-3">
        {notes.map((note) => (
          <li key={note.at} className="rounded-control bg-sunken px-4 py-3">
            <p className="text-sm text-ink-3">
              {note.author} · {moment(note.at)}
            </p>
            <p className="mt-1 whitespace-pre-line">{note.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Status({ id }: { id: string }) {
  const { t } = useWords();
  const { data, error } = useComplaint(id);
  const proof = useComplaintProof();
  if (data) {
    return (
      <>
        <ComplaintCardView card={data} />
        <Notes notes={data.notes} />
        <Attachments complaintId={data.id} />
      </>
    );
  }
  if (error && !needsIdentity(error)) return <ProblemNotice error={error} />;
  if (!error) return <Skeleton className="h-48 w-full rounded-card!" />;
  return (
    <>
      <p className="mb-4 text-ink-2">{t("complaints.identity")}</p>
      <GuestForm
        submitLabel={t("complaints.identity.submit")}
        busy={proof.isPending}
        error={proof.error}
        onProve={(orderId, email) => proof.mutate({ orderId, email })}
      />
    </>
  );
}

export function ComplaintsPage() {
  const { t } = useWords();
  const params = useSearchParams();
  const id = params.get("id") ?? "";
  const order = params.get("order");
  const filing = order !== null;
  const show = (next: string) => changeAddress({ id: next });
  return (
    <div className="page max-w-2xl! pt-10">
      <h1 className="text-4xl">{t("complaints.title")}</h1>
      <p className="mt-2 mb-6 text-ink-2">{t("complaints.lead")}</p>
      {!filing && <OwnComplaints open={id} onOpen={show} />}
      {!filing && <NumberForm id={id} onShow={show} />}
      {!filing && id && (
        <div className="mt-6">
          <Status key={id} id={id} />
        </div>
      )}
      {filing ? (
        <ComplaintForm
          orderId={order.trim()}
          onFiled={(filed) => changeAddress({ order: null, id: filed })}
        />
      ) : (
        <section className="mt-10 flex flex-wrap items-center justify-between gap-4 rounded-card bg-sunken p-5 sm:p-6">
          <p className="max-w-[44ch] text-ink-2">{t("complaints.file.text")}</p>
          <Button look="secondary" onClick={() => changeAddress({ id: null, order: " " })}>
            {t("complaints.file")}
          </Button>
        </section>
      )}
    </div>
  );
}
