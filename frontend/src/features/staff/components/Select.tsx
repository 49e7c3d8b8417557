/** A choice among a few, as the browser draws it. */
import clsx from "clsx";
import { type SelectHTMLAttributes, useId } from "react";

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  options: readonly (readonly [value: string, text: string])[];
  /** The label is for readers of the screen only. */
  bare?: boolean;
}

export function Select({ label, options, bare = false, className, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={bare ? "sr-only" : "mb-1.5 block text-sm font-medium"}>
        {label}
      </label>
      <select
        id={id}
        className={clsx(
          "w-full border border-line-strong bg-surface text-ink hover:bg-sunken focus:outline-2 focus:outline-focus",
          bare ? "h-8 rounded-small ps-2 pe-1" : "h-11 rounded-control px-3",
        )}
        {...rest}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
