/** Line drawings of the kinds of goods, 120 × 120, in the colours of the theme. */
import type { ReactNode } from "react";

const screen = { fill: "var(--art-screen)" };
const spark = { fill: "var(--art-spark)" };

export type ArtKind = keyof typeof DRAWINGS;

export const DRAWINGS = {
  laptop: (
    <>
      <rect x="26" y="28" width="68" height="46" rx="5" />
      <rect x="32" y="34" width="56" height="34" rx="2" {...screen} />
      <path d="M16 80h88l-5 9a4 4 0 0 1-3.5 2h-71a4 4 0 0 1-3.5-2z" />
      <circle cx="80" cy="42" r="4" {...spark} />
    </>
  ),
  phone: (
    <>
      <rect x="39" y="16" width="42" height="88" rx="9" />
      <rect x="44" y="23" width="32" height="74" rx="5" {...screen} />
      <path d="M55 91h10" />
      <circle cx="66" cy="36" r="5" {...spark} />
    </>
  ),
  tablet: (
    <>
      <rect x="28" y="18" width="64" height="84" rx="8" />
      <rect x="34" y="25" width="52" height="68" rx="3" {...screen} />
      <circle cx="74" cy="38" r="6" {...spark} />
    </>
  ),
  audio: (
    <>
      <rect x="28" y="56" width="64" height="44" rx="18" />
      <path d="M28 74h64" />
      <circle cx="60" cy="84" r="3" {...spark} />
      <path d="M42 52V30a9 9 0 1 1 9 9v13" {...screen} />
      <path d="M78 52V30a9 9 0 1 0-9 9v13" {...screen} />
    </>
  ),
  headphones: (
    <>
      <path d="M26 72V62a34 34 0 0 1 68 0v10" fill="none" />
      <rect x="20" y="66" width="18" height="32" rx="8" {...screen} />
      <rect x="82" y="66" width="18" height="32" rx="8" {...screen} />
      <circle cx="91" cy="82" r="3" {...spark} />
    </>
  ),
  speaker: (
    <>
      <rect x="36" y="18" width="48" height="84" rx="10" />
      <circle cx="60" cy="74" r="16" {...screen} />
      <circle cx="60" cy="74" r="5" {...spark} />
      <circle cx="60" cy="38" r="8" {...screen} />
    </>
  ),
  tv: (
    <>
      <rect x="14" y="26" width="92" height="58" rx="4" />
      <rect x="19" y="31" width="82" height="48" rx="1" {...screen} />
      <path d="M60 84v10M40 95h40" />
      <path d="M19 70l20-16 16 12 24-20 22 18v15H19z" {...spark} stroke="none" />
    </>
  ),
  monitor: (
    <>
      <rect x="18" y="24" width="84" height="54" rx="5" />
      <rect x="24" y="30" width="72" height="42" rx="2" {...screen} />
      <path d="M54 78l-4 16h20l-4-16M42 95h36" />
      <rect x="32" y="38" width="22" height="14" rx="2" {...spark} />
    </>
  ),
  watch: (
    <>
      <path d="M46 36l4-20h20l4 20M46 84l4 20h20l4-20" />
      <rect x="37" y="34" width="46" height="52" rx="13" />
      <rect x="43" y="40" width="34" height="40" rx="8" {...screen} />
      <path d="M60 50v11l7 5" fill="none" />
      <path d="M83 54h5v10h-5" {...spark} />
    </>
  ),
  hub: (
    <>
      <path d="M60 16v26" />
      <rect x="54" y="10" width="12" height="14" rx="2" {...spark} />
      <rect x="22" y="42" width="76" height="40" rx="8" />
      <rect x="32" y="56" width="14" height="12" rx="2" {...screen} />
      <rect x="52" y="56" width="14" height="12" rx="2" {...screen} />
      <rect x="72" y="58" width="16" height="8" rx="4" {...screen} />
    </>
  ),
  camera: (
    <>
      <circle cx="60" cy="50" r="32" />
      <circle cx="60" cy="50" r="19" {...screen} />
      <circle cx="60" cy="50" r="7" />
      <circle cx="80" cy="30" r="3" {...spark} />
      <path d="M48 82l-8 18h40l-8-18" />
    </>
  ),
  keyboard: (
    <>
      <rect x="10" y="38" width="100" height="46" rx="7" />
      <path d="M22 50h6M36 50h6M50 50h6M64 50h6M78 50h6M92 50h6M22 61h6M36 61h6M50 61h6M64 61h6M78 61h6" />
      <rect x="90" y="57" width="10" height="17" rx="2" {...spark} />
      <rect x="38" y="70" width="42" height="6" rx="2" {...screen} />
    </>
  ),
  mouse: (
    <>
      <path d="M60 12v14" />
      <rect x="36" y="26" width="48" height="76" rx="24" />
      <path d="M36 56a24 24 0 0 1 24-30v30z" {...screen} />
      <path d="M36 56h48" />
      <rect x="56" y="36" width="8" height="14" rx="4" {...spark} />
    </>
  ),
  stand: (
    <>
      <path d="M22 98h76M40 98l22-34M80 98V84" />
      <path d="M30 76l62-26 4 8-62 26z" {...screen} />
      <path d="M36 68l42-18-12-28-42 18z" />
      <circle cx="52" cy="44" r="4" {...spark} />
    </>
  ),
  power: (
    <>
      <rect x="36" y="18" width="48" height="84" rx="10" />
      <path d="M64 38L49 62h11l-4 20 15-24H60z" {...spark} />
      <path d="M52 94h16" />
      <rect x="50" y="12" width="8" height="6" {...screen} />
      <rect x="64" y="12" width="8" height="6" {...screen} />
    </>
  ),
  storage: (
    <>
      <rect x="30" y="22" width="60" height="76" rx="9" />
      <path d="M42 36h36M42 46h24" />
      <rect x="42" y="62" width="36" height="22" rx="4" {...screen} />
      <circle cx="78" cy="90" r="2.5" {...spark} />
    </>
  ),
  console: (
    <>
      <path d="M38 42h44c16 0 24 34 18 44-6 9-18 0-24-10H44c-6 10-18 19-24 10-6-10 2-44 18-44z" />
      <path d="M42 52v14M35 59h14" />
      <circle cx="76" cy="54" r="4" {...spark} />
      <circle cx="84" cy="63" r="4" {...screen} />
    </>
  ),
  network: (
    <>
      <rect x="20" y="64" width="80" height="28" rx="7" />
      <path d="M34 64V30M86 64V30" />
      <path d="M52 44a12 12 0 0 1 16 0M46 36a20 20 0 0 1 28 0" fill="none" />
      <circle cx="34" cy="78" r="4" {...spark} />
      <path d="M48 78h38" />
    </>
  ),
  clothing: (
    <>
      <path d="M44 20l-26 14 8 20 12-5v51h44V49l12 5 8-20-26-14c-4 10-28 10-32 0z" />
      <rect x="66" y="52" width="10" height="10" rx="2" {...spark} />
    </>
  ),
  box: (
    <>
      <path d="M60 18l40 20v46l-40 20-40-20V38z" />
      <path d="M20 38l40 20 40-20-40-20z" {...screen} />
      <path d="M60 58v46" />
      <path d="M76 74l14-7v9l-14 7z" {...spark} />
    </>
  ),
} satisfies Record<string, ReactNode>;
