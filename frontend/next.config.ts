/** The site is exported as plain files that the backend serves; in development calls are passed on to it. */
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

const backend = process.env.BACKEND_URL ?? "http://localhost:8000";

export default function config(phase: string): NextConfig {
  const shared: NextConfig = { trailingSlash: true, reactStrictMode: true, poweredByHeader: false };
  if (phase !== PHASE_DEVELOPMENT_SERVER) return { ...shared, output: "export" };
  return {
    ...shared,
    compress: false, // gzip through the rewrite would hold a streamed answer back
    skipTrailingSlashRedirect: true,
    rewrites: async () => [{ source: "/api/:path*", destination: `${backend}/api/:path*` }],
  };
}
