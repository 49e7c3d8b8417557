/** The products that customers rate best, for the landing page. */
"use client";

import { ArrowRight } from "lucide-react";
import { ProblemNotice } from "@/components/ui/Feedback";
import { Link } from "@/components/ui/Link";
import { useWords } from "@/messages";
import { useProducts } from "../hooks/useProducts";
import { ProductTile, TileSkeletons } from "./ProductTile";

const COUNT = 8;

export function Featured() {
  const { t } = useWords();
  const { data, error, refetch } = useProducts({ sort: "rating", page_size: COUNT });
  return (
    <section className="page mt-20" aria-labelledby="featured">
      <div className="mb-6 flex items-baseline justify-between gap-4">
        <h2 id="featured" className="text-3xl">
          {t("landing.featured")}
        </h2>
        <Link
          href="/products/"
          className="inline-flex items-center gap-1.5 font-medium whitespace-nowrap text-link hover:underline"
        >
          {t("landing.featured.all")}
          <ArrowRight size={16} aria-hidden className="rtl:rotate-180" />
        </Link>
      </div>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ul className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 lg:grid-cols-4">
        {data?.results.map((product) => (
          <li key={product.id}>
            <ProductTile product={product} heading="h3" />
          </li>
        ))}
        {!data && !error && <TileSkeletons count={COUNT} />}
      </ul>
    </section>
  );
}
