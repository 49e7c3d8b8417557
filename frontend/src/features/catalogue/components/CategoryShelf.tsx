/** The categories of the shop as doors into the catalogue. */
"use client";

import { ProductArt } from "@/components/product/ProductArt";
import { Skeleton } from "@/components/ui/Feedback";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { useCategories } from "../hooks/useCategories";

const SHOWN = 12;

function Door({ category, count }: { category: string; count: number }) {
  const { plural } = useWords();
  return (
    <Link
      href={`/products/?category=${encodeURIComponent(category)}`}
      prefetch={false}
      className="group flex h-[4.75rem] items-center gap-2.5 sm:gap-3.5 rounded-card border border-line bg-surface pe-2 ps-2.5 transition-colors hover:border-line-strong hover:bg-sunken"
    >
      <ProductArt name={category} category={category} className="size-11 rounded-control sm:size-14" />
      <span className="min-w-0">
        <span className="block truncate font-medium">{category}</span>
        <span className="block text-sm text-ink-3">{plural("landing.categories.count", count)}</span>
      </span>
    </Link>
  );
}

export function CategoryShelf() {
  const { t } = useWords();
  const categories = Object.entries(useCategories())
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN);
  return (
    <section className="page" aria-labelledby="categories">
      <h2 id="categories" className="mb-6 text-3xl">
        {t("landing.categories")}
      </h2>
      <ul className="grid grid-cols-2 gap-2.5 sm:gap-3 md:grid-cols-3 lg:grid-cols-4">
        {categories.map(([category, count]) => (
          <li key={category}>
            <Door category={category} count={count} />
          </li>
        ))}
        {categories.length === 0 &&
          Array.from({ length: SHOWN }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <li key={index} aria-hidden>
              <Skeleton className="h-[4.75rem] w-full rounded-card!" />
            </li>
          ))}
      </ul>
    </section>
  );
}
