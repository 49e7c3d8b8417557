import { expect, test } from "vitest";
import { ApiError } from "@/api/problem";
import { readParts } from "@/api/stream";
import type { StreamPart } from "@/api/types";

function bytes(...pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function read(...pieces: string[]): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of readParts(bytes(...pieces))) parts.push(part);
  return parts;
}

const delta = (text: string): string =>
  `data: ${JSON.stringify({ type: "text-delta", id: "t", delta: text })}\n\n`;

test("parts come out in order and the end mark is not one of them", async () => {
  const parts = await read(delta("Hel"), delta("lo"), "data: [DONE]\n\n");
  expect(parts.map((part) => part.type === "text-delta" && part.delta)).toEqual(["Hel", "lo"]);
});

test("an event may be cut at any byte, also inside a character", async () => {
  const whole = new TextEncoder().encode(`${delta("naïve – 12 €")}data: [DONE]\n\n`);
  for (let cut = 1; cut < whole.length; cut += 1) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(whole.slice(0, cut));
        controller.enqueue(whole.slice(cut));
        controller.close();
      },
    });
    const texts: string[] = [];
    for await (const part of readParts(body)) if (part.type === "text-delta") texts.push(part.delta);
    expect(texts).toEqual(["naïve – 12 €"]);
  }
});

test("pings, event names and CRLF line ends are no trouble", async () => {
  const event = `: ping\r\n\r\nevent: message\r\nid: 4\r\ndata: {"type":"finish"}\r\n\r`;
  expect(await read(event, "\ndata: [DONE]\r\n\r\n")).toEqual([{ type: "finish" }]);
});

test("data over several lines is one event", async () => {
  expect(await read('data: {"type":\ndata: "finish"}\n\n', "data: [DONE]\n\n")).toEqual([{ type: "finish" }]);
});

test("a stream that ends without its end mark is an error, whatever arrived before", async () => {
  await expect(read(delta("half an ans"))).rejects.toMatchObject({ kind: "stream", code: "broken_stream" });
});

test("unreadable data is an error, not silence", async () => {
  await expect(read("data: {oops\n\n")).rejects.toBeInstanceOf(ApiError);
});
