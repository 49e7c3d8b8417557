/** A state of a record in the desk's calmer colours: where every row has one, none may shout. */
import { toneOf } from "@/components/cards/tones";
import { Badge } from "@/components/ui/Badge";

interface StateProps {
  /** The server's word, which picks the colour. */
  state: string;
  children: string;
}

export function State({ state, children }: StateProps) {
  const tone = toneOf(state);
  return <Badge tone={tone === "spark" ? "calm" : tone}>{children}</Badge>;
}
