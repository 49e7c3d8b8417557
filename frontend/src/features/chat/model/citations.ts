/** A remark plugin: turns [1] in an answer into a link to source 1, where such a source exists. */

interface Node {
  type: string;
  value?: string;
  url?: string;
  children?: Node[];
}

const MARK = /\[(\d{1,2})\]/g;
export const SOURCE_HREF = "#source-";
/** Keeps a mark on the line of the word before it. */
const JOINED = "\u2060";

function split(text: string, count: number): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const number = Number(match[1]);
    if (number < 1 || number > count) continue;
    if (match.index > end)
      nodes.push({ type: "text", value: text.slice(end, match.index).trimEnd() + JOINED });
    nodes.push({
      type: "link",
      url: `${SOURCE_HREF}${number}`,
      children: [{ type: "text", value: String(number) }],
    });
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push({ type: "text", value: text.slice(end) });
  return nodes;
}

function visit(node: Node, count: number): void {
  if (!node.children || node.type === "link") return;
  node.children = node.children.flatMap((child) => {
    visit(child, count);
    return child.type === "text" ? split(child.value ?? "", count) : [child];
  });
}

/** The words alone, for where no source can be opened. */
export const withoutMarks = (text: string): string => text.replace(/ ?\[\d{1,2}\]/g, "");

/** `count` is the number of sources the reply has; any other number stays plain text. */
export function remarkCitations({ count }: { count: number }): (tree: Node) => void {
  return (tree) => visit(tree, count);
}
