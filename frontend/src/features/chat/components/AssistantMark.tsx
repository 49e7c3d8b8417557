/** The sign of the assistant: a speech bubble with a tick. */
import clsx from "clsx";

export function AssistantMark({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "inline-flex items-center justify-center rounded-control bg-spark text-on-spark",
        className,
      )}
    >
      <svg
        viewBox="0 0 24 24"
        className="size-[62%]"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 13.5z" />
        <path d="M8.8 10.2l2.2 2.2 4.2-4.4" />
      </svg>
    </span>
  );
}
