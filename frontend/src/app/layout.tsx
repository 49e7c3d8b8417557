import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { WordsProvider } from "@/messages";
import { en } from "@/messages/shop/en";
import "@/styles/globals.css";
import { Alive } from "./Alive";
import { BEFORE_PAINT } from "./before-paint";
import { KEEP_EARLY } from "./early";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "optional", // nothing that is being read moves; the next page has the font in any case
});

export const metadata: Metadata = {
  title: { default: en["shop.name"], template: `%s · ${en["shop.name"]}` },
  description: en["shop.description"],
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content", // an open keyboard leaves the chat its place to write
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f7f3" },
    { media: "(prefers-color-scheme: dark)", color: "#0a100e" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={inter.variable} data-scroll-behavior="smooth" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own scripts, allowed by their hash */}
        <script dangerouslySetInnerHTML={{ __html: `${BEFORE_PAINT};${KEEP_EARLY}` }} />
      </head>
      <body className="font-sans">
        <WordsProvider>{children}</WordsProvider>
        <Alive />
      </body>
    </html>
  );
}
