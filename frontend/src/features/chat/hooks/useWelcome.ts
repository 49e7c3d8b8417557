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

type Start = [key: MessageKey, values?: Record<string, string>];

/** Of what the shop sells; nothing of goods before that is known. */
export function starts(shop: Shop | null): Start[] {
  const kinds = (shop?.categories ?? []).slice(0, 2); // a server of the last release does not tell them
  const sold: Start[] = kinds.map((name) => ["chat.start.category", { name }]);
  if (shop && kinds.length === 0) sold.push(["chat.start.goods"]);
  return [...sold, ["chat.start.order"], ["chat.start.policy"]];
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
  const own: Start[] = [];
  if (host.product) own.push(["products.ask.message", { name: host.product }]);
  if (host.order) own.push(["orders.ask.where.message", { id: host.order }]);
  const both = (entries: Start[]): Suggestion[] =>
    entries.map(([key, values]) => ({ label: t(key, values), message: say(key, values) }));
  const usual = shop?.suggestions.length ? asSuggestions(shop.suggestions) : both(starts(shop));
  return {
    greeting: greeting || shop?.greeting || t("chat.welcome"),
    suggestions: [...both(own), ...usual].slice(0, 5),
  };
}
