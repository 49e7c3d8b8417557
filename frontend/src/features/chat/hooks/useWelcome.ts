/** How a conversation begins: the greeting and questions of the framing page, else of the shop, else the house's. */
import { useEffect, useState } from "react";
import { currentShop, type Shop } from "@/api/shop";
import { useSay } from "@/assistant/useSay";
import { type MessageKey, useWords } from "@/messages";
import { asSuggestions, type Suggestion } from "../components/Suggestions";
import { useChat } from "./ChatProvider";

interface Welcome {
  greeting: string;
  suggestions: Suggestion[];
}

/** What the framing page says the visitor looks at. */
export interface HostContext {
  product?: string;
  order?: string;
}

export function useWelcome(): Welcome {
  const { t } = useWords();
  const say = useSay();
  const { host } = useChat();
  const [shop, setShop] = useState<Shop | null>(null);
  const [greeting, setGreeting] = useState("");
  useEffect(() => {
    setGreeting(new URLSearchParams(window.location.search).get("greeting") ?? "");
    currentShop().then(setShop, () => undefined); // the house has words of its own
  }, []);
  const starts: [key: MessageKey, values?: Record<string, string>][] = [
    ["chat.start.products"],
    ["chat.start.compare"],
    ["chat.start.order"],
    ["chat.start.policy"],
  ];
  const own: typeof starts = [];
  if (host.product) own.push(["products.ask.message", { name: host.product }]);
  if (host.order) own.push(["orders.ask.where.message", { id: host.order }]);
  const both = (entries: typeof starts): Suggestion[] =>
    entries.map(([key, values]) => ({ label: t(key, values), message: say(key, values) }));
  const usual = shop?.suggestions.length ? asSuggestions(shop.suggestions) : both(starts);
  return {
    greeting: greeting || shop?.greeting || t("chat.welcome"),
    suggestions: [...both(own), ...usual].slice(0, 5),
  };
}
