/** Shows any card of a reply. A new card type is one line here and one file beside it. */
import type { Card } from "@/api/types";
import { ChoicesCardView } from "./ChoicesCardView";
import { ComparisonCardView } from "./ComparisonCardView";
import { CompatibilityCardView } from "./CompatibilityCardView";
import { ComplaintCardView } from "./ComplaintCardView";
import { DeliveryCardView } from "./DeliveryCardView";
import { FormCardView } from "./FormCardView";
import { OrderCardView } from "./OrderCardView";
import { OrdersCardView } from "./OrdersCardView";
import { ProductCardView } from "./ProductCardView";
import { ProductsCardView } from "./ProductsCardView";
import { RefundCardView } from "./RefundCardView";

/** `active` is false for cards of earlier replies: their forms and choices no longer send anything. */
export function CardView({ card, active = true }: { card: Card; active?: boolean }) {
  switch (card.type) {
    case "products":
      return <ProductsCardView card={card} />;
    case "product":
      return <ProductCardView card={card} />;
    case "comparison":
      return <ComparisonCardView card={card} />;
    case "compatibility":
      return <CompatibilityCardView card={card} />;
    case "order":
      return <OrderCardView card={card} />;
    case "orders":
      return <OrdersCardView card={card} />;
    case "delivery":
      return <DeliveryCardView card={card} />;
    case "refund":
      return <RefundCardView card={card} />;
    case "complaint":
      return <ComplaintCardView card={card} follow />;
    case "form":
      return active ? <FormCardView card={card} /> : null;
    case "choices":
      return active ? <ChoicesCardView card={card} /> : null;
    default:
      return null; // a newer server may send cards this page does not know
  }
}
