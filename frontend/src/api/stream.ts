/** Reads server-sent events into the typed parts of a streamed reply. */
import { ApiError } from "./problem";
import type { StreamPart } from "./types";

const END = "[DONE]";

/** The data of each event in a byte stream. Comments (pings) and other fields are skipped. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  try {
    while (true) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "" && data.length > 0) {
          yield data.join("\n");
          data = [];
        } else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The parts of a reply, in order. @throws {ApiError} when the stream breaks off or is not readable. */
export async function* readParts(body: ReadableStream<Uint8Array> | null): AsyncGenerator<StreamPart> {
  if (body === null) throw new ApiError("stream", 0, "empty_stream", "");
  try {
    for await (const data of events(body)) {
      if (data === END) return;
      yield JSON.parse(data) as StreamPart;
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("stream", 0, "broken_stream", "");
  }
  throw new ApiError("stream", 0, "broken_stream", "");
}
