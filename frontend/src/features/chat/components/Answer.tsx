/** An answer's words. What draws Markdown is fetched when there is a first answer, and the plain words until then. */
"use client";

import { lazy, Suspense } from "react";
import type { AnswerProps } from "./AnswerText";
import { fetchAnswerText } from "./parts";

const AnswerText = lazy(fetchAnswerText);

export function Answer(props: AnswerProps) {
  return (
    <Suspense
      fallback={
        <p dir="auto" className="prose min-w-0 break-words whitespace-pre-line">
          {props.text}
        </p>
      }
    >
      <AnswerText {...props} />
    </Suspense>
  );
}
