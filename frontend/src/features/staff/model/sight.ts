/** Brings what is chosen into sight within a row that scrolls sideways; the page stays where it is. */
export function intoSight(element: HTMLElement | null): void {
  const row = element?.closest("nav");
  if (!element || !row) return;
  const [inner, outer] = [element.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.left < outer.left || inner.right > outer.right) row.scrollLeft += inner.left - outer.left;
}
