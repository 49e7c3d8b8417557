import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call } from "@/api/client";

let server: Server;
let base: string;
let seen: { url?: string; headers: Record<string, unknown>; body: string };
let answer: { status: number; body: string };

beforeEach(async () => {
  answer = { status: 200, body: "{}" };
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen = { url: request.url, headers: request.headers, body };
    response.writeHead(answer.status, {
      "content-type": "application/problem+json",
      "access-control-allow-origin": "*",
    });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => server.close());

test("a call carries session, token and query, and leaves out what is not set", async () => {
  await call(`${base}/api/products`, {
    session: "s-1",
    token: "t-1",
    query: { q: "usb c", category: "", page: 2, sort: undefined },
  });
  expect(seen.url).toBe("/api/products?q=usb+c&page=2");
  expect(seen.headers["x-session"]).toBe("s-1");
  expect(seen.headers.authorization).toBe("Bearer t-1");
});

test("the shop named in the address goes with every call", async () => {
  window.sessionStorage.setItem("support.tenant", "retail");
  await call(`${base}/api/products`);
  expect(seen.headers["x-tenant"]).toBe("retail");
});

test("a problem document becomes an error with its own sentence", async () => {
  answer = {
    status: 422,
    body: JSON.stringify({ title: "Not valid", detail: "message: is empty", code: "invalid_input" }),
  };
  await expect(call(`${base}/api/chat`, { method: "POST", body: {} })).rejects.toMatchObject({
    kind: "problem",
    status: 422,
    code: "invalid_input",
    detail: "message: is empty",
  });
});

test("an error that is no problem document still has its status", async () => {
  answer = { status: 502, body: "<html>bad gateway</html>" };
  await expect(call(`${base}/x`)).rejects.toMatchObject({ status: 502, code: "http_502", detail: "" });
});

test("a server that is not there is a network failure", async () => {
  await expect(call("http://127.0.0.1:1/x")).rejects.toMatchObject({ kind: "network", status: 0 });
});
