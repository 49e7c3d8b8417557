/** A still life of what the shop sells. Decoration only. */
import { ProductArt } from "@/components/product/ProductArt";

const TILES = [
  { name: "laptop", className: "col-span-4 row-span-2 rounded-l" },
  { name: "smartwatch", className: "col-span-2 rounded-l bg-spark!" },
  { name: "earbuds", className: "col-span-2 rounded-l" },
  { name: "phone", className: "col-span-2 rounded-l" },
  { name: "keyboard", className: "col-span-2 rounded-l" },
  { name: "webcam", className: "col-span-2 rounded-l bg-brand-soft!" },
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
