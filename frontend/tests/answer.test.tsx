import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import Answer from "@/features/chat/components/AnswerText";
import { source } from "./people";

const show = (text: string, count = 2, onSource = vi.fn()) => {
  const sources = Array.from({ length: count }, (_, n) => source({ id: `p-${n}` }));
  const { container } = render(<Answer text={text} sources={sources} onSource={onSource} />);
  return { container, onSource };
};

test("each [n] with a source is a button that opens it", () => {
  const { onSource } = show("It lasts **11 hours** [1] and charges fast [2].");
  fireEvent.click(screen.getByRole("button", { name: /Source 2/ }));
  expect(onSource).toHaveBeenCalledWith(2);
  expect(screen.getAllByRole("button")).toHaveLength(2);
});

test("a number without a source stays text", () => {
  const { container } = show("Nothing is known [3]. Array[0] too.", 1);
  expect(screen.queryByRole("button")).toBeNull();
  expect(container.textContent).toBe("Nothing is known [3]. Array[0] too.");
});

test("citations work in lists and tables and next to each other", () => {
  show("- one [1][2]\n- two [2]\n\n| a | b |\n|---|---|\n| x [1] | y |");
  expect(screen.getAllByRole("button")).toHaveLength(4);
});

test("no markup, script address or image of a text reaches the page", () => {
  const { container } = show(
    '<img src=x onerror=alert(1)> ![pixel](https://evil.example/p.png) [go](javascript:alert(1)) <b onclick="x">b</b>',
  );
  expect(container.querySelector("img, script, [onclick], [onerror]")).toBeNull();
  expect(container.querySelector('a[href^="javascript"]')).toBeNull();
});

test("links leave the page without telling it", () => {
  show("[the shop](https://shop.example/)");
  expect(screen.getByRole("link")).toHaveProperty("rel", "noopener noreferrer nofollow");
});
