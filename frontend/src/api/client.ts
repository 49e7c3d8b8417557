/** The one place that talks to the server: every call carries the shop, and every failure is an ApiError. */
import { customerToken } from "./customer";
import { readProblem, toApiError } from "./problem";
import { currentTenant } from "./tenant";

type QueryValue = string | number | boolean | undefined;

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /** A list is sent as one parameter for each of its values. */
  query?: Record<string, QueryValue | readonly QueryValue[]>;
  /** The chat session that proves who is asking. */
  session?: string | null;
  /** A staff member's access token. */
  token?: string | null;
  /** Names the call, so that sent twice it happens once. */
  key?: string;
  signal?: AbortSignal;
}

export function address(path: string, query: CallOptions["query"] = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const given = entries.filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [String(name), String(value)]));
  return search.size > 0 ? `${path}?${search}` : path;
}

export function headers({ body, session, token, key }: CallOptions): Headers {
  const result = new Headers({ Accept: "application/json" });
  const tenant = currentTenant();
  if (body !== undefined) result.set("Content-Type", "application/json");
  if (tenant) result.set("X-Tenant", tenant);
  const customer = customerToken();
  if (customer && !token) result.set("X-Customer-Token", customer);
  if (session) result.set("X-Session", session);
  if (key) result.set("Idempotency-Key", key);
  if (token) result.set("Authorization", `Bearer ${token}`);
  return result;
}

/** The raw response of a successful call. @throws {ApiError} on any other; an abort passes through. */
export async function send(path: string, options: CallOptions = {}): Promise<Response> {
  const { method = "GET", body, query, signal } = options;
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers: headers(options),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw toApiError(error);
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

/** The JSON of a successful call. @throws {ApiError} */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
