/** Takes a table of the chosen days along as a file for a spreadsheet. */
"use client";

import { Download } from "lucide-react";
import { save } from "@/api/files";
import { Button } from "@/components/ui/Button";
import { useDeskChange } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";

interface CsvButtonProps {
  path: string;
  /** What the file's name begins with. */
  name: string;
  /** What the table is of. */
  title: string;
  span: { from: string; to: string };
}

export function CsvButton({ path, name, title, span }: CsvButtonProps) {
  const { t } = useStaffWords();
  const csv = useDeskChange({
    run: async (desk) => save(await desk.open(path, { query: span }), `${name}-${span.from}-${span.to}.csv`),
  });
  return (
    <Button
      look="secondary"
      small
      aria-label={`${t("desk.numbers.csv")}: ${title}`}
      disabled={csv.isPending}
      onClick={() => csv.mutate()}
    >
      <Download size={14} aria-hidden />
      {t("desk.numbers.csv")}
    </Button>
  );
}
