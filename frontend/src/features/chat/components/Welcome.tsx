/** What an empty conversation shows: who answers, and questions to start with. */
import { useWords } from "@/messages";
import { useWelcome } from "../hooks/useWelcome";
import { AssistantMark } from "./AssistantMark";
import { Suggestions } from "./Suggestions";

export function Welcome() {
  const { t } = useWords();
  const { greeting, suggestions } = useWelcome();
  return (
    <div className="flex flex-1 flex-col justify-end gap-5 pt-6">
      <AssistantMark className="size-12" />
      <div>
        <h2 className="text-2xl">{greeting}</h2>
        <p className="mt-2 max-w-[46ch] text-ink-2">{t("chat.welcome.text")}</p>
      </div>
      <Suggestions suggestions={suggestions} />
    </div>
  );
}
