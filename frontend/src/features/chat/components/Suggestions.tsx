/** Questions that fit the moment. */
import { useAssistant } from "@/assistant/context";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";

/** What a chip shows, and what pressing it asks. */
export interface Suggestion {
  label: string;
  message: string;
}

export const asSuggestions = (texts: string[]): Suggestion[] =>
  texts.map((text) => ({ label: text, message: text }));

export function Suggestions({ suggestions }: { suggestions: Suggestion[] }) {
  const { t } = useWords();
  const { ask } = useAssistant();
  if (suggestions.length === 0) return null;
  return (
    <ul aria-label={t("chat.suggestions")} className="flex flex-wrap gap-2">
      {suggestions.map(({ label, message }) => (
        <li key={label}>
          <Button look="chip" onClick={() => ask(message)}>
            {label}
          </Button>
        </li>
      ))}
    </ul>
  );
}
