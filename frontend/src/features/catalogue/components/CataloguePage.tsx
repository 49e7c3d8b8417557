/** The catalogue: search, filter, page through, and open a product. */
"use client";

import { useState } from "react";
import type { ProductPage } from "@/api/types";
import { useWide } from "@/components/shell/useWide";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Empty, ProblemNotice, Skeleton } from "@/components/ui/Feedback";
import { useWords } from "@/messages";
import { type CatalogueAddress, useCatalogueAddress } from "../hooks/useCatalogueAddress";
import { useCategories } from "../hooks/useCategories";
import { useProducts } from "../hooks/useProducts";
import { CatalogueFilters } from "./CatalogueFilters";
import { Chosen } from "./Chosen";
import { CompareView } from "./CompareView";
import { Facets } from "./Facets";
import { ProductDetails, useProductTitle } from "./ProductDetails";
import { ProductTile, TileSkeletons } from "./ProductTile";

const PAGE_SIZE = 12;

function Pages({ address, total }: { address: CatalogueAddress; total: number }) {
  const { t } = useWords();
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages < 2) return null;
  const go = (page: number) => {
    address.change({ page: String(page) });
    window.scrollTo({ top: 0 });
  };
  return (
    <nav aria-label={t("products.title")} className="mt-10 flex items-center justify-center gap-4">
      <Button look="secondary" disabled={address.page <= 1} onClick={() => go(address.page - 1)}>
        {t("products.previous")}
      </Button>
      <span className="tabular text-sm text-ink-2">{t("products.page", { page: address.page, pages })}</span>
      <Button look="secondary" disabled={address.page >= pages} onClick={() => go(address.page + 1)}>
        {t("products.next")}
      </Button>
    </nav>
  );
}

function ProductDialog({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <Dialog title={useProductTitle(id)} onClose={onClose}>
      <ProductDetails id={id} onAsk={onClose} />
    </Dialog>
  );
}

function Grid({ address, data, stale }: { address: CatalogueAddress; data?: ProductPage; stale: boolean }) {
  const { t, plural } = useWords();
  if (data?.total === 0) return <Empty>{t("products.empty")}</Empty>;
  return (
    <>
      <p role="status" className="mb-4 h-6 text-sm text-ink-3">
        {data ? plural("products.count", data.total) : <Skeleton className="h-5 w-24" />}
      </p>
      <ul
        aria-busy={!data || stale}
        className="grid grid-cols-2 gap-3 transition-opacity aria-busy:opacity-70 sm:gap-4 md:grid-cols-3"
      >
        {data ? (
          data.results.map((product) => (
            <li key={product.id} className="far-tile">
              <ProductTile product={product} />
            </li>
          ))
        ) : (
          <TileSkeletons count={9} />
        )}
      </ul>
      {data && <Pages address={address} total={data.total} />}
    </>
  );
}

function Listing({ address }: { address: CatalogueAddress }) {
  const { t } = useWords();
  const [narrowing, setNarrowing] = useState(false);
  const wide = useWide(); // on a narrow screen the facets are made when they are asked for
  const { q, category, brand, min, max, inStock, spec, sort, page } = address;
  const { data, error, refetch, isPlaceholderData } = useProducts({
    q,
    category,
    brand,
    min_price: min,
    max_price: max,
    in_stock: inStock || undefined,
    spec,
    sort,
    page,
    page_size: PAGE_SIZE,
  });
  const currency = data?.results[0]?.currency ?? "USD";
  const facets = <Facets facets={data?.facets ?? []} currency={currency} address={address} />;
  return (
    <div className="page pt-10">
      <h1 className="text-4xl">{t("products.title")}</h1>
      <div className="mt-6 mb-6">
        <CatalogueFilters address={address} counts={useCategories()} onNarrow={() => setNarrowing(true)} />
      </div>
      <div className="grid gap-8 lg:grid-cols-[13rem_1fr]">
        <aside aria-label={t("products.filter")} className="max-lg:hidden">
          {data && wide ? facets : <Skeleton className="h-96" />}
        </aside>
        <div className="min-w-0">
          <Chosen address={address} facets={data?.facets ?? []} currency={currency} />
          {error ? (
            <ProblemNotice error={error} onRetry={() => void refetch()} />
          ) : (
            <Grid address={address} data={data} stale={isPlaceholderData} />
          )}
        </div>
      </div>
      {narrowing && (
        <Dialog title={t("products.filter")} place="side" onClose={() => setNarrowing(false)}>
          {facets}
        </Dialog>
      )}
    </div>
  );
}

export function CataloguePage() {
  const address = useCatalogueAddress();
  const { id, compare, change } = address;
  return (
    <>
      {compare.length > 1 ? (
        <CompareView ids={compare} onBack={() => change({ compare: null })} />
      ) : (
        <Listing address={address} />
      )}
      {id && <ProductDialog key={id} id={id} onClose={() => change({ id: null })} />}
    </>
  );
}
