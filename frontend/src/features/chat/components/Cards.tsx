/** The cards of an answer. */
import type { Card } from "@/api/types";
import { CardView } from "@/components/cards/CardView";

export interface CardsProps {
  cards: Card[];
  /** True for the newest answer: its form and choices are still open. */
  active: boolean;
}

export default function Cards({ cards, active }: CardsProps) {
  return cards.map((card, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the cards of a finished reply never change
    <CardView key={index} card={card} active={active} />
  ));
}
