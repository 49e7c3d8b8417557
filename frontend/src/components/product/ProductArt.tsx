/** The picture of a product: the shop's photo where there is one, else a drawing of its kind. */
import clsx from "clsx";
import { type ArtKind, DRAWINGS } from "./drawings";

/** First match wins: a "gaming mouse" is a mouse before it is a console, a "laptop stand" a stand. */
const KINDS: [RegExp, ArtKind][] = [
  [/stand|mount|arm\b/i, "stand"],
  [/power|charger|charging|battery|\bups\b/i, "power"],
  [/hub|dock|adapter|cable/i, "hub"],
  [/mouse|mice|trackball/i, "mouse"],
  [/keyboard/i, "keyboard"],
  [/webcam|camera/i, "camera"],
  [/earbud|in-ear/i, "audio"],
  [/headphone|headset/i, "headphones"],
  [/speaker|soundbar|audio/i, "speaker"],
  [/watch|fitness|wearable/i, "watch"],
  [/monitor|display/i, "monitor"],
  [/\btv|television/i, "tv"],
  [/tablet|e-?reader/i, "tablet"],
  [/phone/i, "phone"],
  [/laptop|notebook|ultrabook|computer/i, "laptop"],
  [/ssd|drive|storage|memory|ram\b|disk/i, "storage"],
  [/router|wi-?fi|network|mesh/i, "network"],
  [/console|controller|gaming/i, "console"],
  [/shirt|jacket|shoe|sneaker|boot|hat|clothing/i, "clothing"],
];

function kindOf(name: string, category: string): ArtKind {
  const match = KINDS.find(([words]) => words.test(name)) ?? KINDS.find(([words]) => words.test(category));
  return match?.[1] ?? "box";
}

interface ProductArtProps {
  name: string;
  category: string;
  image?: string | null;
  className?: string;
}

export function ProductArt({ name, category, image, className }: ProductArtProps) {
  const frame = clsx("flex shrink-0 items-center justify-center overflow-hidden bg-art-back", className);
  if (image) {
    return (
      <div className={frame}>
        {/* biome-ignore lint/performance/noImgElement: the site is exported as files, there is no image server */}
        <img src={image} alt="" loading="lazy" className="size-full object-cover" />
      </div>
    );
  }
  return (
    <div className={frame}>
      <svg
        aria-hidden="true"
        viewBox="0 0 120 120"
        className="size-[72%]"
        fill="var(--art-fill)"
        stroke="var(--art-line)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {DRAWINGS[kindOf(name, category)]}
      </svg>
    </div>
  );
}
