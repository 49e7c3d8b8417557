/** The passage behind a citation: where it stands, what it says, and the way to read on. */
import { ArrowUpRight, BookOpen } from "lucide-react";
import type { Source } from "@/api/types";
import { Dialog } from "@/components/ui/Dialog";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";

/** Only places on this site or on the web are linked, whatever a document's metadata says. */
const isSafe = (url: string): boolean => /^(https?:\/\/|\/(?!\/))/i.test(url);

export function SourceDialog({
  source,
  number,
  onClose,
}: {
  source: Source;
  number: number;
  onClose: () => void;
}) {
  const { t } = useWords();
  const place = [
    source.section !== source.title && source.section,
    source.page !== null && t("source.page", { page: source.page }),
  ];
  return (
    <Dialog title={t("source.panel", { n: number })} place="side" onClose={onClose}>
      <BookOpen size={22} aria-hidden className="text-link" />
      <h3 className="mt-3 text-lg">{source.title}</h3>
      <p className="mt-1 text-sm text-ink-3">{place.filter(Boolean).join(" · ")}</p>
      <blockquote className="mt-5 rounded-control border-s-3 border-focus bg-sunken px-4 py-3 break-words whitespace-pre-line">
        {source.excerpt}
      </blockquote>
      {source.url && isSafe(source.url) && (
        <Link
          href={source.url}
          onClick={onClose}
          target={source.url.startsWith("/") ? undefined : "_blank"}
          rel="noopener noreferrer"
          className="mt-5 inline-flex items-center gap-1.5 font-medium text-link underline underline-offset-3"
        >
          {t(source.url.startsWith("/products/") ? "source.product" : "source.read")}
          <ArrowUpRight size={16} aria-hidden />
        </Link>
      )}
    </Dialog>
  );
}
