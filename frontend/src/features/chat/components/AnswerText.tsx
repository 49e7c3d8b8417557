/** An answer's words: sanitised Markdown in which [n] opens the n-th source. */
import { type ComponentProps, memo, useMemo } from "react";
import ReactMarkdown from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import type { Source } from "@/api/types";
import { useWords } from "@/messages";
import { remarkCitations, SOURCE_HREF } from "../model/citations";

// An image would be fetched from wherever the text says, so none is ever shown.
const SCHEMA = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((tag) => tag !== "img" && tag !== "input"),
};

export interface AnswerProps {
  text: string;
  sources: Source[];
  onSource: (number: number) => void;
}

function Citation({
  number,
  source,
  onSource,
}: {
  number: number;
  source?: Source;
  onSource: AnswerProps["onSource"];
}) {
  const { t } = useWords();
  return (
    <button
      type="button"
      aria-label={t("source.open", { n: number, title: source?.title ?? "" })}
      title={source?.title}
      onClick={() => onSource(number)}
      className="tabular relative mx-0.5 inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-brand-soft px-1 align-[2px] text-[11px] leading-none font-semibold text-link transition-colors after:absolute after:-inset-1 hover:bg-brand hover:text-on-brand"
    >
      {number}
    </button>
  );
}

export default memo(function AnswerText({ text, sources, onSource }: AnswerProps) {
  const components = useMemo(
    () => ({
      a({ href = "", children }: ComponentProps<"a">) {
        if (href.startsWith(SOURCE_HREF)) {
          const number = Number(href.slice(SOURCE_HREF.length));
          return <Citation number={number} source={sources[number - 1]} onSource={onSource} />;
        }
        return (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {children}
          </a>
        );
      },
    }),
    [sources, onSource],
  );
  return (
    <div dir="auto" className="prose min-w-0 break-words">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, [remarkCitations, { count: sources.length }]]}
        rehypePlugins={[[rehypeSanitize, SCHEMA]]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});
