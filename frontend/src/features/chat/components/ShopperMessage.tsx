/** What the shopper wrote. */
import { useWords } from "@/messages";

export function ShopperMessage({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <div data-question className="flex animate-rise justify-end ps-10">
      <p className="rounded-[20px_20px_6px_20px] bg-bubble px-4 py-2.5 break-words whitespace-pre-wrap text-on-bubble">
        <span className="sr-only">{t("chat.you")}: </span>
        {text}
      </p>
    </div>
  );
}
