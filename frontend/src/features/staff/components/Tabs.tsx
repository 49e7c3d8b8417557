/** Parts of a screen, of which one is shown; which one stands in the address. */
"use client";

import { changeAddress } from "@/address";
import { intoSight } from "../model/sight";

interface TabsProps<Name extends string> {
  label: string;
  tabs: readonly (readonly [name: Name, text: string])[];
  current: Name;
}

export function Tabs<Name extends string>({ label, tabs, current }: TabsProps<Name>) {
  return (
    <nav aria-label={label} className="mb-5 flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(([name, text], index) => (
        <button
          key={name}
          type="button"
          aria-current={name === current ? "page" : undefined}
          ref={name === current ? intoSight : undefined}
          onClick={() => changeAddress({ tab: index === 0 ? null : name })}
          className="-mb-px border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-ink-2 hover:text-ink aria-[current]:border-brand aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
