import { Header } from "@/components/shell/Header";
import { NotFound } from "@/components/shell/NotFound";

export default function Page() {
  return (
    <>
      <Header />
      <NotFound />
    </>
  );
}
