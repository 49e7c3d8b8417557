import { CategoryShelf } from "@/features/catalogue/components/CategoryShelf";
import { Featured } from "@/features/catalogue/components/Featured";
import { Hero } from "@/features/landing/components/Hero";
import { Promises } from "@/features/landing/components/Promises";

export default function Page() {
  return (
    <>
      <Hero />
      <CategoryShelf />
      <Featured />
      <Promises />
    </>
  );
}
