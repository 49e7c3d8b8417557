/** A still life of what the shop sells. Decoration only. */
import { ProductArt } from "@/components/product/ProductArt";

const TILES = [
  { name: "laptop", className: "col-span-4 row-span-2 rounded-card" },
  {
    name: "smartwatch",
    className:
      "col-span-2 rounded-card bg-spark! [--art-fill:var(--on-bubble)] [--art-line:var(--on-spark)] [--art-screen:var(--spark)]",
  },
  { name: "earbuds", className: "col-span-2 rounded-card" },
  { name: "phone", className: "col-span-2 rounded-card" },
  { name: "keyboard", className: "col-span-2 rounded-card" },
  { name: "webcam", className: "col-span-2 rounded-card bg-brand-soft!" },
];

export function HeroScene() {
  return (
    <div
      aria-hidden
      className="grid aspect-square max-h-[32rem] w-full grid-cols-6 grid-rows-3 gap-3 max-sm:hidden"
    >
      {TILES.map(({ name, className }) => (
        <ProductArt key={name} name={name} category="" className={className} />
      ))}
    </div>
  );
}
