/** A link inside the site. Its page is fetched ahead once somebody points at it, not because it came into sight. Inside
 * the frame of another site it opens a tab of its own: the frame has no way back to the chat.
 */
"use client";

import NextLink from "next/link";
import { type ComponentProps, useState, useSyncExternalStore } from "react";
import { currentTenant } from "@/api/tenant";

type LinkProps = ComponentProps<typeof NextLink>;

const never = () => () => undefined;
const isFramed = (): boolean => window.parent !== window;

/** A tab of its own does not know which shop this one speaks for. */
function withTenant(href: LinkProps["href"]): LinkProps["href"] {
  const tenant = currentTenant();
  if (!tenant || typeof href !== "string" || !href.startsWith("/")) return href;
  const address = new URL(href, window.location.origin);
  address.searchParams.set("tenant", tenant);
  return address.pathname + address.search + address.hash;
}

export function Link({ href, onPointerEnter, prefetch, ...rest }: LinkProps) {
  const [meant, setMeant] = useState(false);
  const framed = useSyncExternalStore(never, isFramed, () => false);
  return (
    <NextLink
      {...rest}
      {...(framed && { target: "_blank", rel: "noopener" })}
      href={framed ? withTenant(href) : href}
      prefetch={prefetch ?? (meant && !framed ? null : false)}
      onPointerEnter={(event) => {
        setMeant(true);
        onPointerEnter?.(event);
      }}
    />
  );
}
