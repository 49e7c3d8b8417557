/** The buttons and button-like links of the interface. */
import clsx from "clsx";
import type { ButtonHTMLAttributes, ComponentProps } from "react";
import { Link } from "@/components/ui/Link";

type Look = "primary" | "secondary" | "quiet" | "chip";

const BASE =
  "inline-flex items-center justify-center gap-2 font-medium transition-colors select-none disabled:opacity-50 whitespace-nowrap";

const LOOKS: Record<Look, string> = {
  primary: "h-11 rounded-control bg-brand px-5 text-on-brand enabled:hover:bg-brand-hover",
  secondary:
    "h-11 rounded-control border border-line-strong bg-surface px-5 text-ink enabled:hover:bg-sunken",
  quiet: "h-9 rounded-small px-2.5 text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink",
  chip: "min-h-9 rounded-full border border-line-strong bg-surface px-3.5 py-1.5 text-start text-sm whitespace-normal text-ink enabled:hover:border-brand enabled:hover:bg-brand-soft",
};

const LINK_LOOKS: Record<Look, string> = Object.fromEntries(
  Object.entries(LOOKS).map(([look, classes]) => [look, classes.replaceAll("enabled:", "")]),
) as Record<Look, string>;

/** Where many controls stand close together. */
const SMALL: Record<Look, string> = {
  primary: "h-8! rounded-small! px-3! text-sm",
  secondary: "h-8! rounded-small! px-3! text-sm",
  quiet: "h-8! px-2! text-sm",
  chip: "min-h-7! px-2.5! py-0.5! text-xs!",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
}

export function Button({ look = "primary", small, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={clsx(BASE, LOOKS[look], small && SMALL[look], className)} {...rest} />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
}

export function IconButton({ label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        "inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50",
        className,
      )}
      {...rest}
    />
  );
}

export function ButtonLink({
  look = "primary",
  className,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link className={clsx(BASE, LINK_LOOKS[look], className)} {...rest} />;
}
