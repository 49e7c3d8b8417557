/** Questions that fit the moment. */
import { useAssistant } from "@/assistant/context";
import { Button } from "@/components/ui/Button";
import { useWords } from "@/messages";

export function Suggestions({ suggestions }: { suggestions: string[] }) {
  const { t } = useWords();
  const { ask } = useAssistant();
  if (suggestions.length === 0) return null;
  return (
    <ul aria-label={t("chat.suggestions")} className="flex flex-wrap gap-2">
      {suggestions.map((suggestion) => (
        <li key={suggestion}>
          <Button look="chip" onClick={() => ask(suggestion)}>
            {suggestion}
          </Button>
        </li>
      ))}
    </ul>
  );
}
